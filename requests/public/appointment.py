"""The person's next appointment: its day on the open page; behind the code the hour, how they meet and how to change
it. What the researcher typed of the place is for themselves and is never shown."""

from typing import Any

from core import clock
from requests.models import Appointment, SupportRequest
from requests.visits.models import How
from requests.visits.reminding import place
from requests.visits.rules import in_words, with_research


def next_of(case: SupportRequest) -> Appointment | None:
    """The one still to come or going on, while the request is with research."""
    if not with_research(case):
        return None
    return case.appointments.planned().filter(ends_at__gt=clock.now()).order_by("starts_at").first()


def behind_the_code(case: SupportRequest) -> dict[str, Any] | None:
    found = next_of(case)
    if found is None:
        return None
    found.case = case
    return {
        "day": found.day,
        "today": found.day == clock.today(),
        "hour": in_words(clock.local(found.starts_at).time()),
        "how": place(found),
        "at_office": found.how == How.OFFICE,
    }
