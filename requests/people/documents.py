"""The documents on file, on the page of a person: whose each is, until when it is valid, and its pages."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.documents.rules import on_file
from beneficiaries.models import Person, PersonDocument
from core import clock
from requests.people.access import FileSight

SOON = timedelta(days=60)


def documents_card(person: Person, user: User, sight: FileSight) -> dict[str, Any] | None:
    """The card of `requests/people/parts/documents_card.html`; None for whoever does not read the file whole."""
    if not sight.whole:
        return None
    return {"rows": [row_of(document) for document in on_file(person)]}


def row_of(document: PersonDocument) -> dict[str, Any]:
    label, tone = validity(document)
    return {
        "document": document,
        "owner": document.member.name if document.member else "",
        "label": label,
        "tone": tone,
        "files": [page.file for page in document.pages.all()],
    }


def validity(document: PersonDocument) -> tuple[str, str]:
    """In a word and a tone, as today stands."""
    today = clock.today()
    if document.valid_until is None:
        return _("without an end date"), "off"
    if not document.valid_on(today):
        return _("expired"), "no"
    if document.valid_until - today <= SOON:
        return _("ends soon"), "wait"
    return _("valid"), "ok"
