"""The request's reference: what a person is given to ask about their request.

Nine digits, because the public types on an Arabic keyboard: eight random ones and a Luhn check digit. The
first is none of 0, 1 and 5: nobody is to take a reference for a mobile (05…, 5…) or an ID (1…, ten digits).
"""

import re
import secrets

from django.utils.translation import gettext as _
from stdnum import luhn

from core.arabic import HiddenCharacterError, fold_digits, refuse_hidden

NO_BREAK_SPACE = "\u00a0"
FIRST_DIGITS = "2346789"
LONGEST = 40


class ReferenceError(ValueError):
    """The text is not a reference; the message is the sentence to show, `code` names the cause."""

    def __init__(self, message: str, code: str):
        super().__init__(message)
        self.code = code


def new_reference() -> str:
    """Nine digits, random. The database holds their uniqueness: on a clash, ask again."""
    body = secrets.choice(FIRST_DIGITS) + f"{secrets.randbelow(10**7):07d}"
    return body + luhn.calc_check_digit(body)


def parse_reference(text: str) -> str:
    """Nine digits from what a person typed, in any script, with spaces or hyphens.

    ReferenceError codes: hidden, characters, length, checksum. It says nothing of whether the request exists.
    """
    if len(text) > LONGEST:
        raise _wrong_length()
    try:
        refuse_hidden(text.strip())
    except HiddenCharacterError as error:
        raise ReferenceError(str(error), error.code) from None
    digits = re.sub(r"[\s‐–—−-]", "", fold_digits(text))
    if not re.fullmatch("[0-9]+", digits):
        raise ReferenceError(_("The request number is digits only. Type it as on the receipt."), "characters")
    if len(digits) != 9:
        raise _wrong_length()
    if digits[0] not in FIRST_DIGITS or not luhn.is_valid(digits):
        raise ReferenceError(
            _("A digit of the request number is wrong. Compare it with the receipt and type it again."),
            "checksum",
        )
    return digits


def format_reference(reference: str) -> str:
    """«482 915 736»: in threes, to be read aloud. No-break spaces keep the threes in order inside Arabic text."""
    return NO_BREAK_SPACE.join(re.findall(".{1,3}", reference))


def _wrong_length() -> ReferenceError:
    return ReferenceError(_("The request number has 9 digits. Count them and type all of them."), "length")
