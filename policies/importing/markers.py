"""What numbers a line: «1-», «(٢)», «٣.», «6.1», «أ-», «أولًا:», «•», and the same thrown to the line's end."""

import re
import unicodedata
from dataclasses import dataclass

from core.arabic import fold, fold_digits

ORDINALS = {
    "اول": 1, "اولي": 1, "ثاني": 2, "ثانيه": 2, "ثان": 2, "ثالث": 3, "ثالثه": 3, "رابع": 4, "رابعه": 4,
    "خامس": 5, "خامسه": 5, "سادس": 6, "سادسه": 6, "سابع": 7, "سابعه": 7, "ثامن": 8, "ثامنه": 8,
    "تاسع": 9, "تاسعه": 9, "عاشر": 10, "عاشره": 10,
}  # fmt: skip
TEENS = frozenset(("عشر", "عشره"))
ABJAD = {letter: place for place, letter in enumerate("ابجدهوزحطيكلمن", 1)}
ALPHABET = {letter: place for place, letter in enumerate("ابتثجحخدذرزسشص", 1)}
BULLET = r"[•●○▪▫■□◦◘◙◆◇❖⬧‣⁃∙·⋅*➢➤►▶▸✓✔☑§¤\-–—‐‑‒−\ue000-\uf8ff]"
SYMBOL_LETTER = r"(?:[oüØvqn§à]|×)"  # what symbol fonts leave of their bullets
SEPARATOR = r"[\-–—‐−.,،:;؛)\]}ـ_/\\]"
DIGITS = r"[0-9٠-٩۰-۹]"

PATH = re.compile(rf"[(\[{{]?({DIGITS}{{1,2}}(?:\s?[.\-/–]\s?{DIGITS}{{1,2}}){{1,2}})(?:{SEPARATOR}+|(?=\s))\s*(?=\D)")
NUMBER = re.compile(rf"[\-–.]?(?:[(\[{{]\s?)?({DIGITS}{{1,2}})\s?({SEPARATOR}+)\s*(?!{DIGITS})")
FLIPPED = re.compile(rf"([\-–.)/]+)({DIGITS}{{1,2}})\s?([(\-–.]?)\s+(?=\D)")
BARE_NUMBER = re.compile(rf"({DIGITS}{{1,2}})\s+(?=\D)")
LETTER = re.compile(r"\(?(هـ|[أابجدهوزحطيتثخ])\s?([\-–.)/ـ:]{1,2})\s*(?=\S)")
BULLETED = re.compile(rf"({BULLET}+)\s*(?=\S)|({SYMBOL_LETTER})\s+(?=[\u0600-\u06ff])")
ORDINAL = re.compile(
    r"(?:(?:البند|القسم|الفصل|المحور|الماده|المادة|الفقرة|الخطوة)\s+)?\(?(\S+?)\s?[):.\-–،/]+\s*(?=\S)"
)
ARTICLE = re.compile(
    rf"(?:المادة|الماده|مادة|ماده|البند|بند|الخطوة|الفقرة)\s+\(?({DIGITS}{{1,2}})\)?\s?[:.\-–]*\s*(?=\S)"
)
DATE = re.compile(
    rf"[(\[]?{DIGITS}{{1,2}}\s?[/\-.]\s?{DIGITS}{{1,2}}\s?[/\-.]\s?{DIGITS}{{2,4}}"
    rf"|[(\[]?{DIGITS}{{4}}\s?[/\-.]\s?{DIGITS}{{1,2}}\s?[/\-.]\s?{DIGITS}{{1,2}}|{DIGITS}{{1,2}}\s+\S+\s+{DIGITS}{{4}}"
)
INSIDE = re.compile(
    rf"(?<=\s)(?:(?P<open>[(\[])?(?P<after>{DIGITS}{{1,2}})\s?(?P<sign>[\-.)\]ـ–/:]+)(?=\s|[^\W\d_])"
    rf"|[\-.–]\s?(?P<before>{DIGITS}{{1,2}})(?=\s+[^\W\d_]|[\-.]\s))"
)
UNIT = re.compile(r"\s*(?:يوم|ايام|أيام|أسبوع|اسبوع|شهر|ساع|سن|ريال|٪|%)")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ROMAN_NUMBER = re.compile(r"\(?([IVX]{1,4})\s?[\-–.):/]+\s*(?=\S)", re.I)
AT_END = re.compile(rf"\s+([\-–.(]*)({DIGITS}{{1,2}})([\-–.)]*)$")
ALONE = re.compile(rf"[(\-–.]*({DIGITS}{{1,2}})[)\-–.:]*|{BULLET}+|{SYMBOL_LETTER}")


@dataclass(frozen=True)
class Marker:
    """A line's number or bullet. `style` tells one list from another; `path` is (6, 1) for «6.1»."""

    kind: str  # number, letter, ordinal, bullet
    style: str
    value: int | None = None
    path: tuple[int, ...] | None = None


def split(text: str, *, bare: bool = False) -> tuple[Marker | None, str]:
    """The marker at the line's beginning and the rest. `bare` also takes «1 المقابلة», a number without a sign."""
    text = plain_circles(text)
    if DATE.match(text):
        return None, text
    for pattern, make in PATTERNS:
        found = pattern.match(text)
        marker = make(found) if found else None
        if found and marker and (rest := text[found.end() :].strip(" |")):
            return inner(marker, rest) if marker.kind != "letter" or not split(rest)[0] else (None, text)
    if bare and (found := BARE_NUMBER.match(text)):
        return Marker("number", "number:bare", whole(found[1])), text[found.end() :].strip(" |")
    return None, text


def inner(marker: Marker, rest: str) -> tuple[Marker, str]:
    """A bullet before a number is the number's: «• 1- المقابلة»."""
    if marker.kind == "bullet":
        second, after = split(rest)
        if second and second.kind in ("number", "letter"):
            return second, after
    return marker, rest


def split_end(text: str) -> tuple[Marker | None, str]:
    """The number that a wrong direction threw to the line's end («المقابلة -1»)."""
    found = AT_END.search(text)
    if not found or not (found[1] or found[3]) or ("(" in found[1] and ")" in found[3]):
        return None, text
    return Marker("number", "number:end", whole(found[2])), text[: found.start()].strip()


def is_alone(text: str) -> bool:
    """Is the line a marker and nothing else? Its words stand on the next line."""
    return bool(ALONE.fullmatch(text.strip()))


@dataclass(frozen=True)
class Inner:
    """A number in the middle of a line: where it begins and ends, and its value."""

    start: int
    end: int
    value: int


def inside(text: str) -> list[Inner]:
    """The numbers within a line that may begin a clause; counts («(5) أيام») and dates are none."""
    found = []
    for match in INSIDE.finditer(text):
        counted = UNIT.match(text, match.end()) or DATE.match(text, match.start())
        quoted = (
            match["open"]
            and match["sign"]
            and match["sign"][0] in ")]"
            and re.search(r"رقم\s*$", text[: match.start()])
        )
        if not counted and not quoted and text[match.end() :].strip():
            found.append(Inner(match.start(), match.end(), whole(match["after"] or match["before"])))
    return found


def whole(digits: str) -> int:
    return int(fold_digits(digits))


def plain_circles(text: str) -> str:
    """«①» and «⑴» as «1-»; the signs are one character each."""
    head = text[:1]
    if head and unicodedata.category(head) == "No" and (value := unicodedata.digit(head, None)):
        return f"{value}- {text[1:].lstrip()}"
    return text


def ordinal_value(word: str) -> int | None:
    """3 for «ثالثًا» or «الثالث», 13 for «الثالث عشر»; None for any other word."""
    words = fold(word).split()
    if not words:
        return None
    first = words[0].removeprefix("ال")
    value = ORDINALS.get(first) or (ORDINALS.get(first.removesuffix("ا")) if first.endswith("ا") else None)
    if first in ("حادي", "حاديه") and len(words) > 1:
        value = 1
    if value and len(words) > 1 and words[1] in TEENS:
        return value + 10
    return value


def by_path(found: re.Match) -> Marker:
    path = tuple(whole(part) for part in re.split(r"\s?[.\-/–]\s?", found[1]))
    return Marker("number", "path", path[-1], path)


def by_number(found: re.Match) -> Marker:
    script = "latin" if found[1].isascii() else "arabic"
    return Marker("number", f"number:{script}:{found[2][0]}", whole(found[1]))


def by_flipped(found: re.Match) -> Marker:
    script = "latin" if found[2].isascii() else "arabic"
    return Marker("number", f"number:{script}:{found[1][0]}", whole(found[2]))


def by_letter(found: re.Match) -> Marker | None:
    letter = fold(found[1])[:1]
    value = ABJAD.get(letter) or ALPHABET.get(letter)
    return Marker("letter", "letter", value) if value else None


def by_ordinal(found: re.Match) -> Marker | None:
    value = ordinal_value(found[1])
    return Marker("ordinal", "ordinal", value) if value else None


def by_bullet(found: re.Match) -> Marker:
    return Marker("bullet", f"bullet:{found[1][0] if found[1] else found[2]}")


def by_roman(found: re.Match) -> Marker | None:
    value = ROMAN.index(found[1].upper()) + 1 if found[1].upper() in ROMAN else None
    return Marker("number", "number:roman", value) if value else None


def by_article(found: re.Match) -> Marker:
    return Marker("ordinal", "article", whole(found[1]))


PATTERNS = (
    (PATH, by_path),
    (NUMBER, by_number),
    (FLIPPED, by_flipped),
    (ARTICLE, by_article),
    (LETTER, by_letter),
    (ROMAN_NUMBER, by_roman),
    (ORDINAL, by_ordinal),
    (BULLETED, by_bullet),
)
