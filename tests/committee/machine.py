"""One request and its committee under everything that anybody may try, in any order and on any day.

Every rule tries one verb by somebody who may or may not do it; a refusal is fine, any other error is not. After each
of them the invariants of rule 5 and rule 1 are asked of the rows. `benchmarks/state_machine.py` runs it by thousands.
"""

from collections import Counter
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import time_machine
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from committee import actions as committee
from committee.meetings import actions as meetings
from committee.models import AgendaItem, Body, Meeting, Motion
from core import clock
from core.errors import Refused
from core.models import AuditRow, StoredFile
from oversight.demo.walk import accept_papers
from requests import workflow
from requests.actions import take_for_research, tell_decision
from requests.appeal import actions as appeals
from requests.delivery import actions as delivery
from requests.models import Appeal, Decision, Exclusion, Step, SupportRequest
from requests.states import ACTIONS, DECIDED, State
from requests.study.actions import recommend
from tests.cast import amend

STARTS = ["received", "social_research", "committee_review", "carried", "rejected", "registered"]
FIRST_MORNING = datetime(2026, 11, 22, 9, tzinfo=clock.RIYADH)
JUMPS = [timedelta(minutes=5), timedelta(hours=15), *(timedelta(days=days) for days in (1, 6, 13, 14, 29))]
MEMBERS = st.integers(0, 7)
ANYBODY = st.sampled_from(
    "noura saad huda reem chair deputy member1 member2 alternate secretary store manager judge0 judge1".split()
)
OUTCOMES = st.sampled_from("approve reject ask_for_papers return_to_research postpone".split())


class RequestAndCommittee(RuleBasedStateMachine):
    """`world`: the cast with an appeals committee of three, and in `starts` a request in each of `STARTS` with the
    moment at which it came there."""

    world: SimpleNamespace
    reached: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.run = transaction.atomic()
        self.run.__enter__()
        self.travel = time_machine.travel(FIRST_MORNING, tick=False)
        self.traveller = self.travel.start()
        self.now = FIRST_MORNING
        self.counts: dict[int, tuple[int, int, int]] = {}

    def teardown(self) -> None:
        self.travel.stop()
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)

    @initialize(start=st.sampled_from(STARTS))
    def received(self, start: str) -> None:
        """A request received on the first morning, or walked some way by the world already."""
        self.case_pk, self.now = self.world.starts[start]
        self.traveller.move_to(self.now)
        case = self.case
        self.pinned = (case.policy_version_id, case.min_decision_days, case.earliest_decision_on)

    # Reading

    @property
    def case(self) -> SupportRequest:
        return SupportRequest.objects.get(pk=self.case_pk)

    def who(self, name: str) -> Any:
        person = getattr(self.world, name)
        return type(person).objects.get(pk=person.pk)

    def items(self) -> list[AgendaItem]:
        found = AgendaItem.objects.filter(case=self.case_pk, meeting__in=Meeting.objects.open())
        return list(found.select_related("meeting", "case"))

    def attempt(self, verb: Any, *args: Any, **facts: Any) -> Any:
        """The verb in a transaction of its own; what is refused has left nothing behind."""
        with suppress(Refused), transaction.atomic():
            return verb(*args, **facts)
        return None

    # Time

    @rule(jump=st.sampled_from(JUMPS))
    def time_passes(self, jump: timedelta) -> None:
        self.now += jump
        self.traveller.move_to(self.now)

    @rule()
    @precondition(lambda self: self.case.earliest_decision_on is not None)
    def the_last_second_before_the_date(self) -> None:
        """The day before, at 23:59:59, wherever the clock stood; never back in time."""
        moment = clock.at(self.case.earliest_decision_on, time(0)) - timedelta(seconds=1)
        if moment > self.now:
            self.now = moment
            self.traveller.move_to(moment)

    @rule()
    @precondition(lambda self: not hasattr(self, "amended"))
    def the_policy_changes(self) -> None:
        self.amended = amend(min_decision_days=30)

    # The way to the committee

    @rule(by=st.sampled_from(["noura", "saad", "huda", "reem"]))
    def verify(self, by: str) -> None:
        if self.case.state in (State.RECEIVED, State.AWAITING_DOCUMENTS):
            self.attempt(accept_papers, self.case, by=self.who("noura"))
        self.attempt(workflow.perform, self.case, "verify", by=self.who(by))

    @rule(by=st.sampled_from(["noura", "huda"]))
    def refer(self, by: str) -> None:
        self.attempt(workflow.perform, self.case, "refer_to_research", by=self.who(by))

    @rule(by=st.sampled_from(["reem", "noura"]), advice=st.sampled_from(["approve", "reject"]))
    def study(self, by: str, advice: str) -> None:
        self.attempt(take_for_research, self.case, by=self.who(by))
        facts = {"household_size": 3, "income": "3000", "obligations": "1000", "findings": "زرنا المنزل."}
        given = {"what": "أجرة", "amount": "3000"} if advice == "approve" else {}
        self.attempt(
            recommend, self.case, by=self.who(by), recommends=advice, reasons="الحاجة ثابتة.", **facts, **given
        )

    @rule(by=ANYBODY)
    def ask_for_papers(self, by: str) -> None:
        papers = {check.code: check.label for check in self.case.checks.all()[:1]}
        self.attempt(workflow.perform, self.case, "ask_for_papers", by=self.who(by), papers=papers)

    @rule()
    def papers_come(self) -> None:
        self.attempt(accept_papers, self.case, by=self.who("noura"))
        self.attempt(workflow.perform, self.case, "papers_complete", by=self.who("noura"))

    # The meeting

    @rule(body=st.sampled_from(Body.values), by=st.sampled_from(["secretary", "secretary", "chair"]))
    def open_a_meeting(self, body: str, by: str) -> None:
        meeting = self.attempt(meetings.open_meeting, by=self.who(by), body=body)
        for person in self.sitting(body) if meeting else ():
            self.mark(meeting, person, present=True)

    def sitting(self, body: str) -> list[Any]:
        return self.world.judges if body == Body.APPEALS else self.world.voters

    def mark(self, meeting: Meeting, person: Any, *, present: bool) -> None:
        seat = person.seats.filter(body=meeting.body).exclude(role="secretary").first()
        if seat:
            self.attempt(meetings.mark_attendance, meeting, by=self.who("secretary"), seat=seat, present=present)

    @rule(member=MEMBERS, present=st.booleans())
    def somebody_comes_or_goes(self, member: int, present: bool) -> None:
        for meeting in Meeting.objects.open():
            self.mark(meeting, self.everybody()[member], present=present)

    @rule()
    def close_the_meeting(self) -> None:
        for meeting in Meeting.objects.open():
            self.attempt(meetings.close_meeting, meeting, by=self.who("secretary"))

    def everybody(self) -> list[Any]:
        return [*self.world.voters, *self.world.judges]

    @rule(member=MEMBERS, choice=st.sampled_from(["yes", "yes", "no", "abstain"]))
    def vote(self, member: int, choice: str) -> None:
        for item in self.items():
            self.attempt(committee.cast_vote, item, by=self.everybody()[member], choice=choice)

    @rule(choice=st.sampled_from(["yes", "yes", "yes", "no"]))
    def all_vote(self, choice: str) -> None:
        for item in self.items():
            for person in self.sitting(item.meeting.body):
                self.attempt(committee.cast_vote, item, by=person, choice=choice)

    @rule(member=MEMBERS)
    def recuse(self, member: int) -> None:
        self.attempt(committee.declare_conflict, self.case, by=self.everybody()[member], why="قرابة")

    @rule(secret=st.booleans())
    def choose_the_ballot(self, secret: bool) -> None:
        for item in self.items():
            self.attempt(committee.set_ballot, item, by=self.who("secretary"), secret=secret)

    @rule(outcome=OUTCOMES)
    def put_another_proposal(self, outcome: str) -> None:
        facts: dict[str, Any] = {"reasons": "الدخل كافٍ."}
        if outcome == "ask_for_papers":
            facts["papers"] = {"extra-1": "عقد الإيجار"}
        if outcome == "postpone":
            facts["until"] = clock.local_date(self.now) + timedelta(days=5)
        for item in self.items():
            self.attempt(committee.put_motion, item, by=self.who("secretary"), outcome=outcome, **facts)

    @rule()
    def close_the_vote(self) -> None:
        for item in self.items():
            motion = item.motions.filter(closed_at=None).first()
            expected = self.expected(item, motion) if motion else (0, 0, 0)
            if closed := self.attempt(committee.close_vote, item, by=self.who("secretary")):
                self.counts[closed.pk] = expected

    def expected(self, item: AgendaItem, motion: Motion) -> tuple[int, int, int]:
        """Yes, no and abstained as this test counts them: present, not barred, alternates aside (none sits here)."""
        barred = set(item.case.exclusions.filter(why__in=Exclusion.FROM_DECIDING).values_list("user_id", flat=True))
        here = set(item.meeting.attendance.filter(left_at=None).values_list("seat__user_id", flat=True)) - barred
        choices = Counter(vote.choice for vote in motion.votes.select_related("seat") if vote.seat.user_id in here)
        return choices["yes"], choices["no"], choices["abstain"]

    @rule(by=ANYBODY)
    def issue(self, by: str) -> None:
        self.attempt(committee.issue, self.case, by=self.who(by))

    @rule(
        by=ANYBODY, action=st.sampled_from(["approve", "reject", "return_to_research", "reopen_on_appeal", "deliver"])
    )
    def go_round_the_committee(self, by: str, action: str) -> None:
        """The bare action, without the verb that prepares it: whoever has the right still needs what it needs."""
        self.attempt(workflow.perform, self.case, action, by=self.who(by), why="بلا اجتماع")

    # After the decision

    @rule()
    def tell(self) -> None:
        self.attempt(tell_decision, self.case, by=self.who("noura"), how="counter")

    @rule(by=ANYBODY)
    def register(self, by: str) -> None:
        facts = {"receive_by": "pickup", "receive_where": "المستودع"}
        self.attempt(workflow.perform, self.case, "complete_registration", by=self.who(by), **facts)

    @rule(by=ANYBODY)
    def hand_over(self, by: str) -> None:
        for instalment in self.case.instalments.all():
            facts = {"how": "paper", "received_by_name": "محمد سالم"}
            self.attempt(delivery.receipt, instalment, by=self.who(by), **facts)

    @rule()
    def object(self) -> None:
        signature = StoredFile.objects.create(kind="png", size=1, sha256="0" * 64, file="signed.png")
        facts = {"text": "لم يُحسب الإيجار.", "signed": "paper", "signature": signature}
        self.attempt(appeals.write_down, self.case, by=self.who("noura"), **facts)

    @rule(by=st.sampled_from(["secretary", "chair"]))
    def take_up(self, by: str) -> None:
        self.attempt(appeals.take_up, self.case, by=self.who(by))

    @rule(by=st.sampled_from(["noura", "manager", "chair"]))
    @precondition(lambda self: self.now > FIRST_MORNING + timedelta(days=20))
    def end_it(self, by: str) -> None:
        self.attempt(workflow.perform, self.case, "withdraw", by=self.who(by), why="طلبه", signed=True)
        self.attempt(workflow.perform, self.case, "close", by=self.who(by), close_reason="death")

    # The lawful next step, so that the far states are reached as often as the near ones

    @rule(choice=st.sampled_from(["yes", "yes", "no"]))
    def go_on(self, choice: str) -> None:
        NEXT.get(self.case.state, lambda machine, choice: None)(self, choice)

    def decide(self, choice: str) -> None:
        """Vote in whatever meeting is open; without one, wait for the date and issue, or call a meeting."""
        case = self.case
        if case.decisions.filter(settled_at=None).exists():
            self.wait_until(case.earliest_decision_on)
            return self.issue("chair") or self.issue("judge0")
        if not self.items():
            self.close_the_meeting()
            objected = case.steps.filter(action="reopen_on_appeal").exists()
            return self.open_a_meeting(Body.APPEALS if objected else Body.MAIN, "secretary")
        self.all_vote(choice)
        return self.close_the_vote()

    def wait_until(self, day: date) -> None:
        moment = clock.at(day, time(0))
        if moment > self.now:
            self.now = moment
            self.traveller.move_to(moment)

    def answer(self, choice: str) -> None:
        self.object()
        self.take_up("secretary")

    def complete(self, choice: str) -> None:
        self.tell()
        self.register("noura")

    # What is always so

    @invariant()
    def the_law_holds(self) -> None:
        """Asked after every step; what each line says is rule 1, rule 5 or rule 8 of the product."""
        case = self.case
        self.reached[case.state] += 1
        self.the_date_holds(case)
        self.every_move_has_one_row_in_the_record(case)
        self.votes_are_counted_as_the_law_counts(case)
        self.whoever_decided_delivers_nothing(case)
        self.one_objection_and_other_people(case)

    def the_date_holds(self, case: SupportRequest) -> None:
        pinned = (case.policy_version_id, case.min_decision_days, case.earliest_decision_on)
        assert pinned == self.pinned, "the pinned policy or the date moved"
        if case.state in DECIDED:
            assert case.earliest_decision_on <= case.decided_on <= clock.local_date(self.now), "decided too early"

    def every_move_has_one_row_in_the_record(self, case: SupportRequest) -> None:
        steps = list(Step.objects.filter(case=case).order_by("pk").values_list("action", "from_state", "to_state"))
        rows = AuditRow.objects.filter(subject_type="requests.supportrequest", subject_id=str(case.pk)).order_by("pk")
        moves = [(row.verb, *row.changes["state"]) for row in rows if row.verb in ACTIONS]
        written = Counter(row.verb for row in rows)
        assert moves == steps, "a move without its one row in the record"
        assert steps[-1][2] == case.state, "a state without its step"
        counted = Motion.objects.filter(item__case=case).exclude(yes=None).count()
        declared = Exclusion.objects.filter(case=case, why=Exclusion.Why.CONFLICT_DECLARED).count()
        received = case.instalments.exclude(receipted_at=None).count()
        assert written["closed_vote"] == counted, "a count without its row"
        assert (written["declared_conflict"] > 0) == (declared > 0), "a recusal without its row"
        assert written["receipted"] == received, "a receipt without its row"
        assert all(one[2] == after[1] for one, after in pairwise(steps)), "a step from where the case was not"
        if case.state == State.DELIVERED:
            assert [step[0] for step in steps[-3:]] == ["approve", "complete_registration", "deliver"]

    def votes_are_counted_as_the_law_counts(self, case: SupportRequest) -> None:
        for motion in Motion.objects.filter(pk__in=self.counts):
            assert (motion.yes, motion.no, motion.abstained) == self.counts[motion.pk], "a vote that counts not"
        for decision in Decision.objects.filter(case=case):
            assert decision.yes > decision.no, "not carried"
            assert decision.present * 2 > decision.seats, "no quorum"
            assert decision.issued_by_id != decision.proposed_by_id, "one hand"
            assert decision.decided_on is None or decision.decided_on >= case.earliest_decision_on, "issued too early"

    def whoever_decided_delivers_nothing(self, case: SupportRequest) -> None:
        hands = set(case.instalments.exclude(receipted_by=None).values_list("receipted_by", flat=True))
        decided = Exclusion.objects.filter(case=case, why__in=Exclusion.FROM_CARRYING_OUT)
        assert not hands or not hands & set(decided.values_list("user_id", flat=True)), "who decided delivered"

    def one_objection_and_other_people(self, case: SupportRequest) -> None:
        if not Appeal.objects.filter(case=case).exists():
            return
        assert Appeal.objects.filter(case=case).count() == 1, "a second objection"
        rows = Exclusion.objects.filter(case=case, why=Exclusion.Why.FIRST_DECISION)
        first = set(rows.values_list("user_id", flat=True))
        second = Decision.objects.filter(case=case).exclude(issued_by=None).order_by("pk")[1:]
        assert not {decision.issued_by_id for decision in second} & first, "the first decider decided again"


NEXT: dict[str, Any] = {
    State.RECEIVED: lambda machine, choice: machine.verify("noura"),
    State.AWAITING_DOCUMENTS: lambda machine, choice: machine.papers_come(),
    State.VERIFIED: lambda machine, choice: machine.refer("noura"),
    State.SOCIAL_RESEARCH: lambda machine, choice: machine.study("reem", "approve" if choice == "yes" else "reject"),
    State.COMMITTEE_REVIEW: lambda machine, choice: machine.decide("yes"),
    State.APPROVED: lambda machine, choice: machine.complete(choice),
    State.REJECTED: lambda machine, choice: machine.answer(choice),
    State.REGISTERED: lambda machine, choice: machine.hand_over("store"),
}
