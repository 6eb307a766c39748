"""A hundred runs of everything at once (trust.md); thousands are in `benchmarks/state_machine.py`."""

import os
from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from committee import rules
from committee.models import Body, SeatRole
from committee.seats.actions import appoint
from requests.rules import SUPPORT
from requests.states import State
from tests.cast import user
from tests.committee.machine import RequestAndCommittee

USUAL = {"RUNS": 50, "STEPS": 20, "SEED": 5}
RUNS, STEPS, SEED = (int(os.environ.get(f"MACHINE_{name}", usual)) for name, usual in USUAL.items())
FAR = {State.COMMITTEE_REVIEW, State.DELIVERED}
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@pytest.fixture
def world(cast):
    """The cast, and three who hear objections; one of the committee is an officer's colleague at the counter too."""
    cast.judges = [user(f"judge{number}", f"ناصر السلمي {number}") for number in range(3)]
    for person, role in zip(cast.judges, [SeatRole.CHAIR, SeatRole.MEMBER, SeatRole.MEMBER], strict=True):
        appoint(by=cast.manager, user=person, role=role, starts_on=date(2020, 1, 1), body=Body.APPEALS)
    cast.judge0, cast.judge1 = cast.judges[:2]
    cast.member1.roles = [*cast.member1.roles, "member", "service_officer"]
    cast.member1.save()
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
    assert machine.reached.keys() >= FAR, "the walk came to the far states too"


# The control: with a rule switched off the machine finds the hole.


def test_control_without_the_date_a_decision_is_issued_too_early(world, monkeypatch):
    off = tuple(guard for guard in SUPPORT.guards["approve"] if guard.__name__ != "too_early")
    monkeypatch.setitem(SUPPORT.guards, "approve", off)
    monkeypatch.setitem(SUPPORT.guards, "reject", off)
    with pytest.raises(Exception, match="decided_on_or_after_the_earliest_date|nothing_is_decided"):
        run(world, runs=300, steps=20)


def test_control_with_recused_votes_counted_the_count_is_wrong(world, monkeypatch):
    monkeypatch.setattr(rules, "counted_votes", lambda motion: list(motion.votes.select_related("seat")))
    with pytest.raises(AssertionError):
        run(world, runs=300, steps=20)
