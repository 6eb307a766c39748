"""People found by what was typed of a name, best first, each with why it matched.

First those whose name begins as typed, then those with the typed parts in order, then in any order; each step takes
no more than a page needs, and the later ones are asked only where the earlier left room. Only where nothing is found
come near names: another writing, one slip, one part of four that differs.
"""

from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import gettext as _
from rapidfuzz.distance import OSA

from beneficiaries.models import Person
from beneficiaries.suspension.rules import suspended_among
from core import arabic, names

NEAR_SHOWN = 5
NEAR_LOOKED_AT = 200
LONGEST_OF_ONE_SLIP = 7
PARTS_TO_SPARE_ONE = 4
FARTHEST = 10
MOST_PARTS = 8  # no name is longer; sixty letters with a space between are sixty ways to ask
SHOWN = (
    "first_name",
    "father_name",
    "grandfather_name",
    "family_name",
    "national_id",
    "mobile",
    "confirmed_on",
    "branch",
)


@dataclass(frozen=True)
class Hit:
    person: Person
    why: list[str]
    suspended: bool = False


def found_by_name(everyone, typed: str) -> list[Hit]:
    """Up to one more than a page holds, among the current files."""
    parts = arabic.name_key(typed).split()
    steps = [everyone.named_from_the_first(typed, gaps=False)]
    steps += [everyone.named_from_the_first(typed, gaps=True)] if len(parts) > 1 else []
    # The branch keeps the database from reading everybody's names, from the first to the last, out of an index that
    # has no branch: of parts that no name has together it would be the longest way.
    steps = [step.values_list("pk", "name_key") for step in steps]
    steps += [] if one_word(parts) else [everyone.named(typed).values_list("pk", "name_key", "branch")]
    keys: dict[int, str] = {}
    for step in steps:
        if (room := settings.SEARCH_LIMIT + 1 - len(keys)) > 0:
            keys |= {row[0]: row[1] for row in step.exclude(pk__in=keys)[:room]}
    fits = {pk: names.fit(parts, key.split()) or names.Fit.ANY_ORDER for pk, key in keys.items()}
    ordered = sorted(keys, key=lambda pk: (fits[pk], -whole_words(parts, keys[pk]), keys[pk], pk))
    return hits(everyone, {pk: why_it_fits(fits[pk], parts) for pk in ordered})


def one_word(parts: list[str]) -> bool:
    """«محمد محمد»: trigrams do not say how often a word stands in a name, so there it is to be the first name too."""
    return len(parts) > 1 and len(set(parts)) == 1


def whole_words(parts: list[str], key: str) -> int:
    return len(set(parts) & set(key.split()))


def why_it_fits(fit: names.Fit, parts: list[str]) -> str:
    if fit == names.Fit.AS_TYPED:
        return _("the name begins so")
    if fit == names.Fit.IN_ORDER:
        return _("first name and parts in order")
    return _("part of the name") if len(parts) == 1 else _("the parts in another order")


def hits(everyone, why: dict[int, str]) -> list[Hit]:
    """The files of these numbers in this order, with no more of each than a line shows."""
    rows = everyone.only(*SHOWN, *(f"branch__{name}" for name in ("id", "name"))).in_bulk(list(why)) if why else {}
    suspended = suspended_among(rows) if rows else set()
    return [Hit(rows[pk], [reason], pk in suspended) for pk, reason in why.items() if pk in rows]


def found_nearly(everyone, typed: str) -> list[Hit]:
    """Names near to what was typed, the nearest first, each with the part that differs. A proposal only."""
    parts = arabic.name_key(typed).split()
    if len(parts) > MOST_PARTS:
        return []
    steps = [everyone.written_otherwise(typed), everyone.slipped(typed)]
    if len(parts) >= PARTS_TO_SPARE_ONE:
        # A father or a grandfather told wrongly; writings and slips are among them, but for those of the first name.
        steps = [everyone.named_but_one(typed), everyone.first_name_near(typed)]
    for step in steps:
        rows = step.values_list("pk", "name_key")[:NEAR_LOOKED_AT]
        near = sorted((*found, pk) for pk, key in rows if (found := nearest(parts, key.split())))[:NEAR_SHOWN]
        if near:
            words = {pk: word for _distance, word, pk in near}
            shown = hits(everyone, dict.fromkeys(words, ""))
            return [replace(hit, why=[what_differs(hit.person, words[hit.person.pk], parts)]) for hit in shown]
    return []


def nearest(parts: list[str], words: list[str]) -> tuple[int, str] | None:
    """How far typed parts are from a name, and the word that differs; None where it is too far.

    Of four parts or more one may be wholly other: then no word of the name is given.
    """
    far, differs, spared = 0, "", len(parts) < PARTS_TO_SPARE_ONE
    for part in parts:
        distance, word = min((how_far(part, word), word) for word in words)
        if distance > (1 if len(part) <= LONGEST_OF_ONE_SLIP else 2):
            if spared:
                return None
            distance, word, spared = FARTHEST, "", True
        if distance:
            far, differs = far + distance, word
    return (far, differs) if far else None


def how_far(part: str, word: str) -> int:
    """Letters between a typed part and a word or its beginning. Another writing of the name is nearer than a slip."""
    if word.startswith(part):
        return 0
    if names.variant(part) == names.variant(word):
        return 1
    return min(OSA.distance(part, word), OSA.distance(part, word[: len(part)]))


def what_differs(person: Person, word: str, parts: list[str]) -> str:
    """The word as the file has it; or, where none is near, the typed part that the file has not."""
    if word:
        own = [part for part in (getattr(person, name) for name in SHOWN[:4]) if word in arabic.name_key(part).split()]
        return _("near to what was typed: %(word)s") % {"word": own[0] if own else word}
    key = arabic.padded_key(person.full_name)
    return _("without «%(part)s»") % {"part": next((part for part in parts if f" {part}" not in key), parts[-1])}
