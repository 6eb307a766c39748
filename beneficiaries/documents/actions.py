"""Keeping what a document says, so that nobody is asked for it twice while it is valid (clause DO-1)."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from beneficiaries.models import DocumentPage, HouseholdMember, Person, PersonDocument
from core import audit, clock
from core.hijri import TypedDate
from core.models import StoredFile


@transaction.atomic
def keep_document(
    person: Person,
    *,
    code: str,
    label: str,
    member: HouseholdMember | None = None,
    issued_on: TypedDate | None = None,
    valid_until: TypedDate | None = None,
    pages: Sequence[StoredFile] = (),
) -> PersonDocument:
    """The document of this code and owner as it was shown last; its pages too, in their order.

    One shown without pages keeps those on file only while its dates are the same: else they are of another paper.
    """
    rows = PersonDocument.objects.select_for_update()
    document = rows.filter(person=person, code=code, member=member).first()
    document = document or PersonDocument(person=person, code=code, member=member)
    facts = dates(issued_on, "issued_on") | dates(valid_until, "valid_until")
    same = all(getattr(document, name) == facts[name] for name in ("issued_on", "valid_until"))
    for name, value in {**facts, "label": label, "shown_at": clock.now()}.items():
        setattr(document, name, value)
    document.save()
    if pages or not same:
        document.pages.all().delete()
        DocumentPage.objects.bulk_create(
            DocumentPage(document=document, file=file, position=place) for place, file in enumerate(pages, 1)
        )
    return document


def dates(typed: TypedDate | None, name: str) -> dict[str, Any]:
    """The two columns of a typed date."""
    return {name: typed.gregorian if typed else None, f"{name}_typed": typed.typed if typed else ""}


@transaction.atomic
def withdraw_document(document: PersonDocument, *, by: User) -> None:
    """A document that no longer stands is not on file any more; the request it was judged in keeps its pages."""
    audit.record("withdrew_document", document.person, by=by, changes={"document": document.code})
    document.delete()
