"""What was typed or scanned into the counter's box, understood before anything is looked for."""

import re
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from core import arabic, identifiers, references
from requests.intake import scanned

LONGEST = 120
FILE_NUMBER = re.compile("[1-9][0-9]{3,7}")
_BETWEEN_DIGITS = re.compile(r"[\s().+‐–—−-]")
_MOBILE_BEGINS = re.compile("0[05]|5|966[0-9]{7}")


class Kind(StrEnum):
    ID = "id"
    MOBILE = "mobile"
    REFERENCE = "reference"
    LINK = "link"
    FILE = "file"
    NAME = "name"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Typed:
    """What was typed, understood: its kind and stored form; `sentence` says what to do where it is unclear."""

    kind: Kind
    value: str = ""
    sentence: str = ""


def read(text: str) -> Typed:
    """Decide by the digits: an ID, a mobile, a request or file number; anything with letters is a name."""
    if len(text) > LONGEST:
        return Typed(Kind.UNCLEAR, sentence=_("The text is too long. Shorten it."))
    text = scanned.bare(text)
    if keys := scanned.link_keys(text):
        return Typed(Kind.LINK, " ".join(keys))
    try:
        text = " ".join(arabic.refuse_hidden(text).split())
    except arabic.HiddenCharacterError as error:
        return Typed(Kind.UNCLEAR, sentence=str(error))
    return _read_digits(_BETWEEN_DIGITS.sub("", arabic.fold_digits(text))) or _read_name(text)


def _read_digits(text: str) -> Typed | None:
    """The number, or None for a text that is none. What a scanner set round a whole number is left out."""
    if re.fullmatch("[0-9]+", text):
        return _read_number(text)
    inside = scanned.number_inside(text)
    found = _read_number(inside) if inside else None
    return found if found and found.kind != Kind.UNCLEAR else None


def _read_number(digits: str) -> Typed:
    try:
        if len(digits) == 10 and digits[0] in "12":
            return Typed(Kind.ID, identifiers.national_id(digits))
        if len(digits) >= 9 and _MOBILE_BEGINS.match(digits):
            return Typed(Kind.MOBILE, identifiers.mobile(digits))
        if len(digits) == 9:
            return Typed(Kind.REFERENCE, references.parse_reference(digits))
    except (identifiers.IdentifierError, references.ReferenceError) as error:
        return Typed(Kind.UNCLEAR, sentence=str(error))
    return Typed(Kind.FILE, digits) if FILE_NUMBER.fullmatch(digits) else Typed(Kind.UNCLEAR, sentence=incomplete())


def incomplete() -> str:
    return _("Complete the number: an ID has 10 digits, a mobile 10 beginning with 05, a request number 9.")


def _read_name(text: str) -> Typed:
    if sum(character.isalpha() for character in arabic.name_key(text)) < 2:
        return Typed(Kind.UNCLEAR, sentence=_("Type an ID, a mobile, a request number, or two letters of a name."))
    return Typed(Kind.NAME, text)
