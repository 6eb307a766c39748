"""What waits to be looked at: proposals for a second person, and pairs among the files opened lately.

Pairs are looked for when the page is opened, in one bite of files after the other: nothing is stored, so nothing is
stale, and whoever has an hour walks back through the whole register.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from accounts.models import User
from beneficiaries.duplicates import rules
from beneficiaries.duplicates.finder import known_of
from beneficiaries.duplicates.likeness import Likeness, compare
from beneficiaries.models import Merge, NotSame, Person
from requests.people.access import people_of, sight_of_file

BITE = 200
MOST_PAIRS = 400
WAITING_SHOWN = 20
_PARTNERS = """
SELECT bite.id, person.id FROM beneficiaries_person bite JOIN beneficiaries_person person
  ON person.merged_into_id IS NULL AND person.id < bite.id AND person.{column} = bite.{column}
  AND similarity(person.name_key, bite.name_key) > {alike}
WHERE bite.id = ANY(%s) ORDER BY similarity(person.name_key, bite.name_key) DESC, bite.id DESC, person.id LIMIT %s
"""
_BY_MOBILE = _PARTNERS.format(column="mobile", alike=0.2)
_BY_BIRTH = _PARTNERS.format(column="birth_date", alike=0.4)


@dataclass(frozen=True)
class Pair:
    one: Person
    other: Person
    likeness: Likeness


def proposals(user: User) -> QuerySet[Merge]:
    """The proposals about files that this user finds, the oldest first."""
    theirs = people_of(user)
    waiting = Merge.objects.filter(state=Merge.State.PROPOSED, kept__in=theirs, merged__in=theirs)
    return waiting.select_related("kept", "merged", "proposed_by").order_by("proposed_at", "pk")


def merges_to_settle(user: User) -> QuerySet[Merge]:
    """Those that this user may settle: of another person."""
    if not user.holds(*rules.SETTLERS):
        return Merge.objects.none()
    return proposals(user).exclude(proposed_by=user)


def waiting(user: User) -> list[dict[str, Any]]:
    """The proposals with whose turn it is."""
    return [
        {
            "merge": merge,
            "mine": merge.proposed_by_id == user.pk,
            "settles": not rules.why_not_merge(merge, by=user),
            "named": named(user, merge.kept, merge.merged),
        }
        for merge in proposals(user)[:WAITING_SHOWN]
    ]


def named(user: User, *people: Person) -> bool:
    """Whether this user reads all of them by name."""
    return all(sight_of_file(person, user).whole for person in people)


def pairs_among(user: User, *, before: int | None) -> tuple[list[Pair], int | None]:
    """The pairs of which one file is among the `BITE` opened last (before the file of number `before`), the surest
    first; and the number from which to go on, None when the register ends. A constant number of queries."""
    people = people_of(user).current()
    bite = people.filter(pk__lt=before) if before else people
    ids = list(bite.order_by("-pk").values_list("pk", flat=True)[:BITE])
    found = compared(partners(ids), people)
    return found, ids[-1] if len(ids) == BITE else None


def partners(ids: list[int]) -> set[tuple[int, int]]:
    """(older, newer) of files that share a mobile or a birth date and whose names are not far apart."""
    with connection.cursor() as cursor:
        rows: set[tuple[int, int]] = set()
        for query in (_BY_MOBILE, _BY_BIRTH):
            cursor.execute(query, [ids, MOST_PAIRS])
            rows |= {(older, newer) for newer, older in cursor.fetchall()}
    return rows


def compared(pairs: Iterable[tuple[int, int]], people: QuerySet[Person]) -> list[Pair]:
    pairs = set(pairs) - settled(pk for pair in pairs for pk in pair)
    files = list(people.filter(pk__in={pk for pair in pairs for pk in pair}).select_related("branch"))
    known = dict(zip((file.pk for file in files), known_of(files), strict=True))
    by_pk = {file.pk: file for file in files}
    found = [
        Pair(by_pk[one], by_pk[other], likeness)
        for one, other in pairs
        if one in known and other in known and (likeness := compare(known[one], known[other]))
    ]
    return sorted(found, key=lambda pair: (-pair.likeness.level, len(pair.likeness.against), -pair.other.pk))


def settled(ids: Iterable[int]) -> set[tuple[int, int]]:
    """The pairs that somebody told apart, also by files merged into these since, or for which a proposal waits."""
    ids = set(ids)
    since_merged = Q(first__merged_into__isnull=False) | Q(second__merged_into__isnull=False)
    apart = NotSame.objects.filter(Q(first__in=ids, second__in=ids) | since_merged).select_related(
        "first__merged_into__merged_into", "second__merged_into__merged_into"
    )
    proposed = Merge.objects.filter(kept__in=ids, merged__in=ids, state=Merge.State.PROPOSED)
    pairs = [(row.first.current.pk, row.second.current.pk) for row in apart]
    return {(min(pair), max(pair)) for pair in [*pairs, *proposed.values_list("kept", "merged")]}
