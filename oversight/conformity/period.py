"""The period a report is about: whole days in Riyadh, both ends included."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core import clock, hijri


@dataclass(frozen=True)
class Period:
    first: date
    last: date

    @classmethod
    def this_hijri_year(cls) -> "Period":
        """From 1 Muharram of the current Hijri year until today."""
        today = clock.today()
        year, _month, _day = hijri.to_hijri(today)
        return cls(hijri.to_gregorian(year, 1, 1), today)

    @property
    def days(self) -> tuple[date, date]:
        """For a date column: `field__range`."""
        return self.first, self.last

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """For an instant column: from the first midnight, and before the one after the last day."""
        return midnight(self.first), midnight(self.last + timedelta(days=1))

    def within(self, field: str) -> dict[str, datetime]:
        """The filter of an instant column."""
        begins, ends = self.instants
        return {f"{field}__gte": begins, f"{field}__lt": ends}

    @property
    def months(self) -> tuple[str, str]:
        """The first and last month it touches, as survey answers keep them («2026-11»)."""
        return f"{self.first:%Y-%m}", f"{self.last:%Y-%m}"


def midnight(day: date) -> datetime:
    return clock.at(day, time.min)
