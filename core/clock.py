"""The one clock. Rules ask it for the date in Riyadh; nothing else reads the system's time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

RIYADH = ZoneInfo("Asia/Riyadh")
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _told.get() or timezone.now()


def local_date(instant: datetime) -> date:
    """The calendar date in Riyadh at an aware instant (rule 1: days are counted there)."""
    return instant.astimezone(RIYADH).date()


def local(instant: datetime) -> datetime:
    """The same instant on a clock in Riyadh."""
    return instant.astimezone(RIYADH)


def at(day: date, hour: time) -> datetime:
    """The instant of a time of day in Riyadh."""
    return datetime.combine(day, hour, tzinfo=RIYADH)


def days_since(instant: datetime) -> int:
    """How many days in Riyadh have begun since that instant's."""
    return (today() - local_date(instant)).days


def today() -> date:
    """Today's date in Riyadh."""
    return local_date(now())


@contextmanager
def told(instant: datetime) -> Iterator[None]:
    """Let the clock say another instant while sample data is made. Only a demonstration has such a clock."""
    if not settings.DEMO:
        raise ImproperlyConfigured("The clock can be told another time only in a demonstration.")
    token = _told.set(instant)
    try:
        yield
    finally:
        _told.reset(token)
