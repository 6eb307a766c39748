"""What is always so of a request and its committee, whoever tried what before: asked of the rows after each step.

Each law says in an assertion's words which it is: rules 1, 2, 5 and 8 of the product.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from committee.models import Motion
from core import clock
from core.models import AuditRow
from policies.models import Clause
from requests.models import Appeal, Decision, Exclusion, SupportRequest
from requests.states import ACTIONS, DECIDED, State


@dataclass(frozen=True)
class Seen:
    """The rows of one case, read once for all the laws."""

    case: SupportRequest
    steps: list[tuple[str, str, str]]
    record: list[tuple[str, dict[str, Any]]]
    exclusions: list[Exclusion]
    decisions: list[Decision]
    motions: list[Motion]
    instalments: list[Any]

    @classmethod
    def of(cls, case: SupportRequest) -> "Seen":
        rows = AuditRow.objects.filter(subject_type="requests.supportrequest", subject_id=str(case.pk)).order_by("pk")
        return cls(
            case=case,
            steps=list(case.steps.order_by("pk").values_list("action", "from_state", "to_state")),
            record=list(rows.values_list("verb", "changes")),
            exclusions=list(case.exclusions.all()),
            decisions=list(case.decisions.order_by("pk")),
            motions=list(Motion.objects.filter(item__case=case).prefetch_related("votes__seat")),
            instalments=list(case.instalments.all()),
        )

    @property
    def written(self) -> Counter[str]:
        """Rows of the record about the case, by verb."""
        return Counter(verb for verb, _changes in self.record)

    def users(self, whys: tuple[Exclusion.Why, ...]) -> set[int]:
        return {row.user_id for row in self.exclusions if row.why in whys}


def passed(seen: Seen) -> list[str]:
    """What a walk must have come through somewhere, or its laws were asked of little."""
    came = {
        "secret": any(motion.secret and motion.yes is not None for motion in seen.motions),
        "recused": bool(seen.users((Exclusion.Why.CONFLICT_DECLARED,)))
        and any(m.yes is not None for m in seen.motions),
        "reopened": any(action == "reopen_on_appeal" for action, _from, _to in seen.steps),
    }
    return [name for name, true in came.items() if true]


def pinned(case: SupportRequest) -> tuple[Any, ...]:
    """What never moves once it is there."""
    return case.policy_version_id, case.min_decision_days, case.earliest_decision_on


def text_of_the_policy(case: SupportRequest) -> list[tuple[str, str]]:
    clauses = Clause.objects.filter(version=case.policy_version_id).order_by("pk")
    return list(clauses.values_list("clause_id", "text"))


def the_date_holds(seen: Seen) -> None:
    case = seen.case
    if case.state in DECIDED:
        assert case.earliest_decision_on <= case.decided_on <= clock.today(), "decided too early"
    for decision in seen.decisions:
        assert decision.decided_on is None or decision.decided_on >= case.earliest_decision_on, "issued too early"


def every_move_has_one_row_in_the_record(seen: Seen) -> None:
    moves = [(verb, *changes["state"]) for verb, changes in seen.record if verb in ACTIONS]
    assert moves == seen.steps, "a move without its one row in the record"
    assert seen.steps[-1][2] == seen.case.state, "a state without its step"
    assert all(one[2] == after[1] for one, after in pairwise(seen.steps)), "a step from where the case was not"


def every_deed_has_one_row_in_the_record(seen: Seen, deeds: Counter[str]) -> None:
    """`deeds`: how often each verb has gone through on this case."""
    written = seen.written
    assert {verb: written[verb] for verb in deeds} == dict(deeds), "a deed without its one row in the record"


def only_what_was_approved_and_registered_is_delivered(seen: Seen) -> None:
    received = [each for each in seen.instalments if each.receipted_at]
    done = [action for action, _from, _to in seen.steps]
    if received or seen.case.state == State.DELIVERED:
        assert "approve" in done, "received without approval"
        assert "complete_registration" in done[done.index("approve") :], "received without registration"
    if seen.case.state == State.DELIVERED:
        assert received, "delivered, and nothing was received"
        assert all(each.receipted_at or each.cancelled_at for each in seen.instalments), "delivered in part"


def whoever_decided_delivers_nothing(seen: Seen) -> None:
    hands = {each.receipted_by_id for each in seen.instalments if each.receipted_at}
    assert not hands & seen.users(Exclusion.FROM_CARRYING_OUT), "who decided delivered"


def votes_are_counted_as_the_law_counts(seen: Seen, counts: dict[int, tuple[int, int, int]]) -> None:
    """`counts`: by motion, yes, no and abstained as the test counted them before the vote was closed."""
    for motion in seen.motions:
        counted = (motion.yes, motion.no, motion.abstained)
        assert counts.get(motion.pk, counted) == counted, "a vote that counts not"
    for decision in seen.decisions:
        assert decision.yes > decision.no, "not carried"
        assert decision.present * 2 > decision.seats, "no quorum"
        assert decision.issued_by_id != decision.proposed_by_id, "one hand"


def nobody_tied_has_a_voice(seen: Seen) -> None:
    """A voice that counted is of somebody who was not barred when it was counted; a secret one is told by nobody."""
    ties = [(row.user_id, row.at) for row in seen.exclusions if row.why in Exclusion.FROM_DECIDING]
    for motion in seen.motions:
        for vote in motion.votes.all():
            tied = any(user == vote.seat.user_id and at < (motion.closed_at or at) for user, at in ties)
            assert not (vote.counted and tied), "a recused voice counted"
            assert not (motion.secret and motion.closed_at and vote.choice), "a secret choice was kept"


def one_objection_and_other_people(seen: Seen) -> None:
    reopened = [action for action, _from, _to in seen.steps].count("reopen_on_appeal")
    if reopened:
        assert (reopened, Appeal.objects.filter(case=seen.case).count()) == (1, 1), "a second objection"
    second = [decision.issued_by_id for decision in seen.decisions if decision.issued_by_id][1:]
    assert not set(second) & seen.users((Exclusion.Why.FIRST_DECISION,)), "the first decider decided again"
