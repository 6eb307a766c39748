"""What may stand in a household, and what it comes to."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from beneficiaries.household.models import HouseholdMember
from beneficiaries.models import Person
from core import identifiers

MOST_MEMBERS = 60
CHILDHOOD = 18  # years: the law of the child's protection


def age_on(day: date, born: date | None) -> int | None:
    """Whole years by the Gregorian calendar, as the civil records count them; None where the birth is not known."""
    if born is None or born > day:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def children_among(members: Iterable[HouseholdMember], day: date) -> int:
    """How many of these are below eighteen."""
    ages = (age_on(day, member.birth_date) for member in members)
    return sum(age is not None and age < CHILDHOOD for age in ages)


def not_yet_named(person: Person, present: int) -> int:
    """How many of the household that was stated at the counter are not written down yet."""
    return max((person.household_size or 0) - 1 - present, 0)


def too_many(number: int) -> str | None:
    """Why no further member is taken where `number` live already."""
    if number < MOST_MEMBERS:
        return None
    return _("A household holds %(most)s people at most. Check whether some of them have files of their own.") % {
        "most": MOST_MEMBERS
    }


def id_taken(person: Person, national_id: str, *, but: HouseholdMember | None = None) -> str | None:
    """Why this ID is no member's: it is the person's own, or somebody of the household has it already."""
    if not national_id:
        return None
    lookup = identifiers.lookup_hash(national_id)
    files = person.and_merged
    if Person.objects.filter(pk__in=files, national_id_lookup=lookup).exists():
        return _("This is the ID of the person whose file it is. Type the member's own.")
    others = HouseholdMember.objects.present().filter(person__in=files).exclude(pk=but.pk if but else None)
    if others.filter(national_id_lookup=lookup).exists():
        return _("Somebody in this household has this ID already. Compare it with the card.")
    return None
