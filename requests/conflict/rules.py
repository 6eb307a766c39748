"""Is this member tied to the people of this case? Facts of both sides are compared; nothing is written (rule 5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from accounts.models import User
from accounts.roles import COMMITTEE
from beneficiaries.home.rules import same_address
from beneficiaries.models import Home, HouseholdMember, Person, Representative
from core import identifiers, names
from core.arabic import name_key
from requests.conflict.models import Disclosure
from requests.models import SupportRequest

NAME_PARTS_OF_ONE = 3  # a relative known by name alone: fewer parts than these are shared by thousands


class Ground(StrEnum):
    """Why a file is closed to a member. Kept in the record, not shown to the member: it would tell of the person."""

    PHONE = "same family name and mobile"
    ADDRESS = "same family name and address"
    IBAN = "same family name and account"
    RELATIVE = "declared relative"


@dataclass(frozen=True)
class Tied:
    """One human of the case, as far as a member can be tied to them."""

    name: str
    lookup: str = ""


def grounds(case: SupportRequest, user: User) -> list[Ground]:
    """Every tie between the member and the case; mostly none. A family name alone ties nobody."""
    person, said = case.person.current, getattr(user, "disclosure", None)
    found = list(of_one_family(person, user, said)) if same_family(person, name_of(user, said)) else []
    relatives = list(said.relatives.all()) if said else []
    people = list(people_of(person)) if relatives else []
    for relative in relatives:
        if any(is_relative(human, relative.name, relative.national_id_lookup) for human in people):
            found.append(Ground.RELATIVE)
            break
    return found


def of_one_family(person: Person, user: User, said: Disclosure | None) -> Iterator[Ground]:
    if person.mobile and person.mobile in {user.mobile, said.mobile if said else ""}:
        yield Ground.PHONE
    if said is None:
        return
    if any(same_address(home, said) for home in Home.objects.filter(person__in=person.and_merged)):
        yield Ground.ADDRESS
    if said.iban and said.iban == person.iban:
        yield Ground.IBAN


def name_of(user: User, said: Disclosure | None) -> str:
    return said.full_name if said else user.name


def same_family(person: Person, name: str) -> bool:
    """The family name in any of its writings: العنزي and عنزي are one."""
    mine = names.split(name)
    theirs = names.split(person.full_name)
    part = names.compare(mine, theirs).parts.get(names.Slot.FAMILY)
    return part in (names.Part.SAME, names.Part.SPELLING)


def people_of(person: Person) -> Iterable[Tied]:
    """The person, the household and whoever speaks for them, under every file that is this one human."""
    files = person.and_merged
    yield Tied(person.full_name, person.national_id_lookup)
    for member in HouseholdMember.objects.present().filter(person__in=files):
        yield Tied(member.name, member.national_id_lookup)
    for representative in Representative.objects.filter(person__in=files, ended_at=None):
        yield Tied(representative.name, representative.national_id_lookup)


def is_relative(human: Tied, name: str, lookup: str) -> bool:
    """By ID where both are known; else by the same name of three parts or more."""
    if lookup and human.lookup:
        return lookup == human.lookup
    key = name_key(name)
    return len(key.split()) >= NAME_PARTS_OF_ONE and key == name_key(human.name)


def members() -> Iterable[User]:
    """Whoever reads what is before a committee."""
    found = User.objects.holding(*COMMITTEE).select_related("disclosure")
    return found.prefetch_related("disclosure__relatives")


def lookup_of(national_id: str | None) -> str:
    return identifiers.lookup_hash(national_id) if national_id else ""
