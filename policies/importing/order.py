"""Lines whose ends changed places: «ملاحظة تها … صلاحي» is put back into one sentence, as a proposal.

A printed line is its head and tail in the wrong order, cut between words or inside one. The cut is searched
for: words that follow each other in the common text, and halves that make a word, speak for an order.
"""

import re
from dataclasses import dataclass

from core.arabic import fold
from policies.importing import wording
from policies.importing.document import Item

KNOWN_PAIR, HALVES, LOST_PAIR, TURNING, CLOSING, BEGINNING = 1.0, 1.6, 1.2, 0.55, 0.6, 1.5
ENOUGH = 0.9
APPROVES = re.compile(r"و?(?:لقد |قد )?(?:تم|جري|تمت) (?:ال)?(?:اعتماد|اقرار)|(?:اعتمد|اعتمدت|اقر|قرر|وافق) |بناء علي")
LONGEST = 60  # words on one line; beyond it nothing was wrapped


@dataclass(frozen=True)
class Reading:
    """One line in one order: its words, what speaks for the order, and whether it was turned."""

    words: tuple[str, ...]
    worth: float
    is_turned: bool


def put_right(item: Item, number_at: dict[int, int], known: dict[str, str]) -> str | None:
    """The clause in its likely order, halves of words joined; None where the printed order is as good.

    `number_at` says for a line how many words stood before the clause's number in the middle of it.
    """
    lines = [tuple(line.split()) for line in item.lines if line.split()]
    if not lines or any(len(words) > LONGEST for words in lines):
        return None
    options = [
        readings(words, number_at.get(place), known, first=place == 0, last=place == len(lines) - 1)
        for place, words in enumerate(lines)
    ]
    best = best_path(options, known)
    printed = best_path([[one for one in choices if not one.is_turned] or choices[:1] for choices in options], known)
    if not any(one.is_turned for one in best[1]) or (not number_at and best[0] - printed[0] < ENOUGH):
        return None
    return joined([word for one in best[1] for word in one.words], known)


def torn(item: Item, known: dict[str, str]) -> str | None:
    """The clause with a line whose two ends look like halves of one unknown word: the first word goes to the end.

    Nothing in the common text speaks for it, so it is the weakest of proposals.
    """
    lines = [line.split() for line in item.lines]
    for place, words in enumerate(lines):
        if len(words) > 5 and is_half(words[0], 4, known) and is_half(words[-1], 3, known):
            lines[place] = [*words[1:-1], words[-1] + words[0]]
            return " ".join(" ".join(words) for words in lines)
    return None


def is_half(word: str, longest: int, known: dict[str, str]) -> bool:
    """A short row of letters that is no word by itself; «هـ», figures and signs are none."""
    key = fold(word)
    return key.isalpha() and len(key) <= longest and key not in known and "ـ" not in word and not wording.is_word(word)


def readings(
    words: tuple[str, ...], number_at: int | None, known: dict[str, str], *, first: bool, last: bool
) -> list[Reading]:
    if number_at:
        return [Reading(words[number_at:] + words[:number_at], 0.0, True)]
    choices = [Reading(words, closing(words, last=last) + beginning(words, first=first), False)]
    for cut in range(1, len(words)):
        turned = words[cut:] + words[:cut]
        worth = seam(words[-1], words[0], known) - TURNING + closing(turned, last=last)
        worth += beginning(turned, first=first and cut < 7)
        worth -= LOST_PAIR if follows(words[cut - 1], words[cut]) else 0.0
        choices.append(Reading(turned, worth, True))
    return choices


def beginning(words: tuple[str, ...], *, first: bool) -> float:
    """A clause begins as one of the common text does, or as a board's approval."""
    if not first or len(words) < 5:
        return 0.0
    start = " ".join(words[:5])
    return BEGINNING if APPROVES.match(fold(start)) or wording.opens_known(start, at_least=94) else 0.0


def best_path(options: list[list[Reading]], known: dict[str, str]) -> tuple[float, list[Reading]]:
    """The choice of readings, one a line, that is worth most together with the seams between lines."""
    paths = [(one.worth, [one]) for one in options[0]]
    for choices in options[1:]:
        paths = [
            max(
                (
                    (worth + seam(path[-1].words[-1], one.words[0], known) + one.worth, [*path, one])
                    for worth, path in paths
                ),
                key=lambda pair: pair[0],
            )
            for one in choices
        ]
    return max(paths, key=lambda pair: pair[0])


def seam(before: str, after: str, known: dict[str, str] | None = None) -> float:
    """How well two words meet: a pair of the common text, or two halves of one word."""
    if before.endswith((".", "؛", ":")):
        return 0.0
    if halves(before, after, known):
        return HALVES
    return KNOWN_PAIR if follows(before, after) else 0.0


def follows(before: str, after: str) -> bool:
    first, second = wording.words_key(before), wording.words_key(after)
    return bool(first and second) and (first.split()[-1], second.split()[0]) in wording.pairs()


def halves(before: str, after: str, known: dict[str, str] | None = None) -> bool:
    """Do they make a word together, at least one of them being none alone?"""
    first, second = fold(before), wording.words_key(after)
    if not first or not second or first in ("و", "في", "من"):
        return False
    whole = f"{first}{second}"
    vocabulary = known or wording.vocabulary()
    return whole in vocabulary and (first not in vocabulary or second not in vocabulary) and first[-1] not in ".،:؛"


def closing(words: tuple[str, ...], *, last: bool) -> float:
    """A clause's last line ends with its full stop; a full stop inside a line speaks against its order."""
    return CLOSING if last and words[-1].endswith((".", ":")) else 0.0


def joined(words: list[str], known: dict[str, str]) -> str:
    result: list[str] = []
    for word in words:
        if result and halves(result[-1], word, known):
            result[-1] += word
        else:
            result.append(word)
    return " ".join(result)
