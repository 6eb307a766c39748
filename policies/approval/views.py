"""The board's approval in the admin: its facts, and the scan of what was signed."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.access import StaffRequest
from core import uploads
from core.errors import Refused
from policies.actions import Conflict
from policies.approval import rules
from policies.approval.actions import approval_facts, write_approval
from policies.approval.forms import ApprovalForm
from policies.editing.forms import DraftForm
from policies.editing.frame import address, editor_page, show, version_or_404
from policies.editing.views import again, opened, sides
from policies.lifecycle.rules import frozen_sentence
from policies.models import PolicyVersion


@editor_page
def approval(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down the approval while the version is a draft; later it is only read."""
    version = version_or_404(pk)
    initial = ApprovalForm.initial_of(getattr(version, "approval", None))
    if request.method != "POST":
        form = ApprovalForm(initial=opened(version, approval_facts(version)) | initial)
        return page(request, version, form)
    form = ApprovalForm(request.POST, request.FILES, initial=initial)
    if not form.is_valid():
        return page(request, version, form, status=422)
    try:
        read, revision = form.cleaned_data["read"], form.cleaned_data["revision"]
        write_approval(version, by=request.user, revision=revision, read=read, **form.facts())
    except Conflict as conflict:
        now = version_or_404(pk)
        differing = sides(form, ApprovalForm.initial_of(getattr(now, "approval", None)))
        return page(request, version, again(form, conflict, approval_facts(now)), status=409, sides=differing)
    except (Refused, uploads.UploadError) as refused:
        return page(request, version, form, status=422, refused=str(refused))
    messages.success(request, _("Saved."))
    return redirect(address("approval", version))


def page(
    request: StaffRequest, version: PolicyVersion, form: DraftForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    kept = getattr(version, "approval", None)
    computed = rules.other_calendar(kept.date, kept.calendar) if kept and kept.date else ""
    return show(
        request,
        "approval",
        version,
        "approval",
        status=status,
        form=form,
        approval=kept,
        computed=computed,
        doubts=rules.doubts(kept),
        frozen=frozen_sentence(version),
        **more,
    )


@editor_page
def scan(request: StaffRequest, pk: int) -> FileResponse | HttpResponse:
    """The scan of the signed document, as a file to keep."""
    kept = getattr(version_or_404(pk), "approval", None)
    if kept is None or kept.scan is None:
        raise Http404
    reply = FileResponse(kept.scan.file.open("rb"), as_attachment=True, filename=f"{kept.scan.key}.{kept.scan.kind}")
    reply["X-Content-Type-Options"] = "nosniff"
    return reply
