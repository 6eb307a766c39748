"""Until when a rejection may be objected to, by whom it is written down, and when nothing more follows.

The days (association setting `appeal_days`) count from the day the decision was issued, `decided_on`. The last of them
is written with the decision: telling it late, or another setting later, moves no date on which anybody relied.
"""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import COUNTER
from core import clock
from core.hijri import format_dual
from policies.models import Association
from policies.rules import roles_in_words
from requests.models import Appeal, Decision, Exclusion, Outcome, SupportRequest
from requests.rules import Sentence, not_the_counters
from requests.states import State

LONGEST = 2000
MOST_FILES = 5
DAY = timedelta(days=1)


def rejection_of(case: SupportRequest) -> Decision | None:
    """The issued rejection that the case stands under."""
    if case.state != State.REJECTED:
        return None
    issued = case.decisions.filter(outcome=Outcome.REJECT, issued_by__isnull=False)
    return issued.select_related("issued_by", "proposed_by").order_by("-settled_at").first()


def appeal_of(case: SupportRequest) -> Appeal | None:
    return Appeal.objects.filter(case=case).first()


def is_final(case: SupportRequest) -> bool:
    """Whether the case was reopened on its one objection: no decision after it is objected to."""
    return Appeal.objects.filter(case=case, reopened_at__isnull=False).exists()


def counted_from(decided_on: date) -> date:
    """The last day to object to a decision issued on this one. Written with it, read from it afterwards."""
    return decided_on + timedelta(days=Association.current().appeal_days)


def last_day(case: SupportRequest) -> date | None:
    """The last day on which the decision that was issued is objected to; the whole day counts, in Riyadh."""
    issued = case.decisions.filter(issued_by__isnull=False).order_by("-settled_at")
    return issued.values_list("objections_until", flat=True).first()


def why_not_object(case: SupportRequest) -> Sentence:
    """One objection, to a rejection, inside its days. A partial approval is no rejection: nothing reopens it."""
    appeal = appeal_of(case)
    if appeal and not appeal.waits:
        return _("This request was reopened once already; the second decision is final.")
    if appeal:
        return _("The objection to this decision was received on %(date)s; a decision is objected to once.") % {
            "date": format_dual(clock.local_date(appeal.submitted_at))
        }
    last = last_day(case)
    if case.state != State.REJECTED or last is None:
        return _("There is no rejection to object to now.")
    if clock.today() > last:
        return _("The period for objecting ended on %(date)s.") % {"date": format_dual(last)}
    return None


def why_not_write(case: SupportRequest, by: User) -> Sentence:
    """At the counter of the case, the officer or the delegate writes it down for the person present."""
    if not_the_counters(case, by):
        return _("This step belongs to: %(roles)s.") % {"roles": roles_in_words(COUNTER, case.policy_version)}
    return why_not_object(case)


def first_deciders(case: SupportRequest) -> list[str]:
    """By name, those who voted on the first decision or issued it: they take no part in the second."""
    whys = (*Exclusion.FROM_CARRYING_OUT, Exclusion.Why.FIRST_DECISION)
    return list(
        case.exclusions.filter(why__in=whys).order_by("user__name").values_list("user__name", flat=True).distinct()
    )
