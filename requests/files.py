"""Handing out an uploaded file: only to whoever reads the case or the person it belongs to (trust.md)."""

from uuid import UUID

from django.db.models import Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404

from accounts.access import StaffRequest
from accounts.models import User
from accounts.roles import Scope
from beneficiaries.models import Person, PersonDocument
from core import audit
from core.models import StoredFile
from requests.models import Declaration, DocumentCheck, Exclusion, Instalment, SupportRequest
from requests.sight import sight_of

CONTENT_TYPES = {"jpg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}


def file(request: StaffRequest, key: UUID) -> FileResponse:
    """The file as an attachment that no browser guesses about or keeps; each look leaves a row."""
    stored = get_object_or_404(StoredFile, key=key)
    subject = readable_by(request.user, stored)
    if subject is None:
        raise Http404
    audit.looked_at(subject, by=request.user, what="file")
    return FileResponse(
        stored.file.open("rb"),
        as_attachment=True,
        filename=f"{stored.key}.{stored.kind}",
        content_type=CONTENT_TYPES[stored.kind],
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store, private"},
    )


def readable_by(user: User, stored: StoredFile) -> SupportRequest | Person | None:
    """The case, or else the person, under which this user may read the file; None when they may not."""
    for case in SupportRequest.objects.visible_to(user).filter(holding(stored)):
        sight = sight_of(case, user)
        if sight.whole or (sight.delivery_only and case.instalments.filter(signature=stored).exists()):
            return case
    return person_behind(user, stored)


def holding(stored: StoredFile) -> Q:
    """The cases that have this file, as a paper or as a signature."""
    return (
        Q(pk__in=DocumentCheck.objects.filter(file=stored).values("case"))
        | Q(pk__in=Declaration.objects.filter(signature=stored).values("case"))
        | Q(pk__in=Instalment.objects.filter(signature=stored).values("case"))
    )


def person_behind(user: User, stored: StoredFile) -> Person | None:
    """A document of a person whom the counter finds, unless one of their cases is closed to this user (rule 5)."""
    if not user.scopes & {Scope.BRANCH, Scope.OWN_BRANCH}:
        return None
    owners = PersonDocument.objects.filter(file=stored).values("person")
    theirs = Q(case__person__in=owners) | Q(case__person__merged_into__in=owners)
    if Exclusion.objects.filter(theirs, user=user, why__in=Exclusion.CONFLICTS).exists():
        return None
    return Person.objects.visible_to(user).filter(pk__in=owners).first()
