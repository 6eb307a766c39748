"""When a person's file grows stale, and at which distance they are reminded (rule 7). Dates only; no side effects.

Months are Hijri, by the Umm al-Qura tables (`core.hijri.add_months`): periods in the Kingdom's law are counted so, and
`renewal_months` and `study_valid_months` mean the same month. Twelve of them are 354 or 355 days, so a file confirmed
on 8 Safar 1445 is stale on 8 Safar 1446. A month too short for the day takes its last day. Where the association sets
`renewal_months` to 0, it renews nothing: no file grows stale.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from core import clock
from core.hijri import add_months

STAGES = (60, 30, 7)
"""How many days before the day somebody is reminded."""
DUE_SOON = max(STAGES)


@dataclass(frozen=True)
class Freshness:
    """How a file stands today. `stale_on` is the first day on which it is stale; None where nothing is renewed."""

    confirmed_on: date
    stale_on: date | None

    @property
    def days_left(self) -> int:
        """Until it is stale; 0 on the day itself, then negative."""
        return (self.stale_on - clock.today()).days if self.stale_on else DUE_SOON + 1

    @property
    def is_stale(self) -> bool:
        return self.days_left <= 0

    @property
    def is_due(self) -> bool:
        """It will be stale within the longest reminder's distance."""
        return 0 < self.days_left <= DUE_SOON


def freshness(confirmed_on: date, months: int) -> Freshness:
    return Freshness(confirmed_on, stale_on(confirmed_on, months))


def stale_on(confirmed_on: date, months: int) -> date | None:
    """The first day of being stale, `months` Hijri months after the confirmation; None for 0 months."""
    return add_months(confirmed_on, months) if months else None


def last_confirmation_stale_on(day: date, months: int) -> date | None:
    """The latest day of confirmation that is stale on `day`; whatever was confirmed until then is stale too.

    So a query asks `confirmed_on <= this`, by its index, instead of counting months in every row.
    """
    if not months:
        return None
    confirmed = add_months(day, -months)
    while add_months(confirmed + timedelta(days=1), months) <= day:
        confirmed += timedelta(days=1)
    while add_months(confirmed, months) > day:
        confirmed -= timedelta(days=1)
    return confirmed


def stage_of(days_left: int) -> int | None:
    """The reminder that fits so many days before: 60 from 60 to 31, 30 from 30 to 8, 7 from 7 to 1; none before or
    after. Days on which nothing ran are so made good by one message, never by several."""
    fitting = [stage for stage in STAGES if 0 < days_left <= stage]
    return min(fitting, default=None)
