"""The sample's calendar: what is said to have happened some days ago, in working hours, and never in the future."""

from datetime import date, datetime, time, timedelta

from core import clock
from policies.models import Association
from policies.rules import is_working_day


def at(days_ago: int, *, hour: int = 9, minutes: int = 0) -> datetime:
    """A working hour some days ago, in Riyadh."""
    moment = clock.at(days_before(days_ago), time(hour)) + timedelta(minutes=minutes)
    return min(moment, clock.now())


def days_before(days: int) -> date:
    return clock.today() - timedelta(days=days)


def next_working_day(*, after: int) -> date:
    """The first day that many days ahead, or later, on which the association is open."""
    day, association = clock.today() + timedelta(days=after), Association.current()
    return next(each for each in (day + timedelta(days=n) for n in range(30)) if is_working_day(each, association))
