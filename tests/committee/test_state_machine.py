"""A hundred runs of everything at once (trust.md); thousands are in `benchmarks/state_machine.py`."""

import os
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from accounts.roles import Role
from committee import actions as committee_actions
from committee import rules
from committee.models import Body, SeatRole
from committee.seats.actions import appoint
from core import clock
from requests.rules import SUPPORT
from requests.states import State
from tests import recorded
from tests.cast import user
from tests.committee import laws
from tests.committee.machine import STARTS, RequestAndCommittee

USUAL = {"RUNS": 50, "STEPS": 15, "SEED": 5}
RUNS, STEPS, SEED = (int(os.environ.get(f"MACHINE_{name}", usual)) for name, usual in USUAL.items())
FAR = {
    State.APPROVED,
    "recused",
    "reopened",
}  # a few steps on; a long walk comes to all that follows too
FARTHER = {State.DELIVERED, State.WITHDRAWN, State.CLOSED, "secret"}
MANY = 200
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@pytest.fixture
@recorded.kept_rows
def world(cast, case_at, day_one):
    """The cast, three who hear objections, a member who hands services over too, and a request in each early state."""
    cast.judges = [user(f"judge{number}", f"ناصر السلمي {number}") for number in range(3)]
    for person, role in zip(cast.judges, [SeatRole.CHAIR, SeatRole.MEMBER, SeatRole.MEMBER], strict=True):
        appoint(by=cast.manager, user=person, role=role, starts_on=date(2020, 1, 1), body=Body.APPEALS)
    cast.judge0, cast.judge1 = cast.judges[:2]
    cast.member1.roles = [*cast.member1.roles, "member", "service_officer"]
    cast.member1.save()
    cast.salem = user("salem", "سالم الشهري", Role.RESEARCHER)
    cast.starts = {}
    for state in STARTS:
        cast.starts[state] = case_at(state).pk, clock.local(clock.now())
    return cast


def run(world, *, runs: int, steps: int, from_seed: int = SEED) -> type[RequestAndCommittee]:
    machine = type("Machine", (RequestAndCommittee,), {"world": world, "reached": Counter()})
    quiet = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # shortening a broken walk takes far longer than reading it
        report_multiple_bugs=False,
        suppress_health_check=QUIET,
    )
    run_state_machine_as_test(seed(from_seed)(machine), settings=quiet)
    return machine


@pytest.mark.parametrize("half", [0, 1])
def test_the_invariants_hold_whatever_anybody_tries(world, half):
    """Each half by itself, so that both cores walk; together a hundred runs, or as many as are asked for."""
    machine = run(world, runs=RUNS, steps=STEPS, from_seed=SEED + half)
    far = FAR | FARTHER if RUNS >= MANY else FAR
    assert not far - set(machine.reached), machine.reached


# The controls: with a rule switched off the same walk breaks an invariant.


@pytest.fixture
def machine(world):
    made = type("Machine", (RequestAndCommittee,), {"world": world, "reached": Counter()})()
    yield made
    made.teardown()


def test_control_a_pinned_date_that_moves_is_missed(machine, monkeypatch):
    machine.received("committee_review")
    machine.the_law_holds()
    monkeypatch.setattr(laws, "pinned", lambda case: (case.policy_version_id, case.min_decision_days, clock.today()))
    with pytest.raises(AssertionError, match="the date moved"):
        machine.the_law_holds()


def test_control_a_policy_whose_text_changes_is_missed(machine):
    machine.received("committee_review")
    kept, machine.text = machine.text, [("PS-5", "غيره")]
    with pytest.raises(AssertionError, match="the text of the pinned policy changed"):
        machine.text_stands()
    machine.text = kept


def test_control_what_is_received_without_registration_is_missed(machine):
    machine.received("registered")
    machine.hand_over("store")
    machine.the_law_holds()
    seen = machine.seen
    unregistered = replace(seen, steps=[step for step in seen.steps if step[0] != "complete_registration"])
    with pytest.raises(AssertionError, match="received without registration"):
        laws.only_what_was_approved_and_registered_is_delivered(unregistered)


def counted_after_a_recusal(machine) -> None:
    machine.received("committee_review")
    machine.open_a_meeting("main", "secretary")
    for member in range(3):
        machine.vote(member, "yes")
    machine.recuse(1)
    machine.close_the_vote()
    machine.the_law_holds()


def test_a_recused_vote_is_not_counted(machine):
    counted_after_a_recusal(machine)


def test_control_with_recused_votes_counted_the_count_is_wrong(machine, monkeypatch):
    monkeypatch.setattr(rules, "counted_votes", lambda motion: list(motion.votes.select_related("seat")))
    with pytest.raises(AssertionError, match="a vote that counts not"):
        counted_after_a_recusal(machine)


def issued_before_the_date(machine) -> str:
    machine.received("carried")
    machine.issue("chair")
    machine.the_law_holds()
    return machine.case.state


def test_a_carried_decision_waits_for_its_date(machine):
    assert issued_before_the_date(machine) == State.COMMITTEE_REVIEW


def test_control_without_the_rule_the_database_refuses_the_early_date(machine, monkeypatch):
    off = tuple(guard for guard in SUPPORT.guards["approve"] if guard.__name__ != "too_early")
    monkeypatch.setitem(SUPPORT.guards, "approve", off)
    with pytest.raises(IntegrityError, match="decided_on_or_after_the_earliest_date"):
        issued_before_the_date(machine)


def test_control_a_move_outside_the_workflow_is_missed_in_the_record(machine):
    machine.received("carried")
    machine.case.steps.create(action="withdraw", from_state=State.COMMITTEE_REVIEW, to_state=State.WITHDRAWN)
    with pytest.raises(AssertionError, match="a move without its one row"):
        machine.the_law_holds()


def voted_once(machine) -> None:
    machine.received("committee_review")
    machine.open_a_meeting("main", "secretary")
    machine.vote(0, "yes")
    machine.the_law_holds()


def test_a_vote_leaves_its_row(machine):
    voted_once(machine)
    assert machine.seen.written["voted"] == 1


def test_control_a_vote_without_its_row_is_missed(machine, monkeypatch):
    monkeypatch.setattr(committee_actions.audit, "record", lambda *args, **kwargs: None)
    with pytest.raises(AssertionError, match="a deed without its one row"):
        voted_once(machine)


def test_control_a_receipt_by_whoever_decided_is_missed(machine):
    machine.received("registered")
    machine.hand_over("store")
    machine.the_law_holds()
    machine.case.exclusions.create(user=machine.world.store, why="voted")
    with pytest.raises(AssertionError, match="who decided delivered"):
        machine.the_law_holds()
