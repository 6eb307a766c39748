"""Reading the board's date: typed in either calendar, the other computed, and honest about doubt. Questions only."""

import re
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from core import hijri
from core.arabic import fold, fold_digits
from policies.models import Approval

NUMBERS = re.compile(r"\s*([0-9]{1,2})\s*[/\\.\-]\s*([0-9]{1,2})\s*[/\\.\-]\s*([0-9]{4})\s*(?:هـ|ه|م)?\s*")


@dataclass(frozen=True)
class Reading:
    """What a typed date says: its day, or the days it may mean when day and month cannot be told apart."""

    calendar: str
    day: date | None
    candidates: list[date] = field(default_factory=list)


def read(typed: str) -> Reading:
    """Raises `hijri.DateError` for what is no date. «2/1/2023» keeps two candidates; «2 يناير 2023» is one day."""
    first = hijri.parse(typed)
    second = turned(typed)
    if second is None or second.gregorian == first.gregorian:
        return Reading(first.calendar, first.gregorian)
    return Reading(first.calendar, None, sorted((first.gregorian, second.gregorian)))


def turned(typed: str) -> hijri.TypedDate | None:
    """The date with its day and month the other way round, where that is a date too."""
    numbers = NUMBERS.fullmatch(fold_digits(typed))
    if not numbers:
        return None
    try:
        return hijri.parse(f"{numbers[2]}/{numbers[1]}/{numbers[3]}")
    except hijri.DateError:
        return None


def settled(reading: Reading, *, weekday: str, second: date | None) -> date | None:
    """The one candidate that the document's weekday or its second date speaks for; None while both may be meant."""
    if reading.day:
        return reading.day
    fitting = [day for day in reading.candidates if day == second]
    fitting = fitting or [day for day in reading.candidates if weekday and same_weekday(day, weekday)]
    return fitting[0] if len(fitting) == 1 else None


def same_weekday(day: date, weekday: str) -> bool:
    return fold(hijri.WEEKDAYS[day.weekday()]) == fold(weekday)


def day_of(typed: str) -> date | None:
    """The day of a date as printed, day first; None for nothing or for what cannot be read."""
    try:
        return hijri.parse(typed).gregorian if typed else None
    except hijri.DateError:
        return None


def other_calendar(day: date, calendar: str) -> str:
    """The same day in the calendar that was not typed: computed by the portal, and shown as computed."""
    try:
        return hijri.format_gregorian(day) if calendar == "hijri" else hijri.format_hijri(day)
    except hijri.DateError:
        return ""


def doubts(approval: Approval | None) -> list[str]:
    """Where the facts of the approval disagree among themselves: said to the editor, never refused."""
    if approval is None:
        return []
    found = []
    if approval.date and approval.weekday and not same_weekday(approval.date, approval.weekday):
        found.append(
            _("The document says %(said)s, but that day was a %(was)s. Check the date and the weekday.")
            % {"said": approval.weekday, "was": hijri.WEEKDAYS[approval.date.weekday()]}
        )
    second = day_of(approval.second_date_typed)
    if approval.second_date_typed and second is None:
        found.append(_("The second date of the document cannot be read as a date. Check it."))
    if approval.date and second and second != approval.date:
        found.append(
            _("The two dates of the document are not the same day: the second is %(second)s. Check which is right.")
            % {"second": hijri.format_dual(second, weekday=True)}
        )
    if approval.date is None and approval.candidates:
        found.append(_("The date of approval may be read in two ways. Choose one of them."))
    return found
