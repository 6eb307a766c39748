"""Two birth dates compared: the slips of a counter (calendar, day and month, the year alone) are not other dates."""

from datetime import date, timedelta
from enum import StrEnum

from core import hijri

CALENDAR_SLIP = timedelta(days=2)  # old tables of the Hijri calendar differ from Umm al-Qura by a day or two
_FIRST_DAYS = ((1, 1), (7, 1))  # (month, day) that stand where only the year was known


class Birth(StrEnum):
    SAME = "same"
    DAYS = "days"  # a day or two apart
    SWAPPED = "swapped"  # day and month exchanged, in one of the two calendars
    YEAR = "year"  # the same year, and one of them knows the year alone
    FAR = "far"
    UNKNOWN = "unknown"  # one of them is missing


def compare(one: date | None, other: date | None) -> Birth:
    if one is None or other is None:
        return Birth.UNKNOWN
    if _year_alone(one) or _year_alone(other):
        return Birth.YEAR if _one_year(one, other) else Birth.FAR
    if one == other:
        return Birth.SAME
    if abs(one - other) <= CALENDAR_SLIP:
        return Birth.DAYS
    return Birth.SWAPPED if other in exchanged(one) else Birth.FAR


def near(birth: date) -> list[date]:
    """The dates to look for in an index: the same, a day or two off, day and month exchanged."""
    days = range(-CALENDAR_SLIP.days, CALENDAR_SLIP.days + 1)
    return list(dict.fromkeys([birth + timedelta(days=off) for off in days] + exchanged(birth)))


def of_the_year(birth: date) -> list[date]:
    """The dates that stand for the year alone: thousands of people may have one of them."""
    found = [date(birth.year, month, day) for month, day in _FIRST_DAYS]
    if year := _hijri(birth)[0]:
        found += [hijri.to_gregorian(year, month, day) for month, day in _FIRST_DAYS]
    return found


def exchanged(birth: date) -> list[date]:
    """The date with day and month exchanged, as it would be in either calendar where there is such a date."""
    found = []
    if birth.day <= 12 and birth.day != birth.month:
        found.append(date(birth.year, birth.day, birth.month))
    year, month, day = _hijri(birth)
    if year and day <= 12 and day != month:
        found.append(hijri.to_gregorian(year, day, month))
    return found


def _year_alone(day: date) -> bool:
    return (day.month, day.day) in _FIRST_DAYS or _hijri(day)[1:] in _FIRST_DAYS


def _one_year(one: date, other: date) -> bool:
    years = _hijri(one)[0], _hijri(other)[0]
    return one.year == other.year or (years[0] == years[1] != 0)


def _hijri(day: date) -> tuple[int, int, int]:
    """(0, 0, 0) outside the tables."""
    try:
        return hijri.to_hijri(day)
    except hijri.DateError:
        return 0, 0, 0
