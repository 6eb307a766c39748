"""What the file knows already, section by section, shown above the questions so that nothing is asked twice."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.choices import AccessNeed
from beneficiaries.household.models import HouseholdMember
from beneficiaries.household.rules import age_on
from beneficiaries.known import Known
from beneficiaries.means.models import Kind
from core import clock
from core.hijri import format_dual
from core.templatetags.ui import mask_id, mobile_local, money
from requests.models import SupportRequest

Rows = list[tuple[str, Any]]


def facts_of(name: str, case: SupportRequest, known: Known, user: User) -> Rows:
    """Label and value of what the file says about one section; empty where it says nothing."""
    found = ROWS[name](case, known, user) if name in ROWS else []
    return [(label, value) for label, value in found if value]


def identity(case: SupportRequest, known: Known, user: User | None) -> Rows:
    person = case.person.current
    return [
        (_("Name"), person.full_name),
        (_("ID"), mask_id(person.national_id)),
        (_("Born"), format_dual(person.birth_date) if person.birth_date else ""),
        (_("Sex"), person.get_sex_display()),
        (_("Nationality"), person.nationality),
        (_("Marital status"), person.marital_status_said),
        *((each.get_kind_display(), f"{each.name} {each.relation}".strip()) for each in known.representatives),
    ]


def contact(case: SupportRequest, known: Known, user: User | None) -> Rows:
    person, home = case.person.current, known.home
    return [
        (_("Mobile"), mobile_local(person.mobile)),
        (_("Language"), person.get_language_display()),
        *address(case, known, user),
        (_("The way there"), home.way_there if home else ""),
    ]


def address(case: SupportRequest, known: Known, user: User | None) -> Rows:
    home = known.home
    if home is None:
        return []
    parts = "، ".join(filter(None, [home.city, home.district, home.street]))
    return [(_("Address"), parts), (_("Short address"), home.short_code)]


def household(case: SupportRequest, known: Known, user: User | None) -> Rows:
    return [
        (_("Told at the counter"), case.household_size),
        (_("How many, in the file"), case.person.current.household_size),
        (_("Written down by name"), len(known.household) + 1),
    ]


def income(case: SupportRequest, known: Known, user: User | None) -> Rows:
    return [(_("Told at the counter"), case.get_income_band_display())]


def housing(case: SupportRequest, known: Known, user: User | None) -> Rows:
    if known.home is None:
        return []
    home = known.home
    return [
        (_("Housing"), home.get_tenure_display()),
        (_("Kind of dwelling"), home.get_building_display()),
        (_("Rooms"), home.rooms),
    ]


def health(case: SupportRequest, known: Known, user: User | None) -> Rows:
    """Health facts of the file are for whoever reads sensitive data; others are told that there are some."""
    said = [(member.name, member.health) for member in known.household if member.health]
    if said and not (user and user.reads_sensitive):
        said = [(_("Health facts in the file"), _("There are some; your account does not open them."))]
    return [*help_needed(case, known, user), *said]


def help_needed(case: SupportRequest, known: Known, user: User | None) -> Rows:
    needs = "، ".join(str(AccessNeed(each).label) for each in case.person.current.access_needs)
    return [(_("Needs help with"), needs)]


def support(case: SupportRequest, known: Known, user: User | None) -> Rows:
    lines = [line for line in known.means if line.kind in (Kind.ASSOCIATION, Kind.FAMILY_SUPPORT)]
    return [(line.get_kind_display(), f"{money(line.amount)} {line.get_every_display()}") for line in lines]


def needs(case: SupportRequest, known: Known, user: User | None) -> Rows:
    return [(_("The service"), case.service.label), (_("The need, in their words"), case.need)]


ROWS = {
    "identity": identity,
    "contact": contact,
    "household": household,
    "income": income,
    "housing": housing,
    "health": health,
    "support": support,
    "needs": needs,
}

COMPARED = ("identity", "contact", "household", "housing")


def compares(name: str, case: SupportRequest, known: Known) -> bool:
    """Whether the researcher says of this section if the file is right: where the file says something at all."""
    return name in COMPARED and any(value for _label, value in ROWS[name](case, known, None))


def members_of(known: Known) -> list[dict[str, Any]]:
    """Who lives there by name: the household table of the file."""
    return [row_of(member) for member in known.household]


def row_of(member: HouseholdMember) -> dict[str, Any]:
    return {
        "pk": member.pk,
        "name": member.name,
        "relation": member.relation_said,
        "age": age_on(clock.today(), member.birth_date),
        "situation": member.situation_said,
    }
