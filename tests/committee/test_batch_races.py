"""Batches beside single votes and other batches, and one member's many votes at once; each with its control."""

import threading
from contextlib import suppress

import pytest
from django.db import OperationalError, connection

from committee import actions, rules
from committee.models import AgendaItem, Vote
from core.errors import Refused
from oversight.demo.walk import open_meeting
from tests import emptied
from tests.races import at_once, waiting_for_all

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
PATIENCE = 1.5  # seconds a hand waits for the other where they would meet without the lock; with it they never do
HANDS = 50


@pytest.fixture
def two(cast, case_at):
    """A meeting with two cases on its agenda."""
    cases = [case_at("committee_review"), case_at("committee_review")]
    meeting = open_meeting(cast)
    items = AgendaItem.objects.filter(meeting=meeting, case__in=cases).select_related("meeting", "case")
    return meeting, list(items.order_by("position"))


@pytest.fixture
def crossing(monkeypatch):
    """Each hand has its first case when they look for each other: the batch with the meeting too, the other without."""
    hold, meet, batch = actions.held, threading.Barrier(2), threading.local()

    def look_for_the_other():
        with suppress(threading.BrokenBarrierError):
            meet.wait(PATIENCE)

    def held(meeting):
        first = getattr(batch, "first", None)
        batch.first = False
        if first is None:
            look_for_the_other()
        row = hold(meeting)
        if first:
            look_for_the_other()
        return row

    def as_the_batch(work):
        def run():
            batch.first = True
            return work()

        return run

    monkeypatch.setattr(actions, "held", held)
    return as_the_batch


def beside(other: str, two, cast, crossing, monkeypatch) -> list:
    """A member agrees with both cases while another votes on the second, or agrees with both from the end."""
    meeting, (_first, second) = two
    ask = rules.unopposed

    def unopposed(meeting, *, by):
        found = ask(meeting, by=by)
        return found[::-1] if by == cast.member2 else found

    monkeypatch.setattr(rules, "unopposed", unopposed)
    works = {
        "a vote": lambda: [actions.cast_vote(second, by=cast.member2, choice="yes")],
        "a batch": lambda: actions.agree_with_all(meeting, by=cast.member2),
    }
    agree = crossing(lambda: actions.agree_with_all(meeting, by=cast.member1))
    return at_once(agree, works[other], met=(Refused, OperationalError))


@pytest.mark.parametrize(("other", "votes"), [("a vote", 1), ("a batch", 2)])
def test_a_batch_and_another_hand_both_have_their_voice(two, cast, crossing, monkeypatch, other, votes):
    found = beside(other, two, cast, crossing, monkeypatch)
    assert [len(each) for each in found] == [2, votes]
    assert Vote.objects.count() == 2 + votes


@pytest.mark.parametrize("other", ["a vote", "a batch"])
def test_control_with_cases_taken_one_by_one_they_lock_each_other_out(two, cast, crossing, monkeypatch, other):
    monkeypatch.setattr(actions, "hold_all", lambda items: items)
    found = beside(other, two, cast, crossing, monkeypatch)
    assert [type(each) for each in found].count(OperationalError) == 1, "one of them was ended by the database"


# One member, fifty times


def fifty_times(item, cast) -> int:
    """One member votes from fifty windows at once; how many votes of theirs there are then."""
    works = [lambda: actions.cast_vote(item, by=cast.member1, choice="yes")] * HANDS
    at_once(*works, met=(Refused, Vote.MultipleObjectsReturned))
    return Vote.objects.filter(seat__user=cast.member1).count()


def without_the_lock(monkeypatch):
    """Everybody is let through before anybody has voted."""
    rows = AgendaItem.objects.select_related("meeting", "case")
    monkeypatch.setattr(actions, "hold", lambda item: rows.get(pk=item.pk))
    monkeypatch.setattr(rules, "why_not_vote", waiting_for_all(HANDS, rules.why_not_vote))


@pytest.fixture
def no_constraint(item):
    """The table without `one_vote_per_seat`, which stands again afterwards."""
    with connection.cursor() as sql:
        sql.execute("ALTER TABLE committee_vote DROP CONSTRAINT one_vote_per_seat")
    yield
    emptied.empty()  # no vote is deleted one by one
    with connection.cursor() as sql:
        sql.execute("ALTER TABLE committee_vote ADD CONSTRAINT one_vote_per_seat UNIQUE (motion_id, seat_id)")


def test_one_member_voting_fifty_times_at_once_has_one_vote(item, cast):
    assert fifty_times(item, cast) == 1


def test_with_the_lock_off_the_database_still_holds_it(item, cast, monkeypatch):
    without_the_lock(monkeypatch)
    assert fifty_times(item, cast) == 1


def test_control_without_lock_and_constraint_one_member_has_several(item, cast, monkeypatch, no_constraint):
    without_the_lock(monkeypatch)
    assert fifty_times(item, cast) > 1
