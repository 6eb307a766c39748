"""Dates in both calendars. Hijri is Umm al-Qura, 1343-1500, from the published tables (`hijridate`).

The tables agree with other software only for 1420-1450. A typed date is therefore kept as typed, with its
calendar and the computed other; after 1450 the Gregorian date is the truth.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from hijridate import Gregorian, Hijri

from core.arabic import HiddenCharacterError, fold, refuse_hidden

Calendar = Literal["hijri", "gregorian"]

HIJRI_YEARS = range(1343, 1501)
GREGORIAN_YEARS = range(1900, 2101)
LONGEST = 120  # two dates with their weekday fit; a pasted page does not

HIJRI_MONTHS = (
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
)
GREGORIAN_MONTHS = (
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
)
WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")

# Other names people write for a month, by its number.
_OTHER_HIJRI = {
    1: "المحرم/محرم الحرام",
    2: "صفر الخير",
    3: "ربيع اول",
    4: "ربيع الثاني/ربيع ثاني/ربيع ثان/ربيع آخر",
    5: "جمادى الأول/جمادى أولى/جماد الأول/جماد أول/جماد الأولى",
    6: "جمادى الثانية/جمادى الثاني/جمادى الآخر/جمادى ثانية/جماد الثاني/جماد ثاني/جماد الآخر/جماد الآخرة",
    8: "شعبان المعظم",
    9: "رمضان المبارك",
    10: "شوال المكرم",
    11: "ذي القعدة/ذا القعدة/ذوالقعدة/ذيالقعدة/ذو قعدة/ذي قعدة",
    12: "ذي الحجة/ذا الحجة/ذوالحجة/ذيالحجة/ذو حجة/ذي حجة",
}
_OTHER_GREGORIAN = {
    1: "كانون الثاني",
    2: "شباط",
    3: "آذار",
    4: "إبريل/نيسان",
    5: "أيار",
    6: "يونيه/حزيران",
    7: "يوليه/تموز",
    8: "آب",
    9: "أيلول",
    10: "تشرين الأول",
    11: "تشرين الثاني",
    12: "كانون الأول",
}
_MARKS: dict[str, Calendar] = {
    "ه": "hijri",
    "هجري": "hijri",
    "هجريه": "hijri",
    "h": "hijri",
    "ah": "hijri",
    "م": "gregorian",
    "ميلادي": "gregorian",
    "ميلاديه": "gregorian",
    "ad": "gregorian",
    "ce": "gregorian",
}
_SILENT = frozenset(fold(word) for word in (*WEEKDAYS, "يوم", "شهر", "عام", "سنة", "ل"))
_SEPARATORS = r"/\\.,،٫؍\-‐–—−"
_PARTS = re.compile(r"([0-9]+)|([^\W\d_]+)")
_READABLE = re.compile(rf"(?!.*[{_SEPARATORS}]\s*[{_SEPARATORS}])(?:[{_SEPARATORS}\s0-9]|[^\W\d_])+")
_PASTED_MARKS = str.maketrans("", "", "\u200e\u200f\u061c")


RAMADAN = 9


class DateError(ValueError):
    """The date cannot be read or does not exist. The message is the sentence to show; `code` is the cause."""

    def __init__(self, message: str, code: str = "unreadable"):
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class TypedDate:
    """A date as a person gave it: both calendars, which of the two was typed, and the typing itself.

    `hijri` is (year, month, day), or None when the Gregorian date lies outside the Umm al-Qura tables.
    """

    gregorian: date
    hijri: tuple[int, int, int] | None
    calendar: Calendar
    typed: str


def to_hijri(day: date) -> tuple[int, int, int]:
    """(year, month, day) in Umm al-Qura. DateError outside 1343-1500 AH (1924-08-01 to 2077-11-16)."""
    try:
        return Gregorian(day.year, day.month, day.day).to_hijri().datetuple()
    except OverflowError:
        raise _out_of_range() from None


def to_gregorian(year: int, month: int, day: int) -> date:
    """The Gregorian date of an Umm al-Qura date. DateError outside the tables or for no such day."""
    if year not in HIJRI_YEARS:
        raise _out_of_range()
    _check_month(month)
    _check_day(day, Hijri(year, month, 1).month_length(), HIJRI_MONTHS[month - 1], year)
    converted = Hijri(year, month, day).to_gregorian()
    return date(converted.year, converted.month, converted.day)


def add_months(day: date, months: int) -> date:
    """The same Hijri day so many months on (or back, when negative), or the last day of a month that has no such day.

    Months here are Hijri, as in the Civil Transactions Law: 12 are a Hijri year of 354 or 355 days. Outside the
    Umm al-Qura tables they are Gregorian.
    """
    try:
        year, month, number = to_hijri(day)
        year, month = _months_on(year, month, months)
        return to_gregorian(year, month, min(number, Hijri(year, month, 1).month_length()))
    except (DateError, OverflowError):
        year, month = _months_on(day.year, day.month, months)
        return date(year, month, min(day.day, monthrange(year, month)[1]))


def _months_on(year: int, month: int, months: int) -> tuple[int, int]:
    years, index = divmod(month - 1 + months, 12)
    return year + years, index + 1


def from_gregorian(day: date) -> TypedDate:
    """A date that came from a column or the clock, as if typed in Gregorian (24/8/2023)."""
    return TypedDate(day, _hijri_or_none(day), "gregorian", f"{day.day}/{day.month}/{day.year}")


def in_ramadan(day: date) -> bool:
    """Whether the day lies in Ramadan; outside the tables nobody knows, and it does not."""
    found = _hijri_or_none(day)
    return found is not None and found[1] == RAMADAN


def format_hijri(day: date) -> str:
    """«8 صفر 1445هـ». DateError outside the tables."""
    year, month, number = to_hijri(day)
    return f"{number} {HIJRI_MONTHS[month - 1]} {year}هـ"


def format_gregorian(day: date) -> str:
    """«24 أغسطس 2023م»."""
    return f"{day.day} {GREGORIAN_MONTHS[day.month - 1]} {day.year}م"


def format_dual(day: date, weekday: bool = False) -> str:
    """«8 صفر 1445هـ الموافق 24 أغسطس 2023م», weekday first if asked; outside the tables Gregorian alone."""
    text = format_gregorian(day)
    if _hijri_or_none(day):
        text = f"{format_hijri(day)} الموافق {text}"
    return f"{WEEKDAYS[day.weekday()]} {text}" if weekday else text


def parse(text: str) -> TypedDate:
    """The date a person typed: either calendar, day or year first, any digits, month by name or number.

    The calendar comes from the mark (هـ، م), the month's name or the year: 1343-1500 is Hijri, 1900-2100
    Gregorian; where they disagree nothing is guessed. «… الموافق …» is read when both halves are one day.
    DateError otherwise, with the sentence that says what to do.
    """
    halves = [half for half in _folded(text).split(fold("الموافق")) if half.strip()]
    if not 1 <= len(halves) <= 2:
        raise _unreadable()
    first, last = _read(halves[0]), _read(halves[-1])
    if first.gregorian != last.gregorian:
        raise DateError(_("The two dates are not the same day. Correct one, or type one only."), "dual")
    return replace(first, typed=text.strip())


def _folded(text: str) -> str:
    if len(text) > LONGEST:
        raise _unreadable()
    # Applications paste a direction mark beside a date; it is harmless there. Overrides are not.
    text = text.translate(_PASTED_MARKS).strip()
    if not text:
        raise DateError(_("Type the date."), "required")
    try:
        return fold(refuse_hidden(text))
    except HiddenCharacterError as error:
        raise DateError(str(error), error.code) from None


def _read(text: str) -> TypedDate:
    text = text.strip(" .،,")
    if not _READABLE.fullmatch(text) or re.match(rf"[{_SEPARATORS}]", text):
        raise _unreadable()
    numbers = [number for number, _word in _PARTS.findall(text) if number]
    words = [word for _number, word in _PARTS.findall(text) if word and word not in _SILENT]
    said = {_MARKS[word] for word in words if word in _MARKS}
    name = " ".join(word for word in words if word not in _MARKS)
    if name:
        if name not in MONTH_NAMES or len(numbers) != 2:
            raise _unreadable()
        calendar, month = MONTH_NAMES[name]
        said.add(calendar)
        numbers.insert(1, str(month))
    year, month, day = _in_order(numbers)
    return _build(_calendar(said, year), year, month, day)


def _in_order(numbers: list[str]) -> tuple[int, int, int]:
    """(year, month, day) of three numbers, the year being the only one of four digits, first or last."""
    match [len(number) for number in numbers]:
        case [4, 1 | 2, 1 | 2]:
            year, month, day = numbers
        case [1 | 2, 1 | 2, 4]:
            day, month, year = numbers
        case [1 | 2, 1 | 2, 1 | 2]:
            raise DateError(_("Type the year in four digits, for example 1445 or 2023."), "year")
        case _:
            raise _unreadable()
    return int(year), int(month), int(day)


def _calendar(said: set[Calendar], year: int) -> Calendar:
    by_year: dict[bool, Calendar] = {year in GREGORIAN_YEARS: "gregorian", year in HIJRI_YEARS: "hijri"}
    found = by_year.get(True)
    if len(said) > 1 or (said and found and found not in said):
        raise DateError(
            _("The calendar does not fit the year or the month. Correct the year or the mark after it."),
            "conflict",
        )
    if not found:
        raise _out_of_range()
    return found


def _build(calendar: Calendar, year: int, month: int, day: int) -> TypedDate:
    if calendar == "hijri":
        return TypedDate(to_gregorian(year, month, day), (year, month, day), calendar, "")
    _check_month(month)
    _check_day(day, monthrange(year, month)[1], GREGORIAN_MONTHS[month - 1], year)
    return replace(from_gregorian(date(year, month, day)), typed="")


def _hijri_or_none(day: date) -> tuple[int, int, int] | None:
    try:
        return to_hijri(day)
    except DateError:
        return None


def _check_month(month: int) -> None:
    if not 1 <= month <= 12:
        raise DateError(_("The month is from 1 to 12. Type the day, then the month, then the year."), "month")


def _check_day(day: int, length: int, month: str, year: int) -> None:
    if not 1 <= day <= length:
        sentence = _("%(month)s %(year)s has %(days)s days. Correct the day.")
        raise DateError(sentence % {"month": month, "year": year, "days": length}, "day")


def _unreadable() -> DateError:
    return DateError(_("Type the day, then the month, then the year, for example 8/2/1445 or 24/8/2023."))


def _out_of_range() -> DateError:
    return DateError(
        _("The year is out of range. Type a Hijri year 1343-1500 or a Gregorian one 1900-2100."),
        "range",
    )


def _month_names() -> dict[str, tuple[Calendar, int]]:
    names: dict[str, tuple[Calendar, int]] = {}
    sources: tuple[tuple[Calendar, tuple[str, ...], dict[int, str]], ...] = (
        ("hijri", HIJRI_MONTHS, _OTHER_HIJRI),
        ("gregorian", GREGORIAN_MONTHS, _OTHER_GREGORIAN),
    )
    for calendar, usual, others in sources:
        for number, name in enumerate(usual, start=1):
            for variant in (name, *filter(None, others.get(number, "").split("/"))):
                names[fold(variant)] = (calendar, number)
    return names


MONTH_NAMES = _month_names()
