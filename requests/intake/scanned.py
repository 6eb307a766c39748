"""What scanners do to a text: they are keyboards, with marks of their own round it and no idea of the layout."""

import re
from itertools import product

from core import arabic

_CONTROLS = "".join(map(chr, (*range(0x21), 0x7F, 0xFEFF)))
_SYMBOLOGY = re.compile(r"^\][A-Za-z][0-9A-Za-z]")  # which kind of code it was (ISO/IEC 15424)
_WRAPPED = re.compile("[!-/:-~]{0,6}([0-9]{9,14})[!-/:-~]{0,4}")
_LINK = re.compile(r"/t/([A-Za-z0-9_-]{22})/?$")
# The keys of the Arabic (101) layout, plain and with shift: a scanner that presses them «types» a link in Arabic.
_PLAIN = dict(zip("ضصثقفغعهخحشسيبلاتنمئءؤرىة", "qwertyuiopasdfghjklzxcvnm", strict=True))
_SHIFTED = {
    "\u064e": "Q",
    "\u064b": "W",
    "\u064f": "E",
    "\u064c": "R",
    "إ": "Y",
    "‘": "U",
    "÷": "I",
    "×": "O",
    "؛": "P",
}
_SHIFTED |= {"\u0650": "A", "\u064d": "S", "]": "D", "[": "F", "أ": "H", "ـ": "J", "،": "K", "/": "L", "~": "Z"}
_SHIFTED |= {"\u0652": "X", "}": "C", "{": "V", "آ": "N", "’": "M"}
# Keys that give two letters; pressed one by one, other keys give the same.
_PAIRS = {"لا": ("b", "gh"), "لآ": ("B", "gN"), "لأ": ("G", "gH"), "لإ": ("T", "gY")}
_KEYS = _PLAIN | _SHIFTED
_ARABIC_LINK = re.compile("ظفظ([^ظ]{22,44})ظ?$")
_MOST_WAYS = 64


def bare(text: str) -> str:
    """Without the control characters and the symbology mark that scanners put before and after."""
    return _SYMBOLOGY.sub("", text.strip(_CONTROLS)).strip()


def number_inside(text: str) -> str:
    """The one long number between a scanner's own marks («*1000000016*», «ID:1000000016»), or nothing."""
    found = _WRAPPED.fullmatch(text)
    return found[1] if found else ""


def link_keys(text: str) -> list[str]:
    """The keys of a request's own link, as its receipt's code holds it; several where the layout leaves a doubt."""
    if found := _LINK.search(text):
        return [found[1]]
    if found := _ARABIC_LINK.search(text):
        return [key for key in _pressed(arabic.fold_digits(found[1])) if re.fullmatch("[A-Za-z0-9_-]{22}", key)]
    return []


def _pressed(text: str) -> list[str]:
    """The keys that were pressed for this text under the Arabic layout, in every way it can have been."""
    pieces = re.findall("ل[اآأإ]|.", text, re.DOTALL)
    ways = [_PAIRS.get(piece) or (_KEYS.get(piece, piece),) for piece in pieces]
    count = 1
    for way in ways:
        count *= len(way)
    return ["".join(way) for way in product(*ways)] if count <= _MOST_WAYS else []
