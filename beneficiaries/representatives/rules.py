"""When somebody may speak for a person."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from beneficiaries.models import Person, Representative
from core import identifiers

SOON = timedelta(days=30)


def expired(representative: Representative, day: date) -> bool:
    """Whether the deed is no longer valid on that day; one without an end is."""
    return representative.valid_until is not None and representative.valid_until < day


def ends_soon(representative: Representative, day: date) -> bool:
    """Whether the deed ends within thirty days."""
    until = representative.valid_until
    return until is not None and day <= until <= day + SOON


def why_not(
    person: Person, *, kind: str, national_id: str, deed_number: str, but: Representative | None = None
) -> str | None:
    """Why this one may not be written down: themselves, without a deed, or beside another of the kind."""
    files = Person.objects.filter(pk__in=person.and_merged)
    if national_id and files.filter(national_id_lookup=identifiers.lookup_hash(national_id)).exists():
        return _("Nobody represents themselves: this is the ID of the person whose file it is.")
    if kind == Representative.Kind.AGENT and not deed_number:
        return _("An authorised representative has a deed. Type its number.")
    others = Representative.objects.filter(person__in=files, kind=kind, ended_at=None)
    if (others.exclude(pk=but.pk) if but else others).exists():
        return _("The file has one of this capacity already. End that representation first.")
    return None
