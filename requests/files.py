"""Handing out an uploaded file: only to whoever reads the case or the person it belongs to (trust.md)."""

import io
from typing import IO
from uuid import UUID

from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.access import StaffRequest
from accounts.models import User
from beneficiaries.models import DocumentPage, Person
from core import audit, pdfs
from core.models import StoredFile
from requests.delivery.models import ProofPhoto
from requests.models import (
    Appeal,
    AppealFile,
    CheckPage,
    Declaration,
    FrozenPage,
    Instalment,
    SignedPaper,
    SupportRequest,
)
from requests.people.access import served_by
from requests.sight import sight_of

CONTENT_TYPES = {"jpg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}


def file(request: StaffRequest, key: UUID) -> FileResponse:
    """The file as an attachment that no browser guesses about or keeps; each look leaves a row."""
    stored = looked_at(request, key)
    return handed_out(stored.file.open("rb"), name=f"{stored.key}.{stored.kind}", kind=stored.kind)


def page(request: StaffRequest, key: UUID, number: int) -> FileResponse | HttpResponse:
    """One page of a PDF as a picture, drawn anew each time and kept nowhere, so that it is read where it is judged."""
    stored = looked_at(request, key)
    if stored.kind != "pdf" or not 1 <= number <= stored.pages:
        raise Http404
    try:
        with stored.file.open("rb") as content:
            drawn = pdfs.draw(content.read(), number)
    except pdfs.PdfError:
        return HttpResponse(_("This page cannot be shown here. Open the whole file."), status=422)
    return handed_out(io.BytesIO(drawn), name=f"{stored.key}-{number}.png", kind="png")


def looked_at(request: StaffRequest, key: UUID) -> StoredFile:
    """The file, if this user reads it; the look leaves a row."""
    stored = get_object_or_404(StoredFile, key=key)
    subject = readable_by(request.user, stored)
    if subject is None:
        raise Http404
    audit.looked_at(subject, by=request.user, what="file")
    return stored


def handed_out(content: IO[bytes], *, name: str, kind: str) -> FileResponse:
    return FileResponse(
        content,
        as_attachment=True,
        filename=name,
        content_type=CONTENT_TYPES[kind],
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store, private"},
    )


def readable_by(user: User, stored: StoredFile) -> SupportRequest | Person | None:
    """The case, or else the person, under which this user may read the file; None when they may not."""
    for case in SupportRequest.objects.visible_to(user).filter(holding(stored)):
        sight = sight_of(case, user)
        if sight.whole or (sight.delivery_only and of_delivery(case, stored)):
            return case
    return study_behind(user, stored) or person_behind(user, stored)


def study_behind(user: User, stored: StoredFile) -> SupportRequest | None:
    """The case in whose study this is a photograph, for whoever reads the study."""
    cases = SupportRequest.objects.visible_to(user).filter(study__consents__photos__file=stored)
    return next((case for case in cases if sight_of(case, user).study), None)


def of_delivery(case: SupportRequest, stored: StoredFile) -> bool:
    """What a service officer reads of a case's files: the signed receipts, and the photographs of what was given."""
    photographs = ProofPhoto.objects.filter(award__case=case, file=stored)
    return case.instalments.filter(signature=stored).exists() or photographs.exists()


def holding(stored: StoredFile) -> Q:
    """The cases that have this file, as a paper or as a signature."""
    return (
        Q(pk__in=CheckPage.objects.filter(file=stored).values("paper__case"))
        | Q(pk__in=Declaration.objects.filter(signature=stored).values("case"))
        | Q(pk__in=SignedPaper.objects.filter(file=stored).values("declaration__case"))
        | Q(pk__in=Instalment.objects.filter(signature=stored).values("case"))
        | Q(pk__in=ProofPhoto.objects.filter(file=stored).values("award__case"))
        | Q(pk__in=Appeal.objects.filter(signature=stored).values("case"))
        | Q(pk__in=AppealFile.objects.filter(file=stored).values("appeal__case"))
        | Q(pk__in=FrozenPage.objects.filter(file=stored).values("frozen__appeal__case"))
    )


def person_behind(user: User, stored: StoredFile) -> Person | None:
    """A document of a person whom this counter serves, unless one of their cases is closed to this user (rule 5)."""
    owners = DocumentPage.objects.filter(file=stored).values("document__person")
    return served_by(user).filter(pk__in=owners).first()
