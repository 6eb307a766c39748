"""What the policy says, in words. Questions only."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.models import Association, PolicyVersion, WaitingStart


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


def waiting_sentence(policy: PolicyVersion | None, association: Association) -> str:
    """How long nobody decides, as the policy promises it; empty where it knows no waiting period (clause PS-5).

    The association's own target (`reply_by_days`) is not policy text, so it is never said here.
    """
    if policy is None or not policy.min_decision_days:
        return ""
    period = days_in_words(policy.min_decision_days)
    if association.waiting_starts_at == WaitingStart.COMMITTEE_REFERRAL:
        return _("No decision is issued before %(period)s from raising your request to the committee.") % {
            "period": period
        }
    return _("No decision is issued before %(period)s from telling you.") % {"period": period}
