"""Importing a document in the admin: upload, review what was recognised, save as a draft.

Between upload and saving nothing stands in the policy's tables: the file waits in its owner's sealed draft.
"""

import base64
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import StaffRequest
from core import drafts
from core.errors import Refused
from core.models import Draft
from policies.editing.frame import address, editor_page
from policies.importing import Imported, read
from policies.importing.save import draft as save_draft
from policies.models import Approval, ClauseKind, PolicyVersion
from policies.reviewing.forms import ReviewForm, UploadForm

FORM = "policy_import"
LARGEST = 5_000_000


@editor_page
def upload(request: StaffRequest) -> HttpResponse:
    """Choose a document; it is read at once, and nothing is stored of one that cannot be read."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return page(request, "import", form=form)
    if not form.is_valid():
        return page(request, "import", status=422, form=form)
    document = form.cleaned_data["document"]
    data = document.read(LARGEST + 1)
    try:
        read(document.name, data)
    except Refused as refused:
        return page(request, "import", status=422, form=form, refused=refused.sentence)
    for earlier in drafts.waiting(owner=request.user, form=FORM):
        drafts.drop(owner=request.user, form=FORM, pk=earlier.pk)
    kept = drafts.keep(
        owner=request.user,
        form=FORM,
        data={"name": document.name, "bytes": base64.b64encode(data).decode()},
        label=document.name,
    )
    return redirect(reverse("admin:policies_policyversion_import_review", args=[kept.pk]))


@editor_page
def review(request: StaffRequest, draft: int) -> HttpResponse:
    """What was recognised, each doubt with its proposal; saving makes a draft version."""
    kept = drafts.find(owner=request.user, form=FORM, pk=draft)
    if kept is None:
        raise Http404
    try:
        imported = again(kept)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(reverse("admin:policies_policyversion_import"))
    found = imported.as_json()
    form = ReviewForm(request.POST if request.method == "POST" else None, found=found)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return page(request, "review", status=status, form=form, found=found, sections=sections(found), name=kept.label)
    try:
        version = save(imported, form, by=request.user, draft=kept)
    except Refused as refused:
        context = {"form": form, "found": found, "sections": sections(found), "name": kept.label}
        return page(request, "review", status=422, refused=refused.sentence, **context)
    messages.success(request, _("The document is a draft now. Read it through; nothing changes until it is published."))
    return redirect(address("clauses", version))


def again(kept: Draft) -> Imported:
    """The document read once more from the bytes that wait."""
    waiting: Any = kept.data
    return read(waiting["name"], base64.b64decode(waiting["bytes"]))


@transaction.atomic
def save(imported: Imported, form: ReviewForm, *, by: Any, draft: Draft) -> PolicyVersion:
    version = save_draft(imported, by=by, accepted=form.accepted)
    if form.day:
        Approval.objects.filter(version=version, date=None).update(date=form.day, candidates=[])
    drafts.drop(owner=by, form=FORM, pk=draft.pk)
    return version


def sections(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The sections under their heading as printed, or their kind's name."""
    return [
        {**section, "title": section.get("heading") or ClauseKind(section["kind"]).label}
        for section in found["sections"]
    ]


def page(request: StaffRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    frame = {**admin.site.each_context(request), "opts": PolicyVersion._meta, "title": _("Import a policy document")}
    return render(request, f"admin/policies/{template}.html", {**frame, **context}, status=status)
