"""Suspected damage to words, listed with a proposal. The text itself stays as printed until a person accepts."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein, Opcodes

from core.arabic import fold
from policies.importing import wording
from policies.importing.document import Doubt, Item
from policies.importing.facts import PERSON_WORDS, without_article
from policies.importing.files import Line

PERSIAN = {
    "ی": "ي",
    "ې": "ي",
    "ک": "ك",
    "ڪ": "ك",
    "ہ": "ه",
    "ھ": "ه",
    "ە": "ه",
    "ۀ": "ة",
    "ۃ": "ة",
    "ہٰ": "ة",
    "گ": "ك",
    "پ": "ب",
    "چ": "ج",
}
PERSIAN_LETTER = re.compile(f"[{''.join(letter for letter in PERSIAN if len(letter) == 1)}]")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd]")
ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3]")
ADDRESS = re.compile(r"@|://|www\.|\.(?:org|com|net|sa)\b")
NEVER_TWICE = frozenset("اثظغخ")  # no word doubles these letters
NEVER_FIRST = frozenset("ةى")
ODD_HAMZA = re.compile("[أإ]\u064b")
ENDS_WITH_HEH = frozenset(
    map(
        fold,
        "المياه الفقه الوجه الشبه التوجه الاتجاه الإكراه المنبه النزيه الشفاه الأفواه الانتباه السفيه المشابه".split(),
    )
)
SLIPS = {wording.words_key(slip): usual for slip, usual in wording.SLIPS.items()}
PHRASE_SLIPS = {wording.words_key(slip): usual for slip, usual in wording.PHRASE_SLIPS.items()}
MARK = "\ufffd"


@dataclass(frozen=True)
class Turned:
    lines: list[Line]
    warnings: list[Doubt]


@dataclass(frozen=True)
class Context:
    """What a clause's words are held against: the common text's clause (or "") and every word known or used twice."""

    common: str
    words: dict[str, str]

    def knows(self, key: str) -> bool:
        return key in self.words


@dataclass(frozen=True)
class Found:
    """A suspected word or words: the kind of doubt, as printed, as it may have been."""

    kind: str
    printed: str
    proposed: str | None


def turned_back(lines: list[Line]) -> Turned:
    """Lines whose letters came out last first are read back; each is said, for nothing is mended in silence."""
    backwards = [is_reversed(line.text) for line in lines]
    told = [one for one in backwards if one is not None]
    everywhere = len(told) >= 5 and sum(told) > 0.6 * len(told)
    result, warnings = [], []
    for line, turned in zip(lines, backwards, strict=True):
        back = read_back(line.text) if turned or (everywhere and not reads_forward(line.text)) else None
        result.append(replace(line, text=back) if back else line)
        if back and re.search(r"[\u0621-\u064a]", back):
            warnings.append(Doubt("reversed_line", "", line.text, back, sentence_for("reversed_line")))
    return Turned(result, warnings)


def is_reversed(text: str) -> bool | None:
    """Does the line make words only when read from its other end? None where neither reading makes any."""
    words, known, back = readings(text)
    if known == back:
        return None
    return back > known and back >= 0.4 * len(words) and (len(words) > 1 or len(words[0]) >= 5)


def reads_forward(text: str) -> bool:
    _words, known, back = readings(text)
    return known > back


def readings(text: str) -> tuple[list[str], int, int]:
    """(the line's words, how many are known as they stand, how many from their other end)."""
    words = re.findall(r"[\u0621-\u064a]{3,}", text)
    vocabulary = wording.vocabulary()
    return words, sum(fold(word) in vocabulary for word in words), sum(fold(word[::-1]) in vocabulary for word in words)


def read_back(text: str) -> str:
    """The line from its other end; numbers and addresses inside it were never turned."""
    flipped = text[::-1].translate(str.maketrans("()[]{}«»", ")(][}{»«"))
    return re.sub(r"[0-9٠-٩A-Za-z@.:/_\-]*[0-9٠-٩A-Za-z][0-9٠-٩A-Za-z@.:/_\-]*", lambda run: run[0][::-1], flipped)


def known_words(texts: list[str]) -> dict[str, str]:
    """Folded word -> as written: the vocabulary, and what the document itself writes more than once."""
    printed = [word for text in texts for word in re.findall(r"[\u0621-\u0652]+", text)]
    counts = Counter(map(fold, printed))
    own = {fold(word): word for word in printed if counts[fold(word)] > 1 and len(fold(word)) > 2}
    own |= {f"ال{key[2:]}": f"ال{word[2:]}" for key, word in own.items() if key.startswith("لل") and len(key) > 4}
    return {**own, **wording.vocabulary()}


def in_item(item: Item, where: str, words: dict[str, str]) -> list[Doubt]:
    """The doubts about one clause's words, each once."""
    known = wording.nearest(item.text, at_least=62)
    return in_text(item.text, where, Context(known.text if known else "", words))


def in_text(text: str, where: str, context: Context) -> list[Doubt]:
    found: dict[tuple[str, str], Found] = {}
    claimed: set[str] = set()
    for look in LOOKS:
        for one in look(text, context):
            words = set(one.printed.split())
            if not (words & claimed):
                claimed |= words
                found.setdefault((one.kind, one.printed), one)
    return [Doubt(one.kind, where, one.printed, one.proposed, sentence_for(one.kind)) for one in found.values()]


# One kind of damage each: (text, context) -> what was found


def foreign_script(text: str, context: Context) -> Iterator[Found]:
    words = text.split()
    for place, word in enumerate(words):
        if ADDRESS.search(word) or not ARABIC.search(word) or not (foreign := foreign_letters(word)):
            continue
        before = words[place - 1] if place else ""
        printed, pattern = word, as_pattern(word, foreign)
        if 0 < len(fold(before)) <= 2 and not context.knows(fold(before)):
            printed, pattern = f"{before} {word}", as_pattern(before, "") + pattern
        yield Found("foreign_script", printed, fitting(pattern, context))


def foreign_letters(word: str) -> str:
    return "".join(c for c in word if c == MARK or (c.isalpha() and not is_arabic(c)))


def is_arabic(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("ARABIC")


def as_pattern(word: str, foreign: str) -> str:
    """A pattern of the folded word with its foreign run left open, up to four letters."""
    opened = re.sub(f"[{re.escape(foreign)}]+", "\x00", word) if foreign else word
    return "".join(
        ".{1,4}" if part == "\x00" else re.escape(wording.words_key(part)) for part in re.split("(\x00)", opened)
    )


def fitting(pattern: str, context: Context) -> str | None:
    """The word of the common clause that fits, or of the known words when only one does."""
    for words in (words_of(context.common), context.words):
        fits = [word for key, word in words.items() if re.fullmatch(pattern, key)]
        shortest = [word for word in fits if len(fold(word)) == min(map(len, map(fold, fits)))]
        if len(shortest) == 1:
            return shortest[0]
    return None


def words_of(text: str) -> dict[str, str]:
    return {fold(word): word for word in re.findall(r"[\u0621-\u0652]+", text)}


def persian_letters(text: str, context: Context) -> Iterator[Found]:
    for word in text.split():
        if PERSIAN_LETTER.search(word):
            proposed = "".join(PERSIAN.get(letter, letter) for letter in word)
            key = wording.words_key(proposed)
            usual = context.words.get(key)
            if usual and usual.endswith("ى") and proposed.rstrip(".،").endswith("ي"):
                proposed = re.sub(r"ي(?=[.،]*$)", "ى", proposed)
            yield Found("persian_letters", word, proposed)


def private_characters(text: str, context: Context) -> Iterator[Found]:
    for word in text.split():
        if PRIVATE.search(word):
            yield Found("private_characters", word, PRIVATE.sub("", word) or None)


def phrase_slips(text: str, context: Context) -> Iterator[Found]:
    words = text.split()
    keys = [wording.words_key(word) for word in words]
    for slip, usual in PHRASE_SLIPS.items():
        length = len(slip.split())
        for place in range(len(words) - length + 1):
            if " ".join(keys[place : place + length]) == slip:
                printed = " ".join(words[place : place + length]).rstrip(".،")
                yield Found("phrase_slip", printed, usual)


def stray_spaces(text: str, context: Context) -> Iterator[Found]:
    """A word parted by a space: «مختل ف», «و انتماء», «لـ جراء»."""
    words = text.split()
    place = 0
    while place < len(words) - 1:
        proposed = parted(words[place], words[place + 1], context)
        if proposed:
            yield Found("stray_space", f"{words[place]} {words[place + 1]}", proposed)
            place += 1
        place += 1


def parted(first: str, second: str, context: Context) -> str | None:
    one, two = wording.words_key(first), wording.words_key(second)
    if first == "هـ" or not one or not two or " " in one + two or first[-1] in ".،:؛" or not (one + two).isalpha():
        return None
    vocabulary = context.words
    if first == "لـ" and wording.is_word(f"إ{second}"):  # «لإ» is drawn as one sign, and half of it was lost
        return f"لإ{second}"
    if first in ("و", "لـ", "ال", "لل", "بال", "وال") or first.endswith("ـ"):
        close = near(one + two, context)
        return with_sign(close, second) if close and first != "و" else first.rstrip("ـ") + second
    if len(one) > 1 and len(two) > 1 and one in vocabulary and two in vocabulary:
        return None
    lone = len(one) == 1 or len(two) == 1
    if (one + two) in vocabulary and (lone or one not in vocabulary or two not in vocabulary):
        return first + second
    if len(two) == 1 and two not in vocabulary and (not wording.is_word(first) or wording.is_word(first + two)):
        return first + second
    return None


def with_sign(word: str, printed: str) -> str:
    sign = re.search(r"[.،:؛]+$", printed)
    return word + (sign[0] if sign else "")


def near(key: str, context: Context) -> str | None:
    """The word one letter away: of the common clause first, then of the vocabulary if it is the only one."""
    for words in (words_of(context.common), context.words):
        close = [
            word
            for other, word in words.items()
            if other == key or Levenshtein.distance(other, key, score_cutoff=1) <= 1
        ]
        if key in words:
            return words[key]
        if len(close) == 1:
            return close[0]
    return None


def letters(text: str, context: Context) -> Iterator[Found]:
    """Slips within a word that show by themselves: a letter too many, «أً», a heh for a teh marbuta, a turned word."""
    for printed in text.split():
        word = printed.strip('.،:؛()«»"-–')
        key = wording.words_key(word)
        if not word or " " in key or PERSIAN_LETTER.search(word):
            continue
        if "ـ" not in word and (once := without_repeat(word, key, context)):
            yield Found("doubled_letter", word, once)
        elif ODD_HAMZA.search(word):
            yield Found("slip", word, ODD_HAMZA.sub("ا\u064b", word))
        elif word.endswith("ه") and is_teh_marbuta(word, key, context):
            yield Found("teh_marbuta", word, word[:-1] + "ة")
        elif len(key) >= 4 and not context.knows(key) and context.knows(key[::-1]):
            yield Found("reversed_word", word, context.words[key[::-1]])
        elif len(key) >= 4 and word[0] in NEVER_FIRST:
            yield Found("reversed_word", word, word[::-1])
        elif key in SLIPS and not_meant(key, context):
            yield Found("slip", word, SLIPS[key])


def without_repeat(word: str, key: str, context: Context) -> str | None:
    """The word with its repeated letter once, where that makes a known word of an unknown one."""
    if context.knows(key):
        return None
    for run in re.finditer(r"([\u0621-\u064a])\1+", word):
        if not run.start() and run[0] in ("لل", "وو"):
            continue  # «للموظف» is «ل» and «الموظف»; «ووضع» is «و» and «وضع»
        for length in (1, 2):
            once = word[: run.start()] + run[1] * length + word[run.end() :]
            certain = (len(run[0]) > 2 and length == 2) or (run[1] in NEVER_TWICE and length == 1)
            if len(run[0]) > length and (context.knows(fold(once)) or certain):
                return once
    return None


def is_teh_marbuta(word: str, key: str, context: Context) -> bool:
    """A word with the article takes no «ـه» of possession; others are held against the known words."""
    if words_of(context.common).get(key, "") == word[:-1] + "ة":
        return True
    return (
        word.startswith("ال")
        and len(word) > 5
        and key not in ENDS_WITH_HEH
        and not context.words.get(key, "ة").endswith("ه")
    )


def not_meant(key: str, context: Context) -> bool:
    """A slip that is a word too counts only where the common text has the other word."""
    return not wording.is_word(key) or not context.common or fold(SLIPS[key]) in words_of(context.common)


def unlike_common(text: str, context: Context) -> Iterator[Found]:
    """A word that is none, standing where the common text has one much like it."""
    if not context.common:
        return
    printed = [word for word in text.split() if wording.words_key(word)]
    usual = [word for word in context.common.split() if wording.words_key(word)]
    keys = [wording.words_key(word) for word in printed], [wording.words_key(word) for word in usual]
    for edit in Opcodes.from_editops(Levenshtein.editops(*keys)):
        words, others = printed[edit.src_start : edit.src_end], usual[edit.dest_start : edit.dest_end]
        if edit.tag != "replace" or len(words) != len(others):
            continue
        for word, other in zip(words, others, strict=True):
            if looks_like_slip(word, other):
                yield Found("slip", word.strip(".،:؛()"), other.strip(".،:؛()"))


def looks_like_slip(word: str, other: str) -> bool:
    key, usual = wording.words_key(word), wording.words_key(other)
    if len(key) < 4 or len(usual) < 4 or " " in key or wording.is_word(word) or not key.isalpha():
        return False
    if wording.spelling_key(word) == wording.spelling_key(other):
        return False
    if without_article(key) in PERSON_WORDS or without_article(usual) in PERSON_WORDS:
        return False
    return (
        wording.stem(key) != wording.stem(usual)
        and fuzz.ratio(key, usual) >= 62
        or Levenshtein.distance(key, usual) == 1
    )


def repeated_words(text: str, context: Context) -> Iterator[Found]:
    words = text.split()
    for first, second in zip(words, words[1:], strict=False):
        if first == second and len(first) > 1 and ARBITRARY.fullmatch(first):
            yield Found("repeated_word", f"{first} {second}", first)


ARBITRARY = re.compile(r"[\u0621-\u0652]+")
LOOKS: tuple[Callable[[str, Context], Iterator[Found]], ...] = (
    phrase_slips,
    foreign_script,
    private_characters,
    persian_letters,
    stray_spaces,
    letters,
    unlike_common,
    repeated_words,
)


def sentence_for(kind: str) -> str:
    return {
        "foreign_script": _("Letters of another script stand inside the word."),
        "persian_letters": _("The word is written with Persian letters."),
        "private_characters": _("The word holds a character that only one font can draw."),
        "stray_space": _("A space seems to have parted one word."),
        "doubled_letter": _("A letter seems to have been repeated."),
        "teh_marbuta": _("The word ends with a heh; a teh marbuta is usual."),
        "reversed_word": _("The word's letters seem to have come out last first."),
        "reversed_line": _("The line's letters came out last first; it was read from its other end."),
        "slip": _("The word looks like a slip in reading the page."),
        "phrase_slip": _("The words change the meaning that such policies usually have here. Ask the owner."),
        "repeated_word": _("The word stands twice."),
    }[kind]
