"""What the page of one request says: what you must do, where it is, what comes next. Nothing private.

No name, no ID, no amount, no decision and no reason: the page opens to whoever holds the link.
"""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from core import clock
from core.hijri import format_dual
from policies.models import Association, WaitingStart
from policies.rules import days_in_words
from requests.appeal.rules import appeal_of, last_day
from requests.clarification.card import answers_shown
from requests.models import OWED, Appointment, DocumentCheck, SupportRequest
from requests.public.appointment import next_of
from requests.public.wording import public_sentence
from requests.states import PUBLIC_STEPS, State

BEFORE_DECISION = (
    State.RECEIVED,
    State.AWAITING_DOCUMENTS,
    State.VERIFIED,
    State.SOCIAL_RESEARCH,
    State.COMMITTEE_REVIEW,
)
JUST_DECIDED = (State.APPROVED, State.REJECTED)
STOPPED = (State.WITHDRAWN, State.CLOSED)


def page_of(case: SupportRequest) -> dict[str, Any]:
    """Everything the status page shows, in its order."""
    association = Association.current()
    papers, appointment = papers_owed(case), next_of(case)
    return {
        "reference": case.reference,
        "title": title(case, papers, appointment),
        "todo": todo(case, papers),
        "appointment": appointment.day if appointment else None,
        "door": door(case, appointment),
        "urgent": bool(papers) or not_told(case),
        "papers": papers,
        "stopped": public_sentence(case) if case.state in STOPPED else "",
        "steps": steps(case),
        "next": what_next(case),
        "earliest": case.earliest_decision_on if waits_for_its_date(case) else None,
        "late": lateness(case, association),
        "answers": answers_shown(case),
    }


# What you must do now


def papers_owed(case: SupportRequest) -> list[DocumentCheck]:
    """Papers not given, or given with a problem; one that is given and not judged yet is our turn."""
    if case.state != State.AWAITING_DOCUMENTS:
        return []
    owed = case.checks.filter(state__in=OWED)
    return list(owed.select_related("paper"))


def not_told(case: SupportRequest) -> bool:
    """A request by letter: nobody has told the person yet how long it takes, so nothing counts (rule 1)."""
    return case.informed_at is None and case.state in BEFORE_DECISION


def title(case: SupportRequest, papers: list[DocumentCheck], appointment: Appointment | None) -> str:
    if papers:
        return _("We need these papers from you")
    if appointment:
        return _("You have an appointment with us")
    if case.state in JUST_DECIDED:
        return _("The decision was issued")
    if not_told(case):
        return _("We need you to call us")
    return _("We need nothing from you now")


def todo(case: SupportRequest, papers: list[DocumentCheck]) -> list[str]:
    if papers:
        return [_("Bring them to our office. If you cannot get one of them, call us: we help you.")]
    if case.state in JUST_DECIDED:
        return [how_to_know(), how_to_object(case)]
    if not_told(case):
        return [_("Call us so that we explain the steps and when the answer comes.")]
    if case.state in (*STOPPED, State.DELIVERED):
        return []
    return [_("We send you a message whenever there is something new.")]


def how_to_know() -> str:
    """The same for an acceptance and a rejection: this page tells neither."""
    return _(
        "To read it here, ask for a code, which we send to your mobile. Or call us or visit us, and have your request "
        "number and your ID with you."
    )


def how_to_object(case: SupportRequest) -> str:
    """Until when; after an objection that it came, or that the decision is final. It never says which decision."""
    appeal = appeal_of(case)
    if appeal:
        came = format_dual(clock.local_date(appeal.submitted_at))
        waits = _("What you sent us about the decision reached us on %(date)s. We send you a message about it.")
        return waits % {"date": came} if appeal.waits else _("This decision is final.")
    last = last_day(case)
    if last is None or clock.today() > last:
        return _("The period for objecting ended on %(date)s.") % {"date": format_dual(last)} if last else ""
    return _("If your request was not accepted, you may object until %(date)s.") % {
        "date": format_dual(last, weekday=True)
    }


def door(case: SupportRequest, appointment: Appointment | None) -> str:
    """What the button says that leads behind the code; none where nothing stands behind it yet."""
    if appointment:
        return _("Read its hour, and how to change it")
    if case.state not in JUST_DECIDED:
        return ""
    last = last_day(case)
    over = appeal_of(case) or last is None or clock.today() > last
    return _("Read the decision") if over else _("Read the decision, and object if you wish")


# Where your request is


def steps(case: SupportRequest) -> list[dict[str, Any]]:
    """The five plain steps: done with their dates, now with its sentence, and those to come."""
    history = list(case.steps.values_list("from_state", "to_state", "at"))
    reached: dict[int | None, Any] = {}
    for _from_state, to_state, at in history:
        reached.setdefault(place_of(to_state), at)
    here = place_of(case.came_from or case.state)
    if here is None:
        here = place_of(history[-1][0]) or 0
    return [
        {
            "label": label,
            "state": progress(case, place, here),
            "date": reached.get(place) if place <= here else None,
            "note": sentence(case) if place == here else "",
        }
        for place, (label, _states) in enumerate(PUBLIC_STEPS)
    ]


def place_of(state: str) -> int | None:
    """Which of the five steps a state belongs to; none when the request was withdrawn or closed."""
    return next((place for place, (_label, states) in enumerate(PUBLIC_STEPS) if state in states), None)


def progress(case: SupportRequest, place: int, here: int) -> str:
    if place > here:
        return "todo"
    return "now" if place == here and case.state not in (*STOPPED, State.DELIVERED) else "done"


def sentence(case: SupportRequest) -> str:
    """The state in words. The papers stand at the head of the page; a reason for closing is private."""
    if case.state in STOPPED:
        return ""
    if case.state == State.AWAITING_DOCUMENTS:
        return _("We need papers from you.")
    return public_sentence(case)


# What happens next, and when


def what_next(case: SupportRequest) -> list[str]:
    if case.state in BEFORE_DECISION:
        return [NEXT[State(case.state)](), *when(case)]
    return [NEXT[State(case.state)]()] if State(case.state) in NEXT else []


NEXT = {
    State.RECEIVED: lambda: _("We check your papers with you, then your request goes to be studied."),
    State.AWAITING_DOCUMENTS: lambda: _("When your papers reach us we check them, and your request goes on."),
    State.VERIFIED: lambda: _("Your request goes to social research to be studied."),
    State.SOCIAL_RESEARCH: lambda: _("The researcher may call or visit you; then the committee studies your request."),
    State.COMMITTEE_REVIEW: lambda: _("The committee meets, and we send you a message when the decision is issued."),
    State.APPROVED: lambda: _("After you know the decision we explain to you the next step."),
    State.REJECTED: lambda: _("After you know the decision we explain to you the next step."),
    State.REGISTERED: lambda: _("We call you when the service is ready."),
    State.DELIVERED: lambda: _("If you have a remark on the service we are glad to hear it."),
}  # fmt: skip


def waits_for_its_date(case: SupportRequest) -> bool:
    """Whether the earliest date is known and still to come: then it is what the page promises."""
    date = case.earliest_decision_on
    return case.state in BEFORE_DECISION and date is not None and clock.today() < date


def when(case: SupportRequest) -> list[str]:
    """When the decision may come; the date itself, while it is to come, stands large beside this."""
    if case.earliest_decision_on is None:
        return [no_date_yet(case)]
    if waits_for_its_date(case):
        return []
    if case.postponed_until and clock.today() < case.postponed_until:
        return [
            _("The committee postponed it; no decision before %(date)s.") % {"date": format_dual(case.postponed_until)}
        ]
    if case.state == State.COMMITTEE_REVIEW:
        return [_("The decision may be issued any day now.")]
    return [_("The decision comes after the committee has studied your request.")]


def no_date_yet(case: SupportRequest) -> str:
    if case.waiting_starts_at == WaitingStart.COMMITTEE_REFERRAL:
        return _("No decision is issued before %(period)s from raising your request to the committee.") % {
            "period": days_in_words(case.min_decision_days)
        }
    return _("The waiting period begins when we have explained it to you.")


def lateness(case: SupportRequest, association: Association) -> str:
    """An admission, where the association set itself a target (`reply_by_days`) and missed it."""
    if not association.reply_by_days or case.state not in BEFORE_DECISION:
        return ""
    target = reply_by(case, association)
    if clock.today() <= target:
        return ""
    return _("We are late, and we are sorry: we hoped to answer you by %(date)s. Your request is not forgotten.") % {
        "date": format_dual(target)
    }


def reply_by(case: SupportRequest, association: Association) -> date:
    return clock.local_date(case.received_at) + timedelta(days=association.reply_by_days or 0)
