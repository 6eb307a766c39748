"""The files that may be the same human as one file, or as what is typed into a form. It proposes; people decide.

Candidates come out of indexes, a bounded number by each kind of evidence, and are then compared with reasons
(`likeness.compare`). A constant number of queries over a million files; sealed numbers are opened only of those whose
names agree.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, product

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet, Value
from stdnum import luhn

from beneficiaries.duplicates import births
from beneficiaries.duplicates.likeness import Known, Level, Likeness, Reason, agreement, compare
from beneficiaries.duplicates.models import NotSame
from beneficiaries.home.models import Home
from beneficiaries.household.models import HouseholdMember
from beneficiaries.models import Person
from beneficiaries.named import KEY, Like
from core import identifiers, names

BY_EACH = 40
SHOWN = 5
KEYS_TRIED = 200
SEALED = ("national_id", "iban")


@dataclass(frozen=True)
class Candidate:
    person: Person
    likeness: Likeness


def alike_to(person: Person, *, among: QuerySet[Person]) -> list[Candidate]:
    """The files of `among` that may be the same human as this one, the surest first, `SHOWN` at most."""
    files = person.and_merged
    return find(known_of([person])[0], among=among.exclude(pk__in=[*files, *_told_apart(files)]))


def find(known: Known, *, among: QuerySet[Person]) -> list[Candidate]:
    """The same for what is known of somebody, whether there is a file or not."""
    if not known.name.first:
        return _behind_the_mobile(known, among)
    people = among.filter(merged_into=None).defer(*SEALED)
    rows = {row.pk: row for query in _lookups(known, people) for row in query[:BY_EACH]}
    named = [row for row in rows.values() if _names_agree(known, row)]
    opened = list(Person.objects.filter(pk__in=[row.pk for row in named]).select_related("branch"))
    found = [
        Candidate(row, likeness)
        for row, theirs in zip(opened, known_of(opened), strict=True)
        if (likeness := compare(known, theirs))
    ]
    return sorted(found, key=_surest_first)[:SHOWN]


def _behind_the_mobile(known: Known, among: QuerySet[Person]) -> list[Candidate]:
    """Where no name is typed yet, whose mobile this is: one of them may be who stands here."""
    if not known.mobile:
        return []
    rows = among.filter(merged_into=None, mobile=known.mobile).select_related("branch").order_by("pk")
    return [Candidate(row, Likeness(Level.POSSIBLE, [Reason.SAME_MOBILE], [])) for row in rows[:SHOWN]]


def known_of(people: list[Person]) -> list[Known]:
    """What is known of these files, their homes and households with them; three queries."""
    ids = [person.pk for person in people]
    homes = dict(Home.objects.filter(person__in=ids).exclude(short_code="").values_list("person", "short_code"))
    members: dict[int, set[str]] = {pk: set() for pk in ids}
    rows = HouseholdMember.objects.present().filter(person__in=ids).exclude(national_id_lookup="")
    for pk, key in rows.values_list("person", "national_id_lookup"):
        members[pk].add(key)
    return [
        Known(
            name=name_of(person),
            sex=person.sex,
            national_id=person.national_id,
            mobile=person.mobile,
            birth=person.birth_date,
            iban=person.iban or "",
            home=homes.get(person.pk, ""),
            household=frozenset(members[person.pk]),
            own_key=person.national_id_lookup,
        )
        for person in people
    ]


def name_of(person: Person) -> names.Name:
    return names.of(
        first=person.first_name,
        father=person.father_name,
        grandfather=person.grandfather_name,
        family=person.family_name,
    )


def _names_agree(known: Known, row: Person) -> bool:
    return agreement(known.name, names.compare(known.name, name_of(row))) is not None


def _surest_first(candidate: Candidate) -> tuple[int, int, int, int]:
    likeness = candidate.likeness
    return -likeness.level, len(likeness.against), -len(likeness.reasons), candidate.person.pk


def _told_apart(files: list[int]) -> set[int]:
    """The files of which somebody said that they are another person's, and the current ones of those."""
    rows = NotSame.objects.filter(Q(first__in=files) | Q(second__in=files)).select_related(
        "first__merged_into__merged_into", "second__merged_into__merged_into"
    )
    others = [row.second if row.first_id in files else row.first for row in rows]
    return {pk for other in others for pk in (other.pk, other.current.pk)}


# Looking up


def _lookups(known: Known, people: QuerySet[Person]) -> Iterable[QuerySet[Person]]:
    """One query for each kind of evidence; of many who share it, those with the nearest names."""
    name = f" {' '.join(known.name.words)} "
    nearest = people.annotate(nearness=TrigramSimilarity("name_key", name)).order_by("-nearness", "pk")
    if known.mobile:
        yield nearest.filter(mobile=known.mobile)
    if known.birth:
        yield nearest.filter(_born_so(known.birth, known.name.first))
    if known.national_id:
        keys = [identifiers.lookup_hash(number) for number in near_numbers(known.national_id)]
        yield nearest.filter(national_id_lookup__in=keys)
    if known.name.first and known.name.family:
        yield people.alias(key=KEY).filter(_so_called(known.name)).order_by("pk")


def _born_so(birth: date, first: str) -> Q:
    """Born on a near day; of the many whose year alone is known, those whose first name begins alike."""
    years = births.of_the_year(birth)
    days = [day for day in births.near(birth) if day not in years]
    return Q(birth_date__in=days) | Q(Like(KEY, Value(f" {first[:2]}%")), birth_date__in=years)


def _so_called(name: names.Name) -> Q:
    """The name in all its writings, with the grandfather and without; where none is given, with any."""
    full = Q(key__in=sorted(keys_of(name)))
    if name.grandfather or not name.father:
        return full
    return full | Q(Like(KEY, Value(f" {name.first} {name.father} % {name.family} ")))


def keys_of(name: names.Name) -> set[str]:
    """The keys under which the same name may stand: the likely writings of each part, and without the grandfather."""
    whole = [name.words, replace(name, grandfather="", further=()).words]
    found: set[str] = set()
    for parts in whole:
        ways = product(*([part, *sorted(names.writings(part))] for part in parts))
        found |= {f" {' '.join(way)} " for way in islice(ways, KEYS_TRIED // 2)}
    return found


def near_numbers(number: str) -> set[str]:
    """The IDs that a slip makes of this one and that their check digit lets through."""
    found = {_with_check(f"{number[:at]}{digit}{number[at + 1 : 9]}") for at in range(1, 9) for digit in "0123456789"}
    for first in range(1, 9):
        for second in range(first + 1, 10):
            digits = list(number)
            digits[first], digits[second] = digits[second], digits[first]
            if luhn.is_valid("".join(digits)):
                found.add("".join(digits))
    return found - {number}


def _with_check(body: str) -> str:
    return body + luhn.calc_check_digit(body)
