"""Whether two files may be one human, and why: what agrees, what speaks against it, and how sure that makes.

    compare(Known.of(person), Known.of(other))     # Likeness(level=Level.LIKELY, reasons=[…], against=[…]) or None

An equal ID decides; a name alone only whispers. Without a likeness of names nothing is proposed: brothers, twins,
father and son, husband and wife share a telephone, an account and an address, and are not one person. The figures of
each kind are in docs/duplicates.md; `benchmarks/duplicates.py` prints them anew.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from beneficiaries.duplicates import births
from beneficiaries.duplicates.births import Birth
from core import names
from core.names import Name, Part, Slot

WRONG_DIGITS = 2  # a wrong ID that its check digit lets through has two wrong digits at least


class Level(IntEnum):
    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3


class Reason(TextChoices):
    """Why two files are shown side by side, in whole phrases; the strongest first."""

    SAME_ID = "same_id", _("the ID number is the same")
    SAME_MOBILE = "same_mobile", _("the mobile is the same")
    SAME_BIRTH = "same_birth", _("born on the same day")
    SAME_IBAN = "same_iban", _("paid into the same account")
    ID_SLIP = "id_slip", _("two digits of the ID number differ")
    SAME_NAME = "same_name", _("the whole name is the same")
    NO_GRANDFATHER = "no_grandfather", _("the same name, and one has no grandfather")
    SPELLING = "spelling", _("the same name in another spelling")
    LETTER = "letter", _("one letter of the name differs")
    ORDER = "order", _("the same names in another order")
    SHORT_NAME = "short_name", _("the part of the name that is written is the same")
    ONE_PART = "one_part", _("one part of the name differs")
    BIRTH_DAYS = "birth_days", _("born a day or two apart")
    BIRTH_SWAPPED = "birth_swapped", _("day and month of the birth date are exchanged")
    BIRTH_YEAR = "birth_year", _("born in the same year, and one has the year alone")
    MOBILE_SLIP = "mobile_slip", _("one or two digits of the mobile differ")
    NATURALISED = "naturalised", _("one has a residence number, the other a national ID")
    SAME_MEMBER = "same_member", _("somebody of the household is in both files")
    SAME_HOME = "same_home", _("the national address is the same")


class Against(TextChoices):
    """What speaks against one human."""

    OTHER_ID = "other_id", _("the ID numbers are far apart")
    OTHER_BIRTH = "other_birth", _("the birth dates differ")
    OTHER_SEX = "other_sex", _("one is a man, the other a woman")
    OF_THE_HOUSEHOLD = "household", _("one is a member of the other's household")


class Agreement(StrEnum):
    """How well two names agree; where they do not, nothing else counts."""

    WHOLE = "whole"  # four parts, all the same, or other writings of the same
    SHORTER = "shorter"  # the same without the grandfather
    NEAR = "near"  # a letter off, in another order, or only a part of it is written
    LOOSE = "loose"  # one part differs: the grandfather or the family


@dataclass(frozen=True)
class Known:
    """What is compared of one person: of a file, or of a form that is being filled. Empty is not known."""

    name: Name
    sex: str = ""
    national_id: str = ""
    mobile: str = ""
    birth: date | None = None
    iban: str = ""
    home: str = ""
    household: frozenset[str] = field(default=frozenset())  # the look-up keys of its members' IDs
    own_key: str = ""  # the same of the person


@dataclass(frozen=True)
class Likeness:
    level: Level
    reasons: list[Reason]
    against: list[Against]


def compare(one: Known, other: Known) -> Likeness | None:
    """The likeness of two files, or None where nothing is proposed. Symmetric."""
    if one.national_id and one.national_id == other.national_id:
        return Likeness(Level.CERTAIN, [Reason.SAME_ID], [])
    named = agreement(one, other)
    if named is None:
        return None
    birth = births.compare(one.birth, other.birth)
    reasons = {*_of_the_name(one, other, named), *_of_the_rest(one, other, birth)}
    against = _against(one, other, birth)
    level = _level(named, reasons, against, birth, is_common=_common(one) or _common(other))
    if level is None:
        return None
    return Likeness(level, [reason for reason in Reason if reason in reasons], against)


# Names


def agreement(one: Known, other: Known) -> Agreement | None:
    found = names.compare(one.name, other.name)
    match found.likeness:
        case names.Likeness.SAME:
            return Agreement.WHOLE if one.name.grandfather else Agreement.SHORTER
        case names.Likeness.SHORTER:
            return Agreement.SHORTER
        case names.Likeness.SPELLING if not found.slots(Part.SLIP):
            return Agreement.SHORTER if found.slots(Part.MISSING) or not one.name.grandfather else Agreement.WHOLE
        case names.Likeness.SPELLING | names.Likeness.TRANSPOSED | names.Likeness.PARTIAL:
            return Agreement.NEAR
    return Agreement.LOOSE if _one_part_differs(found) else None


def _one_part_differs(found: names.Comparison) -> bool:
    """First and father agree, and one of grandfather and family does not, as when a tribe is written for a clan."""
    sure = (Part.SAME, Part.SPELLING)
    if found.parts[Slot.FIRST] not in sure or found.parts[Slot.FATHER] not in sure:
        return False
    differs = (Part.DIFFERS, Part.SLIP)
    rest = [found.parts[Slot.GRANDFATHER] in differs, found.parts[Slot.FAMILY] in differs]
    return rest.count(True) == 1


def _common(known: Known) -> bool:
    """Every part a well-known name: many people are called so."""
    return all(word in names.common() for word in known.name.words)


def _of_the_name(one: Known, other: Known, named: Agreement) -> list[Reason]:
    found = names.compare(one.name, other.name)
    if named == Agreement.LOOSE:
        return [Reason.ONE_PART]
    if found.likeness == names.Likeness.SPELLING:
        missing = [Reason.NO_GRANDFATHER] if found.slots(Part.MISSING) else []
        return [*missing, Reason.LETTER if found.slots(Part.SLIP) else Reason.SPELLING]
    return [
        {
            names.Likeness.SAME: Reason.SAME_NAME,
            names.Likeness.SHORTER: Reason.NO_GRANDFATHER,
            names.Likeness.TRANSPOSED: Reason.ORDER,
            names.Likeness.PARTIAL: Reason.SHORT_NAME,
        }[found.likeness]
    ]


# Everything else


def _of_the_rest(one: Known, other: Known, birth: Birth) -> list[Reason]:
    holds = {
        Reason.SAME_MOBILE: bool(one.mobile) and one.mobile == other.mobile,
        Reason.MOBILE_SLIP: one.mobile != other.mobile and slipped(one.mobile, other.mobile),
        Reason.SAME_BIRTH: birth == Birth.SAME,
        Reason.BIRTH_DAYS: birth == Birth.DAYS,
        Reason.BIRTH_SWAPPED: birth == Birth.SWAPPED,
        Reason.BIRTH_YEAR: birth == Birth.YEAR,
        Reason.SAME_IBAN: bool(one.iban) and one.iban == other.iban,
        Reason.ID_SLIP: slipped(one.national_id, other.national_id),
        Reason.NATURALISED: _of_two_kinds(one, other),
        Reason.SAME_MEMBER: bool(one.household & other.household),
        Reason.SAME_HOME: bool(one.home) and one.home == other.home,
    }
    return [reason for reason, so in holds.items() if so]


def _against(one: Known, other: Known, birth: Birth) -> list[Against]:
    both = one.national_id and other.national_id
    holds = {
        Against.OTHER_ID: bool(both)
        and not slipped(one.national_id, other.national_id)
        and not _of_two_kinds(one, other),
        Against.OTHER_BIRTH: birth == Birth.FAR,
        Against.OTHER_SEX: bool(one.sex and other.sex) and one.sex != other.sex,
        Against.OF_THE_HOUSEHOLD: one.own_key in other.household or other.own_key in one.household,
    }
    return [reason for reason, so in holds.items() if so]


def slipped(one: str, other: str) -> bool:
    """Two numbers of one length that differ in one or two digits: typed wrong, or two digits exchanged."""
    if not one or len(one) != len(other):
        return False
    return 1 <= sum(a != b for a, b in zip(one, other, strict=True)) <= WRONG_DIGITS


def _of_two_kinds(one: Known, other: Known) -> bool:
    """A residence number and a national ID: the one may have become the other."""
    return {one.national_id[:1], other.national_id[:1]} == {"1", "2"}


# How sure

_EXACT = {Reason.SAME_MOBILE, Reason.SAME_BIRTH, Reason.SAME_IBAN, Reason.ID_SLIP}
_NEAR_BIRTH = {Reason.BIRTH_DAYS, Reason.BIRTH_SWAPPED, Reason.BIRTH_YEAR}
_SUPPORT = _EXACT | _NEAR_BIRTH | {Reason.MOBILE_SLIP, Reason.SAME_MEMBER, Reason.SAME_HOME}


def _level(
    named: Agreement, reasons: set[Reason], against: list[Against], birth: Birth, *, is_common: bool
) -> Level | None:
    if not against and _likely(named, reasons, birth, is_common=is_common):
        return Level.LIKELY
    return Level.POSSIBLE if _possible(named, reasons, against, birth, is_common=is_common) else None


def _likely(named: Agreement, reasons: set[Reason], birth: Birth, *, is_common: bool) -> bool:
    """The name, and beside it what two people who share a home do not share: the mobile alone is a household's."""
    mobile, born = Reason.SAME_MOBILE in reasons, Reason.SAME_BIRTH in reasons
    born_near = born or bool(reasons & _NEAR_BIRTH)
    if named == Agreement.WHOLE:
        return born or (mobile and (born_near or birth == Birth.UNKNOWN)) or (_two_of(reasons) and born_near)
    if named == Agreement.SHORTER:
        return (born and not is_common) or (mobile and born_near) or (Reason.ID_SLIP in reasons and born_near)
    return named == Agreement.NEAR and mobile and born and Reason.LETTER not in reasons


def _two_of(reasons: set[Reason]) -> bool:
    return len(reasons & (_EXACT | {Reason.MOBILE_SLIP})) >= 1


def _possible(named: Agreement, reasons: set[Reason], against: list[Against], birth: Birth, *, is_common: bool) -> bool:
    """Something beside the name, more of it where something speaks against; or a name that few people have."""
    support = len(reasons & _SUPPORT)
    if named == Agreement.LOOSE:
        return not against and len(reasons & _EXACT) >= 2
    if named == Agreement.NEAR:
        return support > len(against)
    if support:
        return support >= len(against) if named == Agreement.WHOLE else support > len(against)
    if Against.OTHER_BIRTH in against or birth == Birth.UNKNOWN and named == Agreement.SHORTER:
        return not is_common and len(against) < 2
    return len(against) < 2
