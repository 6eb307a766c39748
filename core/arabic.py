"""Arabic text made comparable: digits, letters and names. Folded text is for comparing, never for showing."""

import re
import unicodedata

from django.utils.translation import gettext as _

_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")
# Letters that Unicode does not decompose to the plain letter itself. Persian and Urdu keyboards type
# some of them for Arabic names; the hamza alone, the tatweel and the high hamza carry no difference.
_LETTERS = str.maketrans(
    dict.fromkeys("ٱٲٳ", "ا")
    | dict.fromkeys("ىیېےۍ", "ي")
    | dict.fromkeys("ةہھەۃ", "ه")
    | dict.fromkeys("کڪگ", "ك")
    | {"پ": "ب", "چ": "ج", "ژ": "ز", "ڤ": "ف", "ڨ": "ق", "ں": "ن"}
    | dict.fromkeys("ءـٴ", None)
)
# Marks that draw nothing and yet are letters, symbols or combining marks in Unicode's table.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_UNSEEN_CATEGORIES = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
_VARIATION = re.compile("[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")

_LINEAGE = frozenset(("بن", "ابن", "بنت", "ابنه"))
_OPENING = re.compile("(?:ابو|ابا|ابي|ام|ذو|ذي|بو|با)?(?:عبد(?:ال|رب)?)?")
_CLOSING = frozenset(("الدين", "الله", "الاسلام", "الرحمن", "الحق"))
# One name in two spellings, with and without the small alef or the doubled waw. Only pairs that are
# certainly one name stand here: عمر and عمرو must stay two.
_SPELLINGS = (
    (re.compile(r"الرحمان\b"), "الرحمن"),
    (re.compile(r"\bاسحق\b"), "اسحاق"),
    (re.compile(r"\bاسمعيل\b"), "اسماعيل"),
    (re.compile(r"\bهرون\b"), "هارون"),
    (re.compile(r"\bداوود\b"), "داود"),
    (re.compile(r"الرووف\b"), "الروف"),
)


class HiddenCharacterError(ValueError):
    """The text holds a character nobody can see; the message is the sentence to show."""

    code = "hidden"


def fold_digits(text: str) -> str:
    """The text with the decimal digits of every script written 0-9; the rest is untouched."""
    return _FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


def fold(text: str) -> str:
    """The text as it is compared: two writings of one word give one result; folding twice changes nothing.

    Compatibility forms (NFKC), vowel marks, small alef, tatweel and invisible marks go; أإآٱ→ا, ؤ→و, ئى→ي,
    ة→ه, ء goes; Persian letters become the Arabic ones; digits 0-9; Latin in lower case; single spaces.
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    composed = unicodedata.normalize("NFC", kept.translate(_LETTERS))
    return " ".join(fold_digits(composed).split())


def name_key(text: str) -> str:
    """The key under which two writings of one person's name meet; words with one space between, not padded.

    «بن، بنت» go. «عبد», «أبو», «أم», «ذو», «با» join the next word; «الدين», «الله» join the one before.
    «آل» stays a word of its own, so that «آل محمد» is not «المحمد»; the article is never dropped.
    The key proposes that two rows may be one person; it never decides.
    """
    words = _name_words(text)
    joined: list[str] = []
    for word in [word for word in words if word not in _LINEAGE] or words:
        if joined and (word in _CLOSING or _OPENING.fullmatch(joined[-1])):
            joined[-1] += word
        else:
            joined.append(word)
    return " ".join(joined)


def is_lineage(word: str) -> bool:
    """«بن» and the like: said between two names, part of neither."""
    return fold(word) in _LINEAGE


def joins_next(word: str) -> bool:
    """«عبد», «أبو» and the like: the next word belongs to it."""
    return bool(_OPENING.fullmatch(fold(word)))


def joins_before(word: str) -> bool:
    """«الدين» and the like: it belongs to the word before."""
    return fold(word) in _CLOSING


def padded_key(text: str) -> str:
    """`name_key` with a space on both sides: in such a column `LIKE '% xx%'` finds any word's beginning."""
    return f" {name_key(text)} "


def _name_words(text: str) -> list[str]:
    folded = re.sub("['’‘ʼʿʾ`]", "", fold(text))
    folded = re.sub(r"[\W_]+", " ", folded)
    for spelling, usual in _SPELLINGS:
        folded = spelling.sub(usual, folded)
    return folded.split()


def is_hidden(character: str) -> bool:
    """True for a character that draws nothing: control, direction override, zero width, filler, variation."""
    return (
        unicodedata.category(character) in _UNSEEN_CATEGORIES
        or character in _BLANK
        or bool(_VARIATION.match(character))
    )


def refuse_hidden(text: str) -> str:
    """The text itself, or HiddenCharacterError when it holds a hidden character.

    For names, identifiers and file names: two that look alike and are not begin with such characters.
    """
    plain = text.isascii() and text.isprintable()
    if not plain and any(map(is_hidden, text)):
        raise HiddenCharacterError(
            _("The text holds hidden characters. Clear the field and type it instead of pasting.")
        )
    return text
