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
    LETTER = "letter", _("a letter or two of the name differ")
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
    NEAR = "near"  # a letter off past the first name, or only a part of it is written
    DOUBTFUL = "doubtful"  # a letter off in the first name, or another order: so are twins, and father and son
    LOOSE = "loose"  # two letters off, or one part differs that is not the first


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

    @property
    def is_likely(self) -> bool:
        return self.level >= Level.LIKELY

    @property
    def why(self) -> list[str]:
        return [str(reason.label) for reason in self.reasons]

    @property
    def why_not(self) -> list[str]:
        return [str(reason.label) for reason in self.against]


@dataclass(frozen=True)
class Evidence:
    """What was found of two files, before it is weighed."""

    named: Agreement
    reasons: frozenset[Reason]
    against: list[Against]
    is_common: bool

    def has(self, *any_of: Reason) -> bool:
        return not self.reasons.isdisjoint(any_of)


def compare(one: Known, other: Known) -> Likeness | None:
    """The likeness of two files, or None where nothing is proposed. Symmetric."""
    if one.national_id and one.national_id == other.national_id:
        return Likeness(Level.CERTAIN, [Reason.SAME_ID], [])
    found = names.compare(one.name, other.name)
    named = agreement(one.name, found)
    if named is None:
        return None
    birth = births.compare(one.birth, other.birth)
    reasons = {*_of_the_name(found, named), *_of_the_rest(one, other, birth)}
    evidence = Evidence(
        named, frozenset(reasons), _against(one, other, birth), _common(one.name) or _common(other.name)
    )
    level = level_of(evidence)
    if level is None:
        return None
    return Likeness(level, [reason for reason in Reason if reason in reasons], evidence.against)


# Names


def agreement(one: Name, found: names.Comparison) -> Agreement | None:
    """What the comparison of `one` with another name amounts to; None where two people are meant."""
    slips = found.slots(Part.SLIP)
    match found.likeness:
        case names.Likeness.SAME | names.Likeness.SHORTER:
            return Agreement.WHOLE if _four_parts(one, found) else Agreement.SHORTER
        case names.Likeness.SPELLING if not slips:
            return Agreement.WHOLE if _four_parts(one, found) else Agreement.SHORTER
        case names.Likeness.SPELLING | names.Likeness.PARTIAL:
            return Agreement.DOUBTFUL if Slot.FIRST in slips else Agreement.NEAR
        case names.Likeness.TRANSPOSED:
            return Agreement.DOUBTFUL
    return Agreement.LOOSE if _agrees_loosely(found) else None


def _four_parts(one: Name, found: names.Comparison) -> bool:
    return bool(one.grandfather) and not found.slots(Part.MISSING)


def _agrees_loosely(found: names.Comparison) -> bool:
    """Two letters off, or one part is another, as when a tribe is written for a clan; never the first name."""
    differs, slips = found.slots(Part.DIFFERS), found.slots(Part.SLIP)
    return Slot.FIRST not in differs and (len(differs), len(slips)) in ((0, 2), (1, 0))


def _common(name: Name) -> bool:
    """Every part a well-known name: many people are called so."""
    return all(word in names.common() for word in name.words)


def _of_the_name(found: names.Comparison, named: Agreement) -> list[Reason]:
    if named == Agreement.LOOSE:
        return [Reason.ONE_PART if found.slots(Part.DIFFERS) else Reason.LETTER]
    if found.likeness == names.Likeness.SPELLING:
        missing = [Reason.NO_GRANDFATHER] if found.slots(Part.MISSING) else []
        return [*missing, Reason.LETTER if found.slots(Part.SLIP) else Reason.SPELLING]
    return [_OF_A_LIKENESS[found.likeness]]


_OF_A_LIKENESS = {
    names.Likeness.SAME: Reason.SAME_NAME,
    names.Likeness.SHORTER: Reason.NO_GRANDFATHER,
    names.Likeness.TRANSPOSED: Reason.ORDER,
    names.Likeness.PARTIAL: Reason.SHORT_NAME,
}


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

_BORN_NEAR = {Reason.SAME_BIRTH, Reason.BIRTH_DAYS, Reason.BIRTH_SWAPPED, Reason.BIRTH_YEAR}
_STRONG = {Reason.SAME_MOBILE, Reason.SAME_BIRTH, Reason.SAME_IBAN, Reason.ID_SLIP}
_BESIDE = {Reason.SAME_IBAN, Reason.ID_SLIP, Reason.MOBILE_SLIP}
_SUPPORT = _BORN_NEAR | _STRONG | {Reason.MOBILE_SLIP, Reason.SAME_MEMBER, Reason.SAME_HOME}


def level_of(evidence: Evidence) -> Level | None:
    if not evidence.against and _likely(evidence):
        return Level.LIKELY
    return Level.POSSIBLE if _possible(evidence) else None


def _likely(evidence: Evidence) -> bool:
    """The name, and beside it what two who share a home do not share: a mobile alone is a household's."""
    mobile, born = evidence.has(Reason.SAME_MOBILE), evidence.has(Reason.SAME_BIRTH)
    born_near, beside = evidence.has(*_BORN_NEAR), evidence.has(*_BESIDE)
    match evidence.named:
        case Agreement.WHOLE:
            return born or mobile or (born_near and beside)
        case Agreement.SHORTER:
            return (born_near and (mobile or beside)) or (born and not evidence.is_common)
        case Agreement.NEAR:
            return (born_near and mobile) or (born and beside)
        case Agreement.DOUBTFUL if evidence.has(Reason.ORDER):
            return born and mobile
    return False


def _possible(evidence: Evidence) -> bool:
    """Something beside the name, and more of it where something speaks against; or a name that few people have."""
    support, against = len(evidence.reasons & _SUPPORT), len(evidence.against)
    if evidence.named == Agreement.LOOSE:
        return not against and len(evidence.reasons & _STRONG) >= 2
    if evidence.named in (Agreement.NEAR, Agreement.DOUBTFUL):
        return support > against
    if support:
        return support >= against if evidence.named == Agreement.WHOLE else support > against
    few_are_called_so = not evidence.is_common or (evidence.named == Agreement.WHOLE and not against)
    return few_are_called_so and against < 2
