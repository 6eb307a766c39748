"""The national address, read and checked. The short code is four letters and the building number (SPL,
«العنوان المختصر»): one of the two tells whether the other was copied right."""

import re
from typing import Protocol

from django.utils.translation import gettext as _

from core.arabic import HiddenCharacterError, fold_digits, name_key, refuse_hidden

LONGEST = 40
_SORT = re.compile(r"^((شارع|طريق|ش|حي|مدينه|محافظه)( |$))+")
_ARTICLE = re.compile("^ال(?=..)")


class AddressError(ValueError):
    """The text is no such part of an address; the message is the sentence to show."""


def short_code(text: str) -> str:
    """«rrrd 2929» → «RRRD2929». AddressError for Arabic letters, and for what has another shape."""
    if len(text) > LONGEST:
        raise AddressError(_("This is too long. Type the short address alone, for example RRRD2929."))
    try:
        typed = fold_digits(refuse_hidden(text.strip()))
    except HiddenCharacterError as error:
        raise AddressError(str(error)) from None
    compact = re.sub(r"[\s‐–—_−-]", "", typed).upper()
    if any(character.isalpha() and not character.isascii() for character in compact):
        raise AddressError(
            _("The letters of the short address are English. Switch the keyboard and type them, for example RRRD2929.")
        )
    if not re.fullmatch("[A-Z]{4}[0-9]{4}", compact):
        raise AddressError(_("A short address is four English letters and four digits, for example RRRD2929."))
    return compact


def digits(text: str, length: int) -> str:
    """Exactly `length` digits. AddressError otherwise."""
    typed = fold_digits(text.strip()) if len(text) <= LONGEST else ""
    if not re.fullmatch(f"[0-9]{{{length}}}", typed):
        raise AddressError(
            _("This number has %(length)s digits. Count them and type all of them.") % {"length": length}
        )
    return typed


def building_of(code: str) -> str:
    """The building number, which the short code ends in."""
    return code[-4:]


def numbers_differ(code: str, building_number: str) -> str | None:
    """Why the two do not belong together: the digits of the code are the building number."""
    if not code or not building_number or building_of(code) == building_number:
        return None
    return _(
        "The short address ends in %(code)s and the building number is %(building)s; they are one number. "
        "Compare both with the national address."
    ) % {"code": building_of(code), "building": building_number}


class Address(Protocol):
    """What two addresses are compared by; what is not known is empty."""

    short_code: str
    building_number: str
    street: str
    district: str
    city: str


def place_key(text: str) -> str:
    """A street, district or city as it is compared: folded, without «شارع» or «حي» before it and without the article.
    Empty where nothing but such a word was written."""
    return _ARTICLE.sub("", _SORT.sub("", name_key(text)))


def same_address(one: Address, other: Address) -> bool:
    """Whether both live in one place: by the short address where both have one, for it names the building; else in
    the same street of the same district and city, and in the same building where both say which."""
    if one.short_code and other.short_code:
        return one.short_code == other.short_code
    for part in ("city", "district", "street"):
        mine, theirs = place_key(getattr(one, part)), place_key(getattr(other, part))
        if not mine or mine != theirs:
            return False
    numbers = {number for address in (one, other) if (number := building_said(address))}
    return len(numbers) < 2


def building_said(address: Address) -> str:
    """The building number, by itself or from the short address, which ends in it."""
    return address.building_number or building_of(address.short_code)
