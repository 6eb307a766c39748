"""What is on file of a person's documents, and which of it need not be asked for again. Questions only."""

from datetime import date

from beneficiaries.models import Person, PersonDocument


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


def known_paper(documents: list[PersonDocument], *, code: str, has_expiry: bool, day: date) -> PersonDocument | None:
    """The document that answers for a paper on `day`: the person's own first, else that of one still in the household.

    A paper that expires counts only with its date known, and through that date (clause DO-1).
    """
    valid = [
        row
        for row in documents
        if row.code == code
        and row.valid_on(day)
        and (row.valid_until or not has_expiry)
        and (row.member is None or not row.member.left)
    ]
    return min(valid, key=lambda row: (row.member_id is not None, -row.shown_at.timestamp()), default=None)
