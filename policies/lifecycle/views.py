"""A version's life in the admin: its overview, approval, publishing, review, and who has read it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import StaffRequest, staff
from accounts.models import User
from accounts.roles import Role
from core import audit
from core.errors import Refused
from policies import actions
from policies.difference.changes import changes
from policies.editing.frame import address, editor_page, number, show, version_or_404
from policies.lifecycle import rules
from policies.lifecycle.doubts import doubts
from policies.lifecycle.forms import PublishForm, ReopenForm, ReviewForm
from policies.models import Acknowledgement, PolicyVersion, VersionState
from policies.page import page_of


@editor_page
def overview(request: StaffRequest, pk: int) -> HttpResponse:
    """Where a version stands, what it lacks, and the one next thing to do."""
    version = version_or_404(pk)
    return overview_page(request, version)


def overview_page(
    request: StaffRequest,
    version: PolicyVersion,
    *,
    reopening: forms.Form | None = None,
    review: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    return show(
        request,
        "overview",
        version,
        "change",
        status=status,
        missing=rules.missing_for_approval(version) if version.is_draft else [],
        doubts=doubts(version),
        why_not_publish=rules.why_not_publish(version, by=request.user),
        reopening=reopening or ReopenForm(),
        review=review or ReviewForm(initial={"review_due_on": version.review_due_on}),
        history=audit.history(version).order_by("-id")[:20],
        counts={"clauses": version.clauses.count(), "tools": version.tools.count()},
    )


@editor_page
@require_POST
def approve(request: StaffRequest, pk: int) -> HttpResponse:
    """Record that the board approved this text: it is frozen from now on."""
    version = version_or_404(pk)
    try:
        actions.record_approval(version, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(
            request, _("The approval is recorded and the text is frozen. A second editor publishes it now.")
        )
    return redirect(address("change", version))


@editor_page
@require_POST
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    version, form = version_or_404(pk), ReopenForm(request.POST)
    if not form.is_valid():
        return overview_page(request, version, reopening=form, status=422)
    try:
        actions.reopen(version, by=request.user, why=form.cleaned_data["why"])
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("The version is a draft again."))
    return redirect(address("change", version))


@editor_page
@require_POST
def review(request: StaffRequest, pk: int) -> HttpResponse:
    """Set the day on which the policy is to be reviewed (clause PRE-2)."""
    version, form = version_or_404(pk), ReviewForm(request.POST)
    if not form.is_valid():
        return overview_page(request, version, review=form, status=422)
    day = form.cleaned_data["review_due_on"]
    actions.set_review(version, on=day.gregorian if day else None, by=request.user)
    messages.success(request, _("Saved."))
    return redirect(address("change", version))


@editor_page
def publish(request: StaffRequest, pk: int) -> HttpResponse:
    """What the version changes in the portal and for whom; then, ticked as read, its publishing."""
    version, form = version_or_404(pk), PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish(version, by=request.user)
        except Refused as refused:
            return publish_page(request, version, form, status=422, refused=refused.sentence)
        messages.success(request, _("The version is in force. The staff are asked to read it."))
        return redirect(address("change", version))
    return publish_page(request, version, form, status=422 if request.method == "POST" else 200)


def publish_page(
    request: StaffRequest, version: PolicyVersion, form: forms.Form, *, status: int = 200, **more: Any
) -> HttpResponse:
    before = PolicyVersion.in_force()
    return show(
        request,
        "publish",
        version,
        "publish",
        status=status,
        form=form,
        before=before,
        changes=changes(before, version) if version != before else [],
        why_not=rules.why_not_publish(version, by=request.user),
        doubts=doubts(version),
        **more,
    )


@editor_page
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """The version exactly as the public page would show it."""
    version = get_object_or_404(
        PolicyVersion.objects.select_related("approval").prefetch_related("approval__signatories", "clauses"), pk=pk
    )
    return render(request, "policies/policy.html", {**page_of(version), "preview": address("change", version)})


@editor_page
def readers(request: StaffRequest, pk: int) -> HttpResponse:
    """Who of the staff has read the version, and who has not."""
    version = version_or_404(pk)
    read = list(Acknowledgement.objects.filter(version=version).select_related("user__branch").order_by("read_at"))
    waiting = User.objects.filter(is_active=True).exclude(pk__in=[row.user_id for row in read])
    waiting = waiting.select_related("branch").order_by("name")
    return show(request, "readers", version, "readers", read=read, waiting=waiting)


@staff(*Role)
@require_POST
def read(request: StaffRequest) -> HttpResponse:
    """«تعميم»: a member of staff says that they have read the version in force; said once."""
    version = PolicyVersion.in_force()
    if version is None or str(version.pk) != request.POST.get("version"):
        messages.warning(request, _("Another version is in force meanwhile. Read that one."))
    else:
        actions.acknowledge(version, by=request.user)
        messages.success(request, _("It is noted that you have read the policy."))
    return redirect("oversight:waiting")


@editor_page
def new(request: StaffRequest) -> HttpResponse:
    """Begin a version: from one there is, or from a document."""
    versions = PolicyVersion.objects.order_by("-pk")
    if request.method == "POST":
        based_on = versions.filter(pk=number(request.POST.get("based_on"))).first()
        if based_on is None:
            messages.error(request, _("Choose the version to start from."))
            return redirect("admin:policies_policyversion_add")
        draft = actions.new_version(based_on, by=request.user)
        messages.success(
            request,
            _("Version %(label)s is a draft now. Nothing changes in the portal until it is published.")
            % {"label": draft.label},
        )
        return redirect(address("clauses", draft))
    context = {**admin.site.each_context(request), "opts": PolicyVersion._meta, "title": _("A new version")}
    return render(request, "admin/policies/new.html", {**context, "versions": versions, "states": VersionState})
