"""National IDs, mobiles and IBANs: read, checked, masked, and hashed for look-up.

Each reader returns the one stored form or raises IdentifierError with a sentence that says what to do.
"""

import hashlib
import hmac
import re
import unicodedata
from typing import Literal

import phonenumbers
from django.conf import settings
from django.utils.translation import gettext as _
from stdnum import iban as iban_check
from stdnum import luhn

from core.arabic import HiddenCharacterError, fold_digits, refuse_hidden

LONGEST = 60  # an IBAN with spaces and hyphens fits; anything longer is not an identifier
_SHOWN = "•"


class IdentifierError(ValueError):
    """The text is not such an identifier; the message is the sentence to show, `code` names the cause."""

    def __init__(self, message: str, code: str):
        super().__init__(message)
        self.code = code


def national_id(text: str) -> str:
    """Ten digits: a citizen's national ID (1…) or a resident's (2…), the last one a Luhn check digit.

    IdentifierError codes: hidden, characters, length, start, checksum.
    """
    digits = _compact(text)
    if not re.fullmatch("[0-9]+", digits):
        raise IdentifierError(_("Type the ID number in digits only."), "characters")
    if len(digits) != 10:
        raise IdentifierError(_("An ID number has 10 digits. Count them and type all of them."), "length")
    if digits[0] not in "12":
        raise IdentifierError(
            _("A national ID begins with 1 and a residence number with 2. Check the first digit."), "start"
        )
    if not luhn.is_valid(digits):
        raise IdentifierError(
            _("A digit of the ID number is wrong. Compare it with the card and type it again."),
            "checksum",
        )
    return digits


def id_kind(text: str) -> Literal["citizen", "resident"]:
    """Whose number it is, by its first digit. IdentifierError as `national_id`."""
    return "citizen" if national_id(text)[0] == "1" else "resident"


def mobile(text: str) -> str:
    """A Saudi mobile in E.164 (+9665xxxxxxxx), typed with 05…, 5…, 966…, 00966… or +966….

    IdentifierError codes: hidden, characters, length, foreign, landline.
    """
    typed = re.sub("[().]", "", _compact(text))
    if not re.fullmatch(r"\+?[0-9]+", typed):
        raise IdentifierError(_("Type the mobile in digits only, for example 0550000067."), "characters")
    try:
        number = phonenumbers.parse(typed, "SA")
    except phonenumbers.NumberParseException:
        raise _not_a_mobile() from None
    if number.country_code != 966:
        raise IdentifierError(_("This is not a Saudi number. Type a mobile that begins with 05."), "foreign")
    if not phonenumbers.is_valid_number(number):
        raise _not_a_mobile()
    if phonenumbers.number_type(number) != phonenumbers.PhoneNumberType.MOBILE:
        raise IdentifierError(
            _("This number cannot receive text messages. Type a mobile that begins with 05."), "landline"
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def iban(text: str) -> str:
    """A Saudi IBAN without spaces: SA and 22 characters, ISO 13616 check digits.

    IdentifierError codes: hidden, characters, country, length, checksum.
    """
    typed = _compact(text)
    if not re.fullmatch("[A-Za-z0-9]+", typed):
        raise IdentifierError(_("Type the IBAN in Latin letters and digits only."), "characters")
    compact = typed.upper()
    if not compact.startswith("SA"):
        raise IdentifierError(_("A Saudi IBAN begins with SA. Type it from its beginning."), "country")
    if len(compact) != 24:
        raise IdentifierError(
            _("A Saudi IBAN is SA and 22 digits after it. Count them and type all of them."), "length"
        )
    if not iban_check.is_valid(compact):
        raise IdentifierError(
            _("A digit of the IBAN is wrong. Copy it again from the bank's paper or application."),
            "checksum",
        )
    return compact


def lookup_hash(value: str) -> str:
    """HMAC-SHA256 (hex) of a stored form under LOOKUP_KEY: equality over an encrypted column, no more."""
    return hmac.new(settings.LOOKUP_KEY.encode(), value.encode(), hashlib.sha256).hexdigest()


def mask_id(value: str) -> str:
    """«1••••••439»: the kind and the last three digits."""
    return _masked(value, head=1, tail=3)


def mask_mobile(value: str) -> str:
    """«05••••••67» from +9665xxxxxx67. Two digits only: the last four open the public status page."""
    return _masked(re.sub(r"^\+966", "0", value), head=2, tail=2)


def mask_iban(value: str) -> str:
    """«SA••••••••••••••••••7519»: the country and the last four characters."""
    return _masked(value, head=2, tail=4)


def _masked(value: str, *, head: int, tail: int) -> str:
    hidden = len(value) - head - tail
    if hidden < head + tail:
        return _SHOWN * len(value)
    return value[:head] + _SHOWN * hidden + value[-tail:]


def _compact(text: str) -> str:
    """The text in 0-9 and plain letters, without spaces and hyphens. The length comes first: it is cheap."""
    if len(text) > LONGEST:
        raise IdentifierError(_("This is too long. Type the number alone."), "length")
    try:
        refuse_hidden(text.strip())
    except HiddenCharacterError as error:
        raise IdentifierError(str(error), error.code) from None
    return re.sub(r"[\s‐–—−-]", "", fold_digits(_plain_width(text)))


def _plain_width(text: str) -> str:
    """Full-width letters and signs made ordinary; ½ or ② are left as they are, to be refused."""
    return "".join(unicodedata.normalize("NFKC", c) if unicodedata.east_asian_width(c) == "F" else c for c in text)


def _not_a_mobile() -> IdentifierError:
    return IdentifierError(
        _("A Saudi mobile has 10 digits and begins with 05. Check the number and type all of it."), "length"
    )
