"""What the policy says, in words. Questions only."""

import re
from collections.abc import Callable, Iterable
from datetime import date, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import Role
from core import clock
from core.arabic import fold
from policies.models import Association, Clause, PolicyVersion, Service, WaitingStart

WAITING_CLAUSE = "inform_committee_and_period"


def days_in_words(days: int) -> str:
    """A period as the policy says it: «أسبوعين» for 14, «ثلاثة أسابيع» for 21; other lengths in days."""
    weeks, rest = divmod(days, 7)
    if rest == 0 and weeks in WEEKS:
        return str(WEEKS[weeks]())
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


WEEKS: dict[int, Callable[[], str]] = {
    1: lambda: _("a week"),
    2: lambda: _("two weeks"),
    3: lambda: _("three weeks"),
    4: lambda: _("four weeks"),
}


def roles_in_words(roles: Iterable[Role], policy: PolicyVersion | None) -> str:
    """Roles as this association calls them: the officer by the title its policy gives («موظف علاقات الأعضاء»)."""
    title = officer_title(policy)
    return "، ".join(title if title and role == Role.OFFICER else str(Role(role).label) for role in roles)


def officer_title(policy: PolicyVersion | None) -> str:
    """What the policy calls its relations officer; empty where it does not say."""
    return policy.officer_title.get("masc", "") if policy else ""


def waiting_sentence(policy: PolicyVersion | None, association: Association) -> str:
    """How long nobody decides, as the policy promises it; empty where it knows no waiting period (clause PS-5).

    The association's own target (`reply_by_days`) is not policy text, so it is never said here.
    """
    return "" if policy is None else period_sentence(policy.min_decision_days or 0, association)


def period_sentence(days: int, association: Association) -> str:
    """The same promise for a number of days; empty for none."""
    if not days:
        return ""
    period = days_in_words(days)
    if association.waiting_starts_at == WaitingStart.COMMITTEE_REFERRAL:
        return _("No decision is issued before %(period)s from raising your request to the committee.") % {
            "period": period
        }
    return _("No decision is issued before %(period)s from telling you.") % {"period": period}


def service_wait(policy: PolicyVersion | None, service: Service, association: Association) -> dict[str, Any]:
    """How long one service waits and by which clause: `{sentence, clause, own}`; empty where nothing is promised.

    `own` says that the days are the service's, because `clause` gives them; otherwise it is the version's own clause.
    """
    if policy is None or not (days := policy.days_for(service)):
        return {}
    period = policy.service_periods.filter(service=service).select_related("clause").first()
    return {
        "sentence": period_sentence(days, association),
        "clause": period.clause if period else waiting_clause(policy),
        "own": period is not None,
    }


def waiting_clause(policy: PolicyVersion) -> Clause | None:
    """The clause of a version that promises the waiting period (PS-5 in the model texts)."""
    return policy.clauses.filter(code=WAITING_CLAUSE).first()


WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
USUAL_WEEK = {"sunday", "monday", "tuesday", "wednesday", "thursday"}


def is_working_day(day: date, association: Association) -> bool:
    """Whether the association is open on that day: its own week (Sunday to Thursday where it set none), no holiday."""
    week = set(WEEKDAYS) & set(association.working_days) or USUAL_WEEK
    return WEEKDAYS[day.weekday()] in week and day not in association.holidays


def waited_no_longer(working_days: int, association: Association) -> date:
    """The first day of which it is true today: what came on it has waited so many whole working days at most.

    Whatever came on an earlier day has waited longer.
    """
    day = clock.today()
    while working_days or not is_working_day(day, association):
        working_days -= is_working_day(day, association)
        day -= timedelta(days=1)
    return day


_CLOCK = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))?\s*(صباح|ص\b|ظهر|عصر|مسا|م\b)")


def hours_of(text: str) -> tuple[time, time] | None:
    """The first and the last hour in the working hours as the association wrote them; None where it cannot be read."""
    found = [
        time(int(hour) % 12 + (0 if part.startswith("ص") else 12), int(minute or 0))
        for hour, minute, part in _CLOCK.findall(fold(text))
        if 1 <= int(hour) <= 12 and int(minute or 0) < 60
    ]
    return (found[0], found[-1]) if len(found) == 2 and found[0] < found[1] else None


USUAL_HOURS = (time(9), time(20))
EARLIEST, LATEST = time(8), time(21)


def hours_to_write(association: Association) -> tuple[time, time]:
    """Between which hours the portal writes to people of its own accord: while the association is open, so that who
    has a question may call; never before eight, nor after nine in the evening. Hours that cannot be read are nine
    to eight."""
    first, last = hours_of(association.hours_now) or USUAL_HOURS
    first, last = max(first, EARLIEST), min(last, LATEST)
    return (first, last) if first < last else USUAL_HOURS


def writes_now() -> bool:
    """Whether a reminder may go out at this hour in Riyadh; what is due at night waits for the morning."""
    first, last = hours_to_write(Association.current())
    return first <= clock.local(clock.now()).time() < last
