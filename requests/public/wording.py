"""What the person served reads about their request, in plain words (product.md, «States», third column)."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import clock
from core.hijri import format_dual
from policies.models import Association
from requests.appeal.rules import is_final, last_day, why_not_object
from requests.models import Outcome, SupportRequest
from requests.states import State

ISSUED = gettext_lazy("The decision was issued.")
SENTENCES: dict[str, str | Promise] = {
    State.RECEIVED: gettext_lazy("We received your request and are checking your papers."),
    State.VERIFIED: gettext_lazy("We checked your papers and they are complete."),
    State.SOCIAL_RESEARCH: gettext_lazy("Your request is with social research, to be studied."),
    State.APPROVED: ISSUED,
    State.REJECTED: ISSUED,
    State.REGISTERED: gettext_lazy("Your registration is complete and we are preparing the service for you."),
    State.DELIVERED: gettext_lazy("The service was delivered to you."),
    State.WITHDRAWN: gettext_lazy("You withdrew your request. Our door is open whenever you need us."),
    State.CLOSED: gettext_lazy("Your request was closed. To know why, or to apply again, call us or visit us."),
}


def public_sentence(case: SupportRequest) -> str:
    """The state of `case` as anybody with its reference may read it: no decision, no amount, no name, no reason.

    Reads `case.checks` when papers are awaited; prefetch them in a list.
    """
    if case.state == State.AWAITING_DOCUMENTS:
        return papers_sentence(case)
    if case.state == State.COMMITTEE_REVIEW:
        return committee_sentence(case)
    return str(SENTENCES[case.state])


def private_sentence(case: SupportRequest) -> str:
    """The same behind the code sent to the phone: here the decision itself is said, how to object, why it closed."""
    if case.state == State.APPROVED:
        return accepted_sentence(case)
    if case.state == State.REJECTED:
        return f"{rejection_sentence(case)} {objection_sentence(case)}"
    if case.state == State.CLOSED:
        return _("Your request was closed. The reason: %(reason)s.") % {"reason": case.get_close_reason_display()}
    return public_sentence(case)


def papers_sentence(case: SupportRequest) -> str:
    owed = "، ".join(check.label for check in case.checks.all() if check.owed)
    return _("We need papers from you: %(papers)s.") % {"papers": owed} if owed else _("We need papers from you.")


def committee_sentence(case: SupportRequest) -> str:
    """Before the earliest date, with it; from that day on, any day (rule 1)."""
    if case.earliest_decision_on is None:
        return _("The committee is studying your request.")
    if clock.today() < case.earliest_decision_on:
        return _("The committee is studying your request; no decision before %(date)s.") % {
            "date": format_dual(case.earliest_decision_on)
        }
    return _("The committee is studying your request; the decision may come any day.")


def accepted_sentence(case: SupportRequest) -> str:
    """Accepted; of a part of what was asked it is said that it is a part."""
    approved = case.decisions.filter(outcome=Outcome.APPROVE, issued_by__isnull=False).order_by("-settled_at").first()
    if approved and approved.partial:
        return _("A part of what you asked for was accepted.")
    return _("Your request was accepted.")


def rejection_sentence(case: SupportRequest) -> str:
    """The rejection with its reason, word for word as the committee wrote it for the person to read."""
    decision = case.decisions.filter(outcome=Outcome.REJECT, issued_by__isnull=False).latest("settled_at")
    return rejection_because(decision.reasons)


def rejection_because(reasons: str) -> str:
    """A rejection for these reasons, as the person will read it; also the preview before it is issued."""
    return _("Your request was not accepted. The reason: %(reason)s.") % {"reason": reasons.strip().rstrip(".")}


def objection_sentence(case: SupportRequest | None = None) -> str:
    """How and until when one objects (association settings: `appeal_days`, telephone, hours).

    With the case: its very day, that it was objected to already, or that its decision is final.
    """
    if case is not None and is_final(case):
        return _("This decision is final: it was issued after your objection was studied.")
    if case is not None and (last := last_day(case)) and case.state == State.REJECTED:
        return why_not_object(case) or objection_until(last)
    association = Association.current()
    days = association.appeal_days
    return _("You may object by contacting us within %(days)s: %(phone)s (%(hours)s).") % {
        "days": ngettext("%(n)s day", "%(n)s days", days) % {"n": days},
        "phone": association.phone,
        "hours": association.hours_now,
    }


def objection_until(last: date) -> str:
    """How one objects to a rejection, and the last day on which one may."""
    association = Association.current()
    return _(
        "You may object once, until %(date)s: on your request's page, or at our office (%(hours)s). "
        "To ask, call us: %(phone)s."
    ) % {
        "date": format_dual(last, weekday=True),
        "phone": association.phone,
        "hours": association.hours_now,
    }
