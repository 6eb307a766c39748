"""Bring a case to a state by the real actions of the right people: for sample data and for tests."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from types import SimpleNamespace
from typing import Any

from accounts.models import User
from committee import actions as committee
from committee.meetings import actions as meetings
from committee.models import AgendaItem, Meeting, Seat
from core import uploads
from core.hijri import parse
from oversight.demo.ink import signature
from requests import workflow
from requests.actions import take_for_research, tell_decision
from requests.delivery.actions import receipt
from requests.models import CloseReason, StudyLine, SupportRequest
from requests.study.actions import recommend
from requests.verification.actions import judge_paper

Moment = Callable[[str, SupportRequest], AbstractContextManager]
TO_COMMITTEE = ["verified", "social_research", "committee_review"]
PATHS = {
    "received": [],
    "verified": TO_COMMITTEE[:1],
    "social_research": TO_COMMITTEE[:2],
    "committee_review": TO_COMMITTEE,
    "carried": [*TO_COMMITTEE, "carried"],
    "approved": [*TO_COMMITTEE, "carried", "approved"],
    "rejected": [*TO_COMMITTEE[:2], "committee_review:reject", "carried", "rejected"],
    "registered": [*TO_COMMITTEE, "carried", "approved", "registered"],
    "delivered": [*TO_COMMITTEE, "carried", "approved", "registered", "delivered"],
    "awaiting_documents": ["awaiting_documents"],
    "withdrawn": ["withdrawn"],
    "closed": ["closed"],
}


def walk(case: SupportRequest, cast: SimpleNamespace, *, to: str, moment: Moment | None = None) -> SupportRequest:
    """Walk a received case to a state. `moment(step, case)` sets the clock for each step."""
    for step in PATHS[to]:
        with moment(step, case) if moment else nullcontext():
            STEPS[step](case, cast)
        case = SupportRequest.objects.get(pk=case.pk)
    return case


def verify(case: SupportRequest, cast: SimpleNamespace) -> None:
    accept_papers(case, by=cast.officer)
    workflow.perform(case, "verify", by=cast.officer)


def accept_papers(case: SupportRequest, *, by: Any) -> None:
    for check in case.checks.all():
        until = parse("1/1/1470") if check.has_expiry else None
        judge_paper(check, by=by, state="accepted", valid_until=until, member=check.member)


def refer(case: SupportRequest, cast: SimpleNamespace) -> None:
    workflow.perform(case, "refer_to_research", by=cast.officer)


def study_and_recommend(case: SupportRequest, cast: SimpleNamespace) -> None:
    recommend(
        case,
        by=taken(case, cast),
        **household(case),
        findings="تحدثنا مع صاحب الطلب وراجعنا أوراقه، وما ذكره موافق لها.",
        recommends="approve",
        what=case.service.label,
        amount="3000" if case.policy_version.asks_household else None,
        reasons="الحاجة ثابتة، والخدمة تسدّها، ولا يوجد دعم من جهة أخرى.",
    )


def study_and_advise_against(case: SupportRequest, cast: SimpleNamespace) -> None:
    recommend(
        case,
        by=taken(case, cast),
        **household(case),
        findings="راجعنا الأوراق، والخدمة مقدّمة من جهة أخرى لهذا العام.",
        recommends="reject",
        reasons="الخدمة نفسها مقدّمة لك من جهة أخرى هذا العام.",
    )


def taken(case: SupportRequest, cast: SimpleNamespace) -> User:
    """The researcher in whose area it lies takes it up, else the one who is free."""
    by = case.researcher or cast.researcher
    take_for_research(case, by=by)
    return by


def household(case: SupportRequest) -> dict[str, Any]:
    """A study asks about income only where the policy does; one that has lines already is counted from them."""
    if not case.policy_version.asks_household:
        return {}
    people = {"household_size": case.household_size or 5}
    if StudyLine.objects.filter(study__case=case).exists():
        return people
    return people | {"income": "3000", "obligations": "1000"}


def carry(case: SupportRequest, cast: SimpleNamespace) -> None:
    """The committee agrees with the recommendation in a quorate meeting; the secretary proposes."""
    meeting = open_meeting(cast)
    item = AgendaItem.objects.get(meeting=meeting, case=case)
    for voter in cast.voters[1:]:
        committee.cast_vote(item, by=voter, choice="yes")
    committee.close_vote(item, by=cast.secretary)
    meetings.close_meeting(meeting, by=cast.secretary)


def open_meeting(cast: SimpleNamespace, *, present: list | None = None) -> Meeting:
    """Open a meeting with these people present; all voting seats unless said otherwise."""
    meeting = meetings.open_meeting(by=cast.secretary, place="قاعة الاجتماعات")
    for person in cast.voters if present is None else present:
        seat = Seat.objects.filter(body=meeting.body).exclude(role="secretary").get(user=person)
        meetings.mark_attendance(meeting, by=cast.secretary, seat=seat, present=True)
    return meeting


def issue(case: SupportRequest, cast: SimpleNamespace) -> None:
    committee.issue(case, by=cast.chair)


def register(case: SupportRequest, cast: SimpleNamespace) -> None:
    tell_decision(case, by=cast.officer, how="counter")
    workflow.perform(
        case,
        "complete_registration",
        by=cast.officer,
        receive_by="pickup",
        receive_where="مستودع الفرع الرئيس",
    )


def deliver(case: SupportRequest, cast: SimpleNamespace) -> None:
    with uploads.together() as store:
        signed = store(signature(case.reference), by_id=cast.service.pk)
        name = case.person.full_name
        receipt(case.instalments.get(), by=cast.service, how="paper", received_by_name=name, signature=signed)


def ask_for_a_paper(case: SupportRequest, cast: SimpleNamespace) -> None:
    papers = {check.code: check.label for check in case.checks.all()[:1]}
    workflow.perform(case, "ask_for_papers", by=cast.officer, papers=papers)


def withdraw(case: SupportRequest, cast: SimpleNamespace) -> None:
    workflow.perform(case, "withdraw", by=cast.officer, why="طلب صاحب الطلب ذلك كتابةً.", signed=True)


def close(case: SupportRequest, cast: SimpleNamespace) -> None:
    workflow.perform(case, "close", by=cast.manager, close_reason=CloseReason.DUPLICATE, why="له طلب آخر قائم.")


STEPS = {
    "verified": verify,
    "social_research": refer,
    "committee_review": study_and_recommend,
    "committee_review:reject": study_and_advise_against,
    "carried": carry,
    "approved": issue,
    "rejected": issue,
    "registered": register,
    "delivered": deliver,
    "awaiting_documents": ask_for_a_paper,
    "withdrawn": withdraw,
    "closed": close,
}
