"""Laying a document on the officer's desk (clauses TL-1 to TL-8). The older file stays in the tool's history."""

from typing import BinaryIO

from django.utils.translation import gettext as _

from accounts.models import User
from core import audit, clock, uploads
from core.errors import Refused
from policies.desk.rules import KEEPERS
from policies.models import DeskDocument, Tool, VersionState


def lay(tool: Tool, *, by: User, upload: BinaryIO, name: str) -> DeskDocument:
    """Make this the tool's file. Raises Refused, and UploadError for a file that is not taken; nothing is kept then."""
    if not by.holds(*KEEPERS):
        raise Refused(_("The policy editor or the manager lays documents on the desk."))
    with uploads.together() as store:
        tool = Tool.objects.select_for_update(of=("self", "version")).select_related("version").get(pk=tool.pk)
        if tool.version.state != VersionState.PUBLISHED:
            raise Refused(_("This tool belongs to a version that is not in force; open the desk again."))
        stored = store(upload, by_id=by.pk)
        tool.documents.filter(replaced_at=None).update(replaced_at=clock.now())
        document = DeskDocument.objects.create(tool=tool, file=stored, name=name, uploaded_by=by)
        audit.record("desk_document_laid", document, by=by, changes={"tool": tool.code, "name": name})
        return document
