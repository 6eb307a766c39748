"""People looked for by the parts of a name, over the folded and space-padded `name_key`.

A part is found as the beginning of a word: `LIKE '% عبدالر%'`, which the trigram index answers, as it does for two
letters (the padding gives them a trigram). Names that begin with the typed part come out of a btree in its order.
Keys hold letters, digits and single spaces only (`core.arabic`), so a pattern needs no escaping.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import reduce
from itertools import permutations
from operator import or_

from django.db import OperationalError, connection, models, transaction
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.functions import Collate

from core import arabic, names

# In the order of the bytes, whatever the database's language: so one index serves both LIKE 'x%' and the order.
KEY = Collate("name_key", "C")
LONGEST_MIXED = 4
QUERY_CANCELED = "57014"
# Reading every row is never the way to a name: of two common parts that no name has together, the planner believes
# that many do, and would read a million rows to find the first. The trigrams of everybody's names are not the way to
# those of one branch either: its names, read through in their index, take a third of the time.
BOUNDS = (
    "SELECT set_config('statement_timeout', %s, true), set_config('enable_seqscan', 'off', true),"
    " set_config('enable_bitmapscan', %s, true)"
)


class TooBroad(Exception):
    """The question takes longer than a page may wait."""


class Like(Func):
    """`LIKE` with a pattern of our own making; Django's `contains` and `startswith` have one % each."""

    arg_joiner = " LIKE "
    template = "%(expressions)s"
    output_field = BooleanField()


class NamedQuerySet(models.QuerySet):
    def named(self, typed: str):
        """Names of which every typed part begins a part of its own, in any order."""
        return self.filter(_anywhere(arabic.name_key(typed).split()))

    def named_from_the_first(self, typed: str, *, gaps: bool):
        """Names that begin with the typed parts; with `gaps` parts may be left out after the first name.

        In the order of the names, read from an index: taking a few of a hundred thousand costs no more.
        """
        parts = arabic.name_key(typed).split()
        pattern = "% ".join(parts) if gaps else " ".join(parts)
        return self.filter(Like(KEY, Value(f" {pattern}%"))).order_by(KEY)

    def written_otherwise(self, typed: str):
        """Names with all typed parts but one, and that one in another writing. Proposals, to be compared."""
        return self.filter(_all_but_one(typed, _writings))

    def slipped(self, typed: str):
        """Names with all typed parts but one, and half of that one: one slip of the finger leaves the beginning or
        the end of a word as it was. Proposals, to be compared (`core.names`)."""
        return self.filter(_all_but_one(typed, _halves))

    def first_name_near(self, typed: str):
        """Names with all typed parts but the first, and near to that one."""
        first, *rest = arabic.name_key(typed).split()
        return self.filter(_anywhere(rest) & (_writings(first) | _halves(first)))

    def named_but_one(self, typed: str):
        """Names that begin with the first typed part and have all the others but one, in the names' order."""
        first, *rest = arabic.name_key(typed).split()
        ways = [_anywhere([*rest[:at], *rest[at + 1 :]]) for at in range(len(rest))]
        return self.filter(Like(KEY, Value(f" {first}%"))).filter(reduce(or_, ways)).order_by(KEY)


@contextmanager
def bounded(milliseconds: int, *, one_branch: bool = False) -> Iterator[None]:
    """A block whose questions are given up, each after this time: TooBroad. The database does not go on with them."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(BOUNDS, [str(milliseconds), "off" if one_branch else "on"])
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == QUERY_CANCELED:
            raise TooBroad from error
        raise


def _holds(pattern: str) -> Q:
    return Q(Like(F("name_key"), Value(pattern)))


def _anywhere(parts: list[str]) -> Q:
    """Every part begins some word. Parts that begin alike («محمد محمد», «مح محمد») need a word each."""
    found = Q()
    while parts:
        alike = [part for part in parts if part.startswith(parts[0]) or parts[0].startswith(part)]
        parts = [part for part in parts if part not in alike]
        found &= reduce(or_, map(_holds, _orders(alike)))
    return found


def _orders(alike: list[str]) -> list[str]:
    orders = set(permutations(alike)) if len(alike) <= LONGEST_MIXED else {tuple(alike)}
    return sorted(f"% {'% '.join(order)}%" for order in orders)


def _all_but_one(typed: str, near: Callable[[str], Q]) -> Q:
    parts = arabic.name_key(typed).split()
    return reduce(or_, (_anywhere([*parts[:at], *parts[at + 1 :]]) & near(part) for at, part in enumerate(parts)))


def _writings(part: str) -> Q:
    return reduce(or_, (_holds(f"% {writing}%") for writing in sorted(names.writings(part))))


def _halves(part: str) -> Q:
    beginning, end = names.halves(part)
    if not beginning:
        return Q(pk__in=[])
    # The length is asked too: half a word is common, and only so many of what comes are looked at.
    after, before = len(part) - len(beginning) - 1, len(part) - len(end) - 1
    begins = _holds(f"% {beginning}%") & Q(name_key__regex=f" {beginning}[^ ]{{{after},}}")
    return begins | _holds(f"%{end} %") & Q(name_key__regex=f" [^ ]{{{before},{before + 2}}}{end} ")
