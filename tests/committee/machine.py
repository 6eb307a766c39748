"""One request and its committee under everything that anybody may try, in any order and on any day.

Every rule tries one verb by somebody who may or may not do it; a refusal is fine, any other error is not. After each
of them the laws (laws.py) are asked of the rows. `benchmarks/state_machine.py` runs it by thousands.
"""

from collections import Counter
from datetime import time, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from committee import actions as committee
from committee.meetings import actions as meetings
from committee.models import AgendaItem, Body, Meeting
from core import clock
from core.models import StoredFile
from oversight.demo.walk import accept_papers
from requests import workflow
from requests.actions import take_for_research, tell_decision
from requests.appeal import actions as appeals
from requests.conflict.actions import disclose
from requests.delivery import actions as delivery
from requests.models import Exclusion
from requests.states import State
from requests.study.actions import recommend
from requests.visits import actions as visits
from tests.cast import amend
from tests.committee import laws
from tests.committee.tried import FIRST_MORNING, OneRequest

STARTS = ["received", "social_research", "committee_review", "carried", "rejected", "registered"]
JUMPS = [timedelta(minutes=5), timedelta(hours=15), *(timedelta(days=days) for days in (1, 6, 13, 14, 29, 400))]
MEMBERS = st.integers(0, 7)
ANYBODY = st.sampled_from(
    "noura saad huda reem chair deputy member1 member2 alternate secretary store manager judge0 judge1".split()
)
OUTCOMES = st.sampled_from("approve reject ask_for_papers return_to_research postpone".split())


class RequestAndCommittee(OneRequest):
    @initialize(start=st.sampled_from(STARTS), onward=st.integers(0, 3), tied=st.booleans())
    def begun(self, start: str, onward: int, tied: bool) -> None:
        """Some lawful steps on, so that a short walk too begins in far places."""
        self.received(start)
        if tied:
            self.recuse(2)
        for _step in range(onward):
            self.go_on("yes", secret=False)
            self.the_law_holds()

    @rule(jump=st.sampled_from(JUMPS))
    def time_passes(self, jump: timedelta) -> None:
        self.wait_until(self.now + jump)

    @rule()
    @precondition(lambda self: self.seen.case.earliest_decision_on is not None)
    def the_last_second_before_the_date(self) -> None:
        self.wait_until(clock.at(self.case.earliest_decision_on, time(0)) - timedelta(seconds=1))

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

    @rule(by=st.sampled_from(["noura", "reem", "member1", "judge0"]), what=st.sampled_from(["work_lost", "work_found"]))
    def circumstances_change(self, by: str, what: str) -> None:
        facts = {"detail": "تغيّر دخل الأسرة.", "told_by": "person"}
        self.attempt(visits.record_change, self.case, by=self.who(by), what=what, **facts)

    @rule(by=st.sampled_from(["reem", "noura"]), agrees=st.booleans())
    def a_second_opinion(self, by: str, agrees: bool) -> None:
        """Asked of the other researcher, and answered at once."""
        colleague = self.who("salem")
        opinion = self.attempt(visits.ask_opinion, self.case, by=self.who(by), colleague=colleague, question="ما ترى؟")
        if opinion:
            self.attempt(visits.answer_opinion, opinion, by=colleague, agrees=agrees, reasons="الحاجة ثابتة.")

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

    @rule(body=st.sampled_from(Body.values), told=st.booleans())
    def plan_a_meeting(self, body: str, told: bool) -> None:
        meeting = self.attempt(
            meetings.plan, by=self.who("secretary"), body=body, starts_at=self.now + timedelta(days=2)
        )
        if meeting and told:
            self.attempt(meetings.give_notice, meeting, by=self.who("secretary"))

    @rule()
    def the_planned_meeting_opens(self) -> None:
        for planned in Meeting.objects.planned():
            meeting = self.attempt(meetings.open_planned, planned, by=self.who("secretary"))
            for person in self.sitting(planned.body) if meeting else ():
                self.mark(meeting, person, present=True)

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
    def agree_together(self, member: int) -> None:
        for meeting in Meeting.objects.open():
            self.attempt(committee.agree_with_all, meeting, by=self.everybody()[member])

    @rule(member=MEMBERS)
    def ask_to_discuss(self, member: int) -> None:
        for item in self.items():
            self.attempt(committee.pull, item, by=self.everybody()[member])

    @rule(member=MEMBERS, of_this=st.booleans())
    def disclose(self, member: int, of_this: bool) -> None:
        """A member writes down who is near to them: the very person of this request, or somebody else."""
        person = self.case.person
        near = {"name": person.full_name if of_this else "سالم محمد الغريب", "relation": "أخ"}
        self.attempt(disclose, by=self.everybody()[member], relatives=[near], full_name="فهد علي المطيري")

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
            expected = self.expected(item)
            if closed := self.attempt(committee.close_vote, item, by=self.who("secretary")):
                self.counts[closed.pk] = expected

    @rule()
    def close_all_at_once(self) -> None:
        for item in self.items():
            expected = self.expected(item)
            closed = self.attempt(committee.close_all_voted, item.meeting, by=self.who("secretary")) or ()
            self.counts |= {motion.pk: expected for motion in closed if self.ours(motion)}

    def expected(self, item: AgendaItem) -> tuple[int, int, int]:
        """Yes, no and abstained as this test counts them: given in the room and not barred (no alternate sits here)."""
        motion = item.motions.filter(closed_at=None).first()
        barred = set(item.case.exclusions.filter(why__in=Exclusion.FROM_DECIDING).values_list("user_id", flat=True))
        votes = motion.votes.select_related("seat") if motion else ()
        choices = Counter(vote.choice for vote in votes if vote.seat.user_id not in barred)
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
            signature = StoredFile.objects.create(kind="png", size=1, sha256="0" * 64, file="signed.png")
            facts = {"how": "paper", "received_by_name": "محمد سالم", "signature": signature}
            self.attempt(delivery.receipt, instalment, by=self.who(by), **facts)

    @rule(by=ANYBODY, only=st.booleans())
    @precondition(lambda self: self.seen.instalments)
    def cancel(self, by: str, only: bool) -> None:
        first = self.case.instalments.outstanding().first() if only else None
        self.attempt(delivery.cancel, self.case, by=self.who(by), why="refused", note="لم يعد يحتاجها", only=first)

    @rule()
    def object(self) -> None:
        signature = StoredFile.objects.create(kind="png", size=1, sha256="0" * 64, file="signed.png")
        facts = {"text": "لم يُحسب الإيجار.", "signed": "paper", "signature": signature}
        self.attempt(appeals.write_down, self.case, by=self.who("noura"), **facts)

    @rule(by=st.sampled_from(["secretary", "chair"]))
    def take_up(self, by: str) -> None:
        self.attempt(appeals.take_up, self.case, by=self.who(by))

    @rule(by=st.sampled_from(["noura", "manager", "chair"]), how=st.sampled_from(["withdraw", "close"]))
    @precondition(lambda self: self.now > FIRST_MORNING + timedelta(days=20))
    def end_it(self, by: str, how: str) -> None:
        facts = {"why": "طلبه", "signed": True} if how == "withdraw" else {"close_reason": "death"}
        self.attempt(workflow.perform, self.case, how, by=self.who(by), **facts)

    # The lawful next step, so that the far states are reached as often as the near ones

    @rule(choice=st.sampled_from(["yes", "yes", "no"]), secret=st.booleans())
    def go_on(self, choice: str, secret: bool) -> None:
        if secret:
            self.choose_the_ballot(secret=True)
        NEXT.get(self.case.state, lambda machine, choice: None)(self, choice)

    def decide(self, choice: str) -> None:
        """Vote in whatever meeting is open; without one, wait for the date and issue, or call a meeting."""
        case = self.case
        if case.decisions.filter(settled_at=None).exists():
            self.wait_until(clock.at(case.earliest_decision_on, time(0)))
            return self.issue("chair") or self.issue("judge0")
        if not self.items():
            self.close_the_meeting()
            objected = case.steps.filter(action="reopen_on_appeal").exists()
            return self.open_a_meeting(Body.APPEALS if objected else Body.MAIN, "secretary")
        self.all_vote(choice)
        return self.close_the_vote()

    def answer(self, choice: str) -> None:
        self.object()
        self.take_up("secretary")

    def complete(self, choice: str) -> None:
        self.tell()
        self.register("noura")

    # What is always so

    @invariant()
    def the_law_holds(self) -> None:
        seen = self.seen = laws.Seen.of(self.case)
        self.reached.update([seen.case.state, *laws.passed(seen)])
        assert laws.pinned(seen.case) == self.pinned, "the pinned policy or the date moved"
        laws.the_date_holds(seen)
        laws.every_move_has_one_row_in_the_record(seen)
        laws.every_deed_has_one_row_in_the_record(seen, self.deeds)
        laws.votes_are_counted_as_the_law_counts(seen, self.counts)
        laws.nobody_tied_has_a_voice(seen)
        laws.only_what_was_approved_and_registered_is_delivered(seen)
        laws.whoever_decided_delivers_nothing(seen)
        laws.one_objection_and_other_people(seen)


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
