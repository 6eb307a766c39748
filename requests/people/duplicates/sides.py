"""Two files side by side, fact by fact: what is equal, what differs, and what only one of them knows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from beneficiaries.choices import AccessNeed, Party
from beneficiaries.duplicates import births
from beneficiaries.duplicates.births import Birth
from beneficiaries.duplicates.likeness import slipped
from beneficiaries.known import home_of
from beneficiaries.models import Home, HouseholdMember, Person, PersonCategory, PersonDocument
from core import clock, hijri, identifiers, names
from core.fields import label_of
from core.names import Part
from policies.models import PolicyVersion
from requests.models import SupportRequest
from requests.people.access import FileSight, sight_of_file
from requests.states import TONES, State

CASES_SHOWN = 30
DOCUMENTS_SHOWN = 40


class Mark(Enum):
    """How a fact of the two files stands: the word, and the tone that gives it shape and colour."""

    SAME = _("equal"), "ok"
    NEAR = _("close"), "wait"
    DIFFERS = _("different"), "no"
    ONE = _("only in the first"), "off"
    OTHER = _("only in the second"), "off"

    def __init__(self, label: str | Promise, tone: str):
        self.label, self.tone = label, tone


@dataclass(frozen=True)
class Fact:
    label: str | Promise
    one: str
    other: str
    mark: Mark
    ltr: bool = False


@dataclass(frozen=True)
class Side:
    """One of the two files, with what hangs on it."""

    person: Person
    files: list[int]  # itself and what was merged into it earlier
    sight: FileSight
    home: Home | None
    categories: list[str]
    household: list[HouseholdMember]
    cases: list[dict[str, Any]]
    documents: list[PersonDocument]

    @property
    def earlier(self) -> int:
        return len(self.files) - 1


def sides(one: Person, other: Person, user: User) -> tuple[Side, Side]:
    """Both files as they stood apart: where one is merged into the other, its rows are not counted there."""
    ones, others = one.under, other.under
    first = [pk for pk in ones if other.pk not in ones or pk not in others]
    second = [pk for pk in others if one.pk not in others or pk not in ones]
    return side(one, first, user), side(other, second, user)


def side(person: Person, files: list[int], user: User) -> Side:
    sight = sight_of_file(person, user)
    cases = SupportRequest.objects.visible_to(user).filter(person__in=files).select_related("service")
    categories = PersonCategory.objects.filter(person__in=files).select_related("category")
    return Side(
        person=person,
        files=files,
        sight=sight,
        home=home_of(files),
        categories=[row.category.label for row in categories if sight.sensitive or not row.category.is_sensitive],
        household=list(HouseholdMember.objects.present().filter(person__in=files)),
        cases=[
            {"case": case, "tone": TONES[State(case.state)]} for case in cases.order_by("-received_at")[:CASES_SHOWN]
        ],
        documents=list(PersonDocument.objects.filter(person__in=files).order_by("label", "pk")[:DOCUMENTS_SHOWN]),
    )


def in_both(one: Side, other: Side) -> set[int]:
    """The members that stand in both households: the same ID, or the same name."""
    keys = {key for member in other.household for key in (member.national_id_lookup, member.name_key) if key}
    again = {key for member in one.household for key in (member.national_id_lookup, member.name_key) if key}
    return {
        member.pk
        for member in [*one.household, *other.household]
        if {member.national_id_lookup, member.name_key} & keys & again
    }


# Fact by fact


def facts(one: Side, other: Side) -> list[tuple[str | Promise, list[Fact]]]:
    """The facts under their headings; what neither knows is left out."""
    whole = one.sight.whole and other.sight.whole
    policy = PolicyVersion.in_force()
    groups = [
        (_("Who"), [*names_of(one, other, whole=whole), *who(one, other, whole=whole, policy=policy)]),
        (_("Reaching and paying"), reach(one, other, whole=whole)),
        (_("Home and national address"), home(one, other, whole=whole)),
        (_("The file"), file(one, other)),
    ]
    return [(label, rows) for label, found in groups if (rows := [fact for fact in found if fact])]


def names_of(one: Side, other: Side, *, whole: bool) -> list[Fact | None]:
    """Part by part; another spelling of one name is close, not different."""
    parts = ("first_name", "father_name", "grandfather_name", "family_name", "name_as_printed")
    return [
        fact(
            label_of(Person, part),
            getattr(one.person, part),
            getattr(other.person, part),
            masked=not whole,
            near=same_name,
        )
        for part in parts
    ]


def who(one: Side, other: Side, *, whole: bool, policy: PolicyVersion | None) -> list[Fact | None]:
    first, second = one.person, other.person
    membership = policy is not None and policy.has_membership
    return [
        fact(
            label_of(Person, "national_id"),
            first.national_id,
            second.national_id,
            near=slipped,
            show=identifiers.mask_id,
            ltr=True,
        ),
        birth(first.birth_date, second.birth_date, masked=not whole),
        of_choice("sex", first, second),
        fact(label_of(Person, "nationality"), first.nationality, second.nationality),
        of_choice("marital_status", first, second) if whole else None,
        fact(label_of(Person, "household_size"), size(first), size(second)),
        fact(_("Capacity"), parties(first), parties(second)),
        fact(_("Categories"), "، ".join(one.categories), "، ".join(other.categories)) if whole else None,
        fact(label_of(Person, "member_no"), first.member_no, second.member_no, ltr=True) if membership else None,
    ]


def reach(one: Side, other: Side, *, whole: bool) -> list[Fact | None]:
    first, second = one.person, other.person
    show = local if whole else identifiers.mask_mobile
    return [
        fact(label_of(Person, "mobile"), first.mobile, second.mobile, near=slipped, show=show, ltr=True),
        fact(
            label_of(Person, "iban"),
            first.iban or "",
            second.iban or "",
            near=slipped,
            show=identifiers.mask_iban,
            ltr=True,
        ),
        fact(label_of(Person, "iban_owner"), first.iban_owner, second.iban_owner, masked=not whole, near=same_name),
        of_choice("language", first, second),
        fact(_("Needs help with"), needs(first), needs(second)) if whole else None,
    ]


def home(one: Side, other: Side, *, whole: bool) -> list[Fact | None]:
    first, second = one.home or Home(), other.home or Home()
    return [
        fact(_("Short address"), first.short_code, second.short_code, masked=not whole, ltr=True),
        fact(_("District"), first.district, second.district, masked=not whole, near=same_name),
        fact(_("City"), first.city, second.city, near=same_name),
    ]


def file(one: Side, other: Side) -> list[Fact | None]:
    first, second = one.person, other.person
    return [
        fact(_("File number"), first.file_number or "", second.file_number or "", ltr=True),
        fact(_("Branch"), first.branch.name, second.branch.name),
        fact(_("Opened on"), day(clock.local_date(first.created_at)), day(clock.local_date(second.created_at))),
        fact(_("Data confirmed on"), day(first.confirmed_on), day(second.confirmed_on)),
    ]


def fact(
    label: str | Promise,
    one: str,
    other: str,
    *,
    near: Callable[[str, str], bool] | None = None,
    show: Callable[[str], str] = str,
    ltr: bool = False,
    masked: bool = False,
) -> Fact | None:
    if not one and not other:
        return None
    if masked:  # the mark is told, the values are not
        show, ltr = hidden, False
    left, right = (show(value) if value else "" for value in (one, other))
    return Fact(label, left, right, mark(one, other, near), ltr)


def mark(one: str, other: str, near: Callable[[str, str], bool] | None) -> Mark:
    if not one or not other:
        return Mark.ONE if one else Mark.OTHER
    if one == other:
        return Mark.SAME
    return Mark.NEAR if near and near(one, other) else Mark.DIFFERS


def birth(one: date | None, other: date | None, *, masked: bool) -> Fact | None:
    """The dates of the two, where day and month may be exchanged or only the year be known."""
    found = births.compare(one, other)
    base = fact(label_of(Person, "birth_date"), day(one), day(other), masked=masked)
    near = one != other and found not in (Birth.FAR, Birth.UNKNOWN)
    return replace(base, mark=Mark.NEAR) if base and near else base


def same_name(one: str, other: str) -> bool:
    ones, others = names.parts_of(one), names.parts_of(other)
    close = (Part.SAME, Part.SPELLING, Part.SLIP)
    return len(ones) == len(others) and all(
        names.compare_words(a, b) in close for a, b in zip(ones, others, strict=True)
    )


def of_choice(name: str, one: Person, other: Person) -> Fact | None:
    return fact(label_of(Person, name), *(str(getattr(each, f"get_{name}_display")()) for each in (one, other)))


def parties(person: Person) -> str:
    return "، ".join(str(Party(party).label) for party in person.parties)


def needs(person: Person) -> str:
    return "، ".join(str(AccessNeed(need).label) for need in person.access_needs)


def size(person: Person) -> str:
    return str(person.household_size or "")


def day(value: date | None) -> str:
    return hijri.format_dual(value) if value else ""


def hidden(value: str) -> str:
    return gettext("masked")


def local(mobile: str) -> str:
    return mobile.replace("+966", "0")
