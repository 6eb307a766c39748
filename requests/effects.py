"""What a move brings with it besides the new state: rows, reminders and words to the person served."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, cast

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from beneficiaries.actions import give_file_number
from core import clock, outbox, reminders
from core.hijri import format_dual
from core.references import format_reference
from requests.appeal.models import Appeal
from requests.appeal.rules import counted_from, is_final
from requests.conflict.closing import detect
from requests.decision.letter.actions import write_letter
from requests.delivery.kinds import asks_of
from requests.models import (
    OWED,
    Award,
    CheckState,
    DocumentCheck,
    Exclusion,
    Instalment,
    ProgrammePermit,
    ReceiveBy,
    SupportRequest,
)
from requests.rules import carried_decision, days_in_words, decidable_today, open_decision
from requests.states import State
from requests.visits.assigning import assigned, ended

PAPERS_REMINDER_AFTER = timedelta(days=7)


def of(case: Any, action: str, *, by: Any, facts: dict[str, Any]) -> None:
    """Carry out what follows from `action`; most actions bring nothing."""
    if follow := FOLLOWS.get((type(case), action)):
        follow(case, by, facts)


def tell(case: Any, event: str, *, once: str = "") -> None:
    """Promise the person served a message about their request or permit."""
    outbox.post(event_for(case, event), to=case.mobile_to_tell, about=case, once=once, facts=FACTS[type(case)](case))


def event_for(case: Any, event: str) -> str:
    """The variant of a message that is true of this case: with its date, without one yet, or with it reached."""
    if event == "request_received" and case.informed_at is None:
        return "request_received_by_letter"
    if event == "request_received" and case.earliest_decision_on is None:
        return "request_received_wait_from_referral"
    if event == "sent_to_committee" and decidable_today(case):
        return "sent_to_committee_any_day"
    if event == "decision_issued" and is_final(case):
        return "decision_issued_final"
    return event


def exclude(case: SupportRequest, user: User, why: str) -> None:
    Exclusion.objects.get_or_create(case=case, user=user, why=why)


def papers_asked(case: SupportRequest, by: User, facts: dict[str, Any]) -> None:
    """Each paper named is awaited anew; one that was not on the list joins it. What was wrong with it stays said."""
    for code, label in facts["papers"].items():
        check, _created = DocumentCheck.objects.get_or_create(case=case, code=code, defaults={"label": label})
        check.reason = check.reason if check.state == CheckState.PROBLEM else ""
        check.state, check.carried = CheckState.NOT_GIVEN, None
        check.save(update_fields=["state", "reason", "carried"])
    if case.came_from == State.COMMITTEE_REVIEW:
        settle_decision(case)
    due = clock.today() + PAPERS_REMINDER_AFTER
    reminders.remind("papers_awaited", about=case, on=due, once=f"{case.steps.count()}")


def verified(case: SupportRequest, by: User, facts: dict[str, Any]) -> None:
    exclude(case, by, Exclusion.Why.VERIFIER)


def recommended(case: SupportRequest, by: User, facts: dict[str, Any]) -> None:
    exclude(case, by, Exclusion.Why.RESEARCHER)
    if case.received_by:
        exclude(case, case.received_by, Exclusion.Why.ENTERED)
    detect(case)
    if case.earliest_decision_on and not decidable_today(case):  # else the message of this move says so already
        reminders.remind("earliest_date_reached", about=case, on=case.earliest_decision_on)


def returned(case: SupportRequest, by: User, facts: dict[str, Any]) -> None:
    """The study is open again: what was missing is added and the case recommended anew."""
    if open_decision(case):  # an outdated study goes back without one
        settle_decision(case)
    case.study.completed_at = None
    case.study.save(update_fields=["completed_at"])


def settle_decision(case: SupportRequest) -> None:
    decision = carried_decision(case)
    decision.settled_at = clock.now()
    decision.save(update_fields=["settled_at"])


def issued(case: SupportRequest, by: User, facts: dict[str, Any]) -> None:
    decision = carried_decision(case)
    decided_on = cast(date, case.decided_on)  # written by the move whose effect this is
    decision.issued_by, decision.decided_on, decision.settled_at = by, decided_on, clock.now()
    decision.objections_until = counted_from(decided_on)
    decision.save(update_fields=["issued_by", "decided_on", "objections_until", "settled_at"])
    write_letter(case, decision, by=by)
    exclude(case, by, Exclusion.Why.ISSUED)


def registered(case: SupportRequest, by: User, facts: dict[str, Any]) -> None:
    """The file number, given once, and what there is to deliver, as one instalment until it is planned (rule 4)."""
    give_file_number(case.person.current, by=by)
    decision = case.decisions.filter(outcome="approve", issued_by__isnull=False).latest("settled_at")
    award = Award.objects.create(
        case=case,
        kind=decision.kind,
        what=decision.what,
        total=decision.amount or None,
        months=decision.months,
        items=decision.what if asks_of(decision.kind).items else "",
    )
    if case.receive_by == ReceiveBy.TRANSFER:
        award.verify_iban(case.person.current.iban or "", by=by)
        award.save()
    Instalment.objects.create(case=case, number=1, amount=award.total, due_on=clock.today())


def reopened(case: SupportRequest, by: User, facts: dict[str, Any]) -> None:
    """The objection is taken up; whoever took the first decision takes no part in the second."""
    Appeal.objects.filter(case=case, reopened_at=None).update(reopened_at=clock.now(), reopened_by=by)
    first_hands = case.exclusions.filter(why__in=Exclusion.FROM_CARRYING_OUT)
    for user_id in set(first_hands.values_list("user_id", flat=True)):
        exclude(case, User(pk=user_id), Exclusion.Why.FIRST_DECISION)
    detect(case)


def papers_came(case: SupportRequest, by: User, facts: dict[str, Any]) -> None:
    """Before the committee again: whom the file names now may not be who it named then."""
    if case.state == State.COMMITTEE_REVIEW:
        detect(case)


def request_facts(case: SupportRequest) -> dict[str, str]:
    """The placeholders a message about a support request may use."""
    owed = case.checks.filter(state__in=OWED)
    return {
        "reference": format_reference(case.reference),
        "earliest": format_dual(case.earliest_decision_on) if case.earliest_decision_on else "",
        "papers": "، ".join(paper_in_words(check) for check in owed),
        "link": settings.PORTAL_URL + reverse("requests:status_link", args=[case.status_token]),
        "min_days_words": days_in_words(case.min_decision_days),
    }


def paper_in_words(check: DocumentCheck) -> str:
    """A paper as a message names it: with what was wrong with the one given (product.md, verification)."""
    return f"{check.label} ({check.reason})" if check.reason else check.label


def permit_facts(permit: ProgrammePermit) -> dict[str, str]:
    return {
        "reference": format_reference(permit.reference),
        "title": permit.title,
        "link": settings.PORTAL_URL + reverse("requests:permit_status", args=[permit.status_token]),
    }


FACTS: dict[type, Callable[[Any], dict[str, str]]] = {
    SupportRequest: request_facts,
    ProgrammePermit: permit_facts,
}
FOLLOWS: dict[tuple[type, str], Callable[[Any, Any, dict[str, Any]], None]] = {
    (SupportRequest, "ask_for_papers"): papers_asked,
    (SupportRequest, "papers_complete"): papers_came,
    (SupportRequest, "verify"): verified,
    (SupportRequest, "refer_to_research"): assigned,
    (SupportRequest, "withdraw"): ended,
    (SupportRequest, "close"): ended,
    (SupportRequest, "recommend"): recommended,
    (SupportRequest, "return_to_research"): returned,
    (SupportRequest, "approve"): issued,
    (SupportRequest, "reject"): issued,
    (SupportRequest, "complete_registration"): registered,
    (SupportRequest, "reopen_on_appeal"): reopened,
}
