"""The arithmetic of instalments: amounts that sum to the halala, and dates that clamp at a month's end."""

from calendar import monthrange
from datetime import date
from decimal import ROUND_DOWN, Decimal

from core import hijri
from core.hijri import TypedDate

HALALA = Decimal("0.01")
MOST_INSTALMENTS = 60
HIGHEST_NUMBER = 31_999
"""Of an instalment: cancelled ones keep theirs, and a schedule planned anew takes the next."""


def equal_parts(total: Decimal, count: int) -> list[Decimal]:
    """`total` riyals in `count` equal amounts; the halalas that do not divide are in the last. Sums to `total`.

    Raises ValueError when there are fewer halalas than instalments.
    """
    each = (total / count).quantize(HALALA, ROUND_DOWN)
    if each <= 0:
        raise ValueError(f"{total} does not divide into {count}")
    return [each] * (count - 1) + [total - each * (count - 1)]


def monthly(first: TypedDate, count: int) -> list[date]:
    """`count` days a month apart, in the calendar the first was typed in; the last day of a month that is too short.

    Each is counted from the first, so that a month's end in February does not pull the later ones back.
    """
    later = hijri.add_months if first.calendar == "hijri" else months_after
    return [later(first.gregorian, months) for months in range(count)]


def months_after(day: date, months: int) -> date:
    """The same Gregorian day so many months later, or the last day of a month that has no such day."""
    years, index = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
