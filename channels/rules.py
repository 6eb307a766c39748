"""Questions about inquiries, without side effects."""

from datetime import datetime, timedelta

from channels.models import Inquiry
from core import clock
from policies.models import PolicyVersion

WEBSITE = "website"


def hours_waiting(inquiry: Inquiry) -> int:
    """Whole hours from asking to the answer, or until now; clock hours, for people wait on holidays too."""
    return int(((inquiry.answered_at or clock.now()) - inquiry.asked_at) / timedelta(hours=1))


def is_overdue(inquiry: Inquiry, *, target_hours: int) -> bool:
    """Whether it waits longer than the association set itself (`inquiry_target_hours`; not policy text)."""
    return inquiry.answered_at is None and inquiry.asked_at < overdue_before(target_hours)


def overdue_before(target_hours: int) -> datetime:
    """Whatever was asked before this instant and is unanswered is overdue."""
    return clock.now() - timedelta(hours=target_hours)


def asked_on_the_website(policy: PolicyVersion | None) -> bool:
    """Whether inquiries are taken here: the website is one of the channels of the policy in force (clause CH-7)."""
    return policy is None or WEBSITE in policy.channel_labels
