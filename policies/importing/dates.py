"""The dates of a document: either calendar, any digits, month by name or number, and honest about doubt."""

import re
from datetime import date

from core import hijri
from core.arabic import fold
from policies.importing.document import FoundDate

MONTHS = "|".join(sorted((re.escape(name) for name in hijri.MONTH_NAMES), key=len, reverse=True))
MARK = r"\s*(?P<mark>هـ|ه(?![\u0621-\u064a])|هجري[اه]?|م(?![\u0621-\u064a])|ميلادي[اه]?)?"
SLASH = r"\s*[/\\\-–.٫,]\s*"
NUMERIC = re.compile(rf"(?<!\d)(?P<a>\d{{1,4}}){SLASH}(?P<b>\d{{1,2}}){SLASH}(?P<c>\d{{1,4}})(?!\d){MARK}")
NAMED = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\s*(?:من\s+)?(?:شهر\s+)?(?P<month>{MONTHS})\s*[،,]?\s*(?:عام|سنه|لعام)?\s*(?P<year>\d{{4}}){MARK}"
)
TURNED = re.compile(rf"(?P<month>{MONTHS})\s+(?P<year>\d{{4}})\s+(?P<day>\d{{1,2}})(?!\d){MARK}")
MONTH_FIRST = re.compile(rf"(?P<month>{MONTHS})\s+(?P<day>\d{{1,2}})\s*[،,]\s*(?P<year>\d{{4}}){MARK}")
SCATTERED = re.compile(r"(?<!\d)(\d{1,2})\s*/(?:\s|/|\|)*(\d{1,2})\D{0,120}?(\d{4})(?!\d)")


def find(text: str) -> list[FoundDate]:
    """The dates of the text in reading order."""
    folded = readable(text)
    found: list[tuple[int, FoundDate]] = []
    for pattern in (NAMED, TURNED, MONTH_FIRST):
        found += [(match.start(), named(match, printed(match, text))) for match in pattern.finditer(folded)]
    found += [(match.start(), numeric(match, printed(match, text))) for match in NUMERIC.finditer(folded)]
    if not found:
        found += [(match.start(), scattered(match, printed(match, text))) for match in SCATTERED.finditer(folded)]
    kept: list[FoundDate] = []
    for _place, one in sorted(found, key=lambda pair: pair[0]):
        if one.iso or one.candidates:
            kept.append(one)
    return once(kept)


def readable(text: str) -> str:
    """The text folded sign by sign, so that every place in it is the same place in what was printed."""
    return "".join(sign if sign == "ـ" else one if len(one := fold(sign)) == 1 else " " for sign in text)


def printed(match: re.Match, text: str) -> str:
    return text[match.start() : match.end()].strip()


def once(found: list[FoundDate]) -> list[FoundDate]:
    kept: list[FoundDate] = []
    for one in found:
        if not any(
            one.raw in other.raw or (one.iso and one.iso == other.iso and one.calendar == other.calendar)
            for other in kept
        ):
            kept.append(one)
    return kept


def named(match: re.Match, raw: str) -> FoundDate:
    calendar, month = hijri.MONTH_NAMES[match["month"]]
    year, day = int(match["year"]), int(match["day"])
    return FoundDate(raw, calendar, made(calendar, year, month, day))


def numeric(match: re.Match, raw: str) -> FoundDate:
    """Three numbers: the year is the one of four digits; day and month are told apart only where they can be."""
    a, b, c = int(match["a"]), int(match["b"]), int(match["c"])
    if len(match["a"]) == 4:
        return ordered(raw, a, b, c, match["mark"])
    if len(match["c"]) == 4:
        return either(raw, c, a, b, match["mark"])
    if len(match["c"]) == 2 and match["mark"]:
        return either(raw, (1400 if is_hijri_mark(match["mark"]) else 2000) + c, a, b, match["mark"])
    return FoundDate(raw)


def scattered(match: re.Match, raw: str) -> FoundDate:
    return either(raw, int(match[3]), int(match[1]), int(match[2]), None, in_order=False)


def ordered(raw: str, year: int, month: int, day: int, mark: str | None) -> FoundDate:
    """Year first: the month follows it, unless it can only be the day."""
    if month > 12 and day <= 12:
        month, day = day, month
    calendar = calendar_of(year, mark)
    return FoundDate(raw, calendar, made(calendar, year, month, day))


def either(raw: str, year: int, first: int, second: int, mark: str | None, *, in_order: bool = True) -> FoundDate:
    """Year last. Hijri dates are written day first; a Gregorian day and month both under 13 could be either."""
    calendar = calendar_of(year, mark)
    day_first, month_first = made(calendar, year, second, first), made(calendar, year, first, second)
    if first == second or month_first is None or (calendar == "hijri" and in_order):
        return FoundDate(raw, calendar, day_first or month_first)
    if day_first is None:
        return FoundDate(raw, calendar, month_first)
    return FoundDate(raw, calendar, None, sorted((day_first, month_first)))


def calendar_of(year: int, mark: str | None) -> str | None:
    if year in hijri.HIJRI_YEARS:
        return "hijri"
    return "gregorian" if year in hijri.GREGORIAN_YEARS else None


def is_hijri_mark(mark: str) -> bool:
    return mark.startswith("ه")


def made(calendar: str | None, year: int, month: int, day: int) -> date | None:
    try:
        if calendar == "hijri":
            return hijri.to_gregorian(year, month, day)
        return date(year, month, day) if calendar else None
    except ValueError:
        return None
