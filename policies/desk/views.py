"""The officer's desk: the tools the policy in force lists, each with the document that was laid there."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.access import StaffRequest, staff
from core.errors import Refused
from core.uploads import UploadError
from policies.desk.actions import lay
from policies.desk.forms import DocumentForm
from policies.desk.rules import KEEPERS, READERS
from policies.models import DeskDocument, Tool, VersionState
from policies.page import PUBLIC_STATES

CONTENT_TYPES = {"jpg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}
BLANK_FORM = "support_request_form"
"""The tool that the portal itself prints (clause TL-4)."""


def in_force() -> QuerySet[Tool]:
    return Tool.objects.filter(version__state=VersionState.PUBLISHED)


@staff(*READERS)
def tools(request: StaffRequest) -> HttpResponse:
    """The documents on the officer's desk, as the policy in force lists them (clauses TL-1 to TL-8)."""
    listed = in_force().prefetch_related("documents__file", "documents__uploaded_by")
    return render(
        request,
        "policies/tools.html",
        {"rows": [row(tool) for tool in listed], "keeper": request.user.holds(*KEEPERS)},
    )


def row(tool: Tool) -> dict[str, Any]:
    documents = list(tool.documents.all())
    return {
        "tool": tool,
        "now": next((each for each in documents if each.replaced_at is None), None),
        "before": [each for each in documents if each.replaced_at is not None],
        "printed_here": tool.code == BLANK_FORM,
    }


@staff(*KEEPERS)
def add(request: StaffRequest, pk: int) -> HttpResponse:
    """Lay a document on the desk, in the place of the one before it."""
    tool = get_object_or_404(in_force(), pk=pk)
    form = DocumentForm(request.POST or None, request.FILES or None, initial={"name": tool.label})
    if request.method == "POST" and form.is_valid():
        try:
            lay(tool, by=request.user, upload=form.cleaned_data["file"], name=form.cleaned_data["name"])
        except Refused as refused:
            form.add_error(None, refused.sentence)
        except UploadError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("The document is on the desk."))
            return redirect("policies:tools")
    status = 422 if request.method == "POST" else 200
    return render(request, "policies/tool_add.html", {"tool": tool, "form": form}, status=status)


@staff(*READERS)
def file(request: StaffRequest, key: UUID) -> FileResponse:
    """A document of the desk, now or before, to read in the browser; of a version that is or was in force only."""
    documents = DeskDocument.objects.filter(tool__version__state__in=PUBLIC_STATES).select_related("file")
    document = documents.filter(file__key=key).first()
    if document is None:  # one file may lie on the desk of several versions
        raise Http404
    stored = document.file
    return FileResponse(
        stored.file.open("rb"),
        filename=f"{document.name}.{stored.kind}",
        content_type=CONTENT_TYPES[stored.kind],
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store, private"},
    )
