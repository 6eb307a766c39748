"""Two personal names compared part by part: first, father, grandfather, family. It proposes, it never decides.

    one = names.split("محمد بن سالم العنزي")
    other = names.of(first="محمد", father="سالم", grandfather="أحمد", family="العنزي")
    names.compare(one, other).likeness        # Likeness.SHORTER: the same, and one has no grandfather
    names.compare(one, other).parts           # {Slot.FIRST: Part.SAME, …, Slot.GRANDFATHER: Part.MISSING, …}

What folding makes equal (`core.arabic.name_key`: hamza, ة and ه, ى and ي, «بن», «عبد الله») is SAME here. Beyond it
`variant` knows the writings of one name (العنزي and عنزي, يحيى and يحي, الظفيري and الضفيري), and `compare_words` one
slip of the finger in a long word. Two well-known names are never a slip (سلطان and سلمان: `common_names.txt`), nor is
a long vowel where neither is well known: with long vowels Arabic makes other names (الحسني and الحسيني).
"""

import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache, lru_cache
from pathlib import Path

from core import arabic

SHORTEST_FOR_A_SLIP = 5
SHORTEST_OF_A_KNOWN_NAME = 4  # «محدم» is nobody's name: it is «محمد» typed wrong
_COMMON = Path(__file__).with_name("common_names.txt")
_LONG_VOWELS = frozenset("اوي")
_ARTICLE = re.compile(r"^ال ?(?=.{3})")
_SERVANT = re.compile(r"^عبدال(?=.{4})")
_NISBA = re.compile(r"^ال.{3,}ي$")
_REPEATED_VOWEL = re.compile("([اوي])\\1+")
# One name in writings that no rule yields. Folded, without the article.
_ONE_NAME = """
هدي هدا|مني منا|سلمي سلما سلمه|ليلي ليلا|نجوي نجوا|سلوي سلوا|لبني لبنا|ندي ندا|رنا رني|مها مهي|لمي لما|يحيي يحيا
مصطفي مصطفا|موسي موسا|عيسي عيسا|شذي شذا|ضحي ضحا|نهي نها|سهي سها|بشري بشرا|يسري يسرا|ذكري ذكرا|دينا دينه
زكريا زكريه|عايشه عيشه|ابراهيم ابرهيم|سليمان سليمن|عثمان عثمن|معاويه معويه|ياسين يسن يس
طه طاها|شيما شيمه|ثريا ثريه|رقيه رقيا|صفيه صفيا|ساره سارا
"""


class Slot(StrEnum):
    FIRST = "first"
    FATHER = "father"
    GRANDFATHER = "grandfather"
    FAMILY = "family"


class Part(StrEnum):
    """How one part stands to its counterpart."""

    SAME = "same"  # equal once folded
    SPELLING = "spelling"  # one name in two writings
    SLIP = "slip"  # one letter away in a long word: a typing mistake, or another name
    MISSING = "missing"  # one of the two has no such part
    DIFFERS = "differs"


class Likeness(StrEnum):
    """How two whole names stand to each other, the nearest first."""

    SAME = "same"
    SHORTER = "shorter"  # the same, and one of them has no grandfather
    SPELLING = "spelling"  # every part same or another writing, one slip at most; the grandfather may be missing
    PARTIAL = "partial"  # what both have agrees, and the father or the family is missing
    TRANSPOSED = "transposed"  # the same parts in another order
    DIFFERENT = "different"


@dataclass(frozen=True)
class Name:
    """A name in its parts, folded for comparing; an empty part is missing.

    `further` is what stands between grandfather and family: a great-grandfather, or the clan before the tribe.
    """

    first: str
    father: str = ""
    grandfather: str = ""
    family: str = ""
    further: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(part for part in (self.first, self.father, self.grandfather, *self.further, self.family) if part)


@dataclass(frozen=True)
class Comparison:
    """What `compare` found: the verdict, and each part's own."""

    likeness: Likeness
    parts: dict[Slot, Part]

    def slots(self, part: Part) -> list[Slot]:
        """The slots of which this is so: `slots(Part.SPELLING)` are the parts written otherwise."""
        return [slot for slot, found in self.parts.items() if found == part]


def parts_of(text: str) -> list[str]:
    """The parts of a typed name, folded: «بن» gone, «عبد الله», «أبو بكر», «نور الدين» and «آل سعدون» one part each."""
    parts: list[str] = []
    for word in arabic.name_key(text).split():
        if parts and parts[-1] == "ال":
            parts[-1] += f" {word}"
        else:
            parts.append(word)
    return parts


def split(full_name: str) -> Name:
    """A full name as somebody wrote it. Two parts are first and family; three have no grandfather.

    A grandfather is no nisba: in «محمد سالم الظاهري الحربي» «الظاهري» is the clan, not a grandfather.
    """
    parts = parts_of(full_name)
    if len(parts) < 2:
        return Name(first="".join(parts))
    first, *between, family = parts
    given = next((at for at, part in enumerate(between) if at and _is_of_a_family(part)), len(between))
    ancestors = [*between[:given][:2], "", ""]
    return Name(first, ancestors[0], ancestors[1], family, tuple(between[min(given, 2) :]))


def of(*, first: str, father: str = "", grandfather: str = "", family: str = "") -> Name:
    """A name already in its parts, as a file holds it. A family of several words ends in the family's own."""
    *further, last = parts_of(family) or [""]
    first, father, grandfather = (" ".join(parts_of(part)) for part in (first, father, grandfather))
    return Name(first, father, grandfather, last, tuple(further))


@lru_cache(maxsize=20_000)
def variant(word: str) -> str:
    """What all writings of one name have in common: equal results mean SAME or SPELLING. Takes a folded part.

    The article goes («الجوهرة», «عنزي», «آل سعدون»), ظ is ض, a final ت is ه (بهجت), long vowels are not doubled.
    """
    bare = _SERVANT.sub("عبد", _ARTICLE.sub("", word))
    bare = _REPEATED_VOWEL.sub(r"\1", bare.replace("ظ", "ض"))
    if len(bare) > 3 and bare.endswith("ت"):
        bare = f"{bare[:-1]}ه"
    return _one_name().get(bare, bare)


def writings(part: str) -> set[str]:
    """Other writings under which a folded part may stand: with and without the article, ظ for ض, هدى and هدا."""
    bare = _ARTICLE.sub("", part)
    found = {bare, f"ال{bare}", *_written_for(variant(part))}
    found |= {word.replace("ظ", "ض") for word in found} | {word.replace("ض", "ظ") for word in found}
    return found - {part}


def halves(part: str) -> tuple[str, str]:
    """The beginning and the end that one slip cannot both spoil; empty where the word is too short to tell.

    Between them stands a letter or two, so that two letters exchanged spoil one of them only; but in a word of four
    letters the middle two may. The article does not count: of «القحطاني» they are «القح» and «ني».
    """
    stem = _stem(part)
    size = (len(stem) - 1) // 2 if len(stem) > 4 else len(stem) // 2
    if size < 2:
        return "", ""
    return part[: len(part) - len(stem) + size], part[-size:]


class Fit(IntEnum):
    """How typed parts lie in a name, the best first."""

    AS_TYPED = 1  # the name begins with them, one after another
    IN_ORDER = 2  # the first name and others after it, in order
    ANY_ORDER = 3


def fit(typed: list[str], words: list[str]) -> Fit | None:
    """Each typed part (folded) begins a word of its own among a key's words; None where one does not."""
    if not typed or len(typed) > len(words):
        return None
    if all(map(str.startswith, words, typed)):
        return Fit.AS_TYPED
    if words[0].startswith(typed[0]) and _in_order(typed, words):
        return Fit.IN_ORDER
    return Fit.ANY_ORDER if _each_its_own(typed, words) else None


def _in_order(typed: list[str], words: list[str]) -> bool:
    rest = iter(words)
    return all(any(word.startswith(part) for word in rest) for part in typed)


def _each_its_own(typed: list[str], words: list[str]) -> bool:
    if not typed:
        return True
    part, *others = typed
    places = [at for at, word in enumerate(words) if word.startswith(part)]
    return any(_each_its_own(others, words[:at] + words[at + 1 :]) for at in places)


def compare_words(one: str, other: str) -> Part:
    """One folded part against another."""
    if not one or not other:
        return Part.MISSING
    if one == other:
        return Part.SAME
    if variant(one) == variant(other):
        return Part.SPELLING
    return Part.SLIP if _one_slip(one, other) else Part.DIFFERS


def compare(one: Name, other: Name) -> Comparison:
    """Part by part, then the whole. Symmetric; two people who share a name are SAME too, so it only proposes."""
    parts = {slot: compare_words(getattr(one, slot), getattr(other, slot)) for slot in Slot}
    if parts[Slot.FAMILY] == Part.DIFFERS and _clan_and_tribe(one, other):
        parts[Slot.FAMILY] = Part.SPELLING
    if one.words == other.words:
        return Comparison(Likeness.SAME, parts)
    return Comparison(_likeness(one, other, parts), parts)


def _likeness(one: Name, other: Name, parts: dict[Slot, Part]) -> Likeness:
    found = list(parts.values())
    if Part.DIFFERS in found or found.count(Part.SLIP) > 1 or _further_differ(one, other):
        return Likeness.TRANSPOSED if _transposed(one, other) else Likeness.DIFFERENT
    if Part.MISSING in (parts[Slot.FIRST], parts[Slot.FATHER], parts[Slot.FAMILY]):
        return Likeness.PARTIAL
    if Part.SPELLING in found or Part.SLIP in found:
        return Likeness.SPELLING
    # The same again, where what is missing is a grandfather or what stands beyond him.
    return Likeness.SHORTER if Part.MISSING in found or one.further != other.further else Likeness.SAME


def _further_differ(one: Name, other: Name) -> bool:
    pairs = zip(one.further, other.further, strict=False)
    return any(compare_words(first, second) == Part.DIFFERS for first, second in pairs)


def _clan_and_tribe(one: Name, other: Name) -> bool:
    """One is called by the clan, the other by clan and tribe: «الظاهري» and «الظاهري الحربي»."""
    families = variant(one.family), variant(other.family)
    return families[0] in map(variant, other.further) or families[1] in map(variant, one.further)


def _transposed(one: Name, other: Name) -> bool:
    """All parts of the shorter are in the longer, three or more of them, in another order."""
    shorter, longer = sorted((one.words, other.words), key=len)
    left = [variant(word) for word in longer]
    for word in map(variant, shorter):
        if word not in left:
            return False
        left.remove(word)
    return len(shorter) > 2 and len(left) <= 1


def _is_of_a_family(part: str) -> bool:
    return part.startswith("ال ") or bool(_NISBA.match(part))


def _one_slip(one: str, other: str) -> bool:
    """One letter typed wrong, dropped, doubled, or two exchanged, past the first letter of a long word."""
    bare, against = _stem(one), _stem(other)
    known = {one, other} & common()
    shortest = SHORTEST_OF_A_KNOWN_NAME if known else SHORTEST_FOR_A_SLIP
    if max(len(bare), len(against)) < shortest or min(len(bare), len(against)) < shortest - 1:
        return False
    if bare[0] != against[0] or len(known) == 2:
        return False
    here, there = _what_differs(bare, against)
    if len(here) == len(there) == 2:
        return here == there[::-1]
    only_vowels = set(here + there) <= _LONG_VOWELS
    return max(len(here), len(there)) == 1 and (bool(known) or not only_vowels)


def _stem(word: str) -> str:
    """Without «ال» and «عبدال», which make short words look long: عبدالحكيم and عبدالحليم are two."""
    return re.sub("^(?:عبد)?(?:ال ?)?", "", word)


def _what_differs(one: str, other: str) -> tuple[str, str]:
    """The two without what they begin and end with alike."""
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return one, other


@cache
def common() -> frozenset[str]:
    """Well-known given and family names, folded: two of them one letter apart are two names."""
    return frozenset(" ".join(parts_of(line)) for line in _COMMON.read_text(encoding="utf-8").splitlines())


@cache
def _one_name() -> dict[str, str]:
    groups = (group.split() for group in re.split(r"[|\n]", _ONE_NAME))
    return {_REPEATED_VOWEL.sub(r"\1", word): group[0] for group in groups for word in group}


def _written_for(usual: str) -> list[str]:
    return [word for word, stands_for in _one_name().items() if stands_for == usual]
