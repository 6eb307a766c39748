"""How many objected, and what became of it, month by month. Counts alone: nobody is named and nobody is ranked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from core import clock
from requests.models import Appeal, Outcome
from requests.states import State

MONTHS = 12
OVER = (State.WITHDRAWN, State.CLOSED)


@dataclass(frozen=True)
class Counted:
    """The objections received in one month, and where they stand today. `first`: its first day; None for all."""

    first: date | None
    received: int = 0
    waiting: int = 0
    studied: int = 0
    granted: int = 0
    stands: int = 0
    ended: int = 0


UNANSWERED = Q(final=None, reopened_at__isnull=False)
COUNTS: dict[str, Any] = {
    "received": Count("pk"),
    "waiting": Count("pk", filter=Q(reopened_at=None)),
    "studied": Count("pk", filter=UNANSWERED & ~Q(case__state__in=OVER)),
    "granted": Count("pk", filter=Q(final=Outcome.APPROVE)),
    "stands": Count("pk", filter=Q(final=Outcome.REJECT)),
    "ended": Count("pk", filter=UNANSWERED & Q(case__state__in=OVER)),
}
"""Each objection is in one of the last five: they add up to the first."""


def by_month() -> list[Counted]:
    """The last twelve months, newest first, those without an objection too."""
    months = last_months()
    month = TruncMonth("submitted_at", tzinfo=clock.RIYADH)
    rows = Appeal.objects.with_final().annotate(month=month).filter(month__date__gte=months[-1])
    found = {row.pop("month").date(): row for row in rows.values("month").annotate(**COUNTS).order_by("month")}
    return [Counted(first=first, **found.get(first, {})) for first in months]


def last_months() -> list[date]:
    """The first days of this month and the eleven before it, newest first."""
    today = clock.today()
    index = today.year * 12 + today.month - 1
    return [date((index - back) // 12, (index - back) % 12 + 1, 1) for back in range(MONTHS)]


def total() -> Counted:
    """All objections ever received."""
    return Counted(first=None, **Appeal.objects.with_final().aggregate(**COUNTS))
