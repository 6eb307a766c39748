"""What is on file of a person's documents, and which of it need not be asked for again. Questions only."""

from datetime import date

from beneficiaries.models import Person, PersonDocument
from beneficiaries.renewal.rules import stale_on
from core import clock


def on_file(person: Person) -> list[PersonDocument]:
    """The documents of this human, under any of their files: for each code and owner the one shown last."""
    rows = (
        PersonDocument.objects.filter(person__in=person.and_merged)
        .select_related("member")
        .prefetch_related("pages__file")
        .order_by("-shown_at", "-pk")
    )
    newest: dict[tuple[str, int | None], PersonDocument] = {}
    for row in rows:
        newest.setdefault((row.code, row.member_id), row)
    return sorted(newest.values(), key=lambda row: (row.label, row.member_id or 0))


def known_paper(
    documents: list[PersonDocument], *, code: str, has_expiry: bool, day: date, months: int
) -> PersonDocument | None:
    """The document that answers for a paper on `day`: the person's own first, else that of one still in the household.

    One that expires counts only with its date known, and through that date; one without a date, as long as the file
    itself is fresh: `months` after it was shown, the association's `renewal_months` (clause DO-1).
    """
    valid = [
        row
        for row in documents
        if row.code == code
        and still_valid(row, has_expiry=has_expiry, day=day, months=months)
        and (row.member is None or not row.member.left)
    ]
    return min(valid, key=lambda row: (row.member_id is not None, -row.shown_at.timestamp()), default=None)


def still_valid(document: PersonDocument, *, has_expiry: bool, day: date, months: int) -> bool:
    if document.valid_until or has_expiry:
        return document.valid_until is not None and document.valid_on(day)
    stale = stale_on(clock.local_date(document.shown_at), months)
    return stale is None or day < stale
