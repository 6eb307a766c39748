"""Races with real threads on PostgreSQL. Each protection has its control: with the lock off the race is lost."""

import threading
from collections import Counter
from contextlib import suppress

import pytest
from django.db import IntegrityError, connection

from committee import actions, rules
from committee.meetings import actions as meetings
from committee.models import AgendaItem, Seat, SeatRole, Vote
from committee.seats import actions as seats
from core import clock
from core.errors import Refused
from core.models import OutboxRow
from oversight.demo.walk import open_meeting
from requests import effects, workflow
from requests.models import Exclusion, Step, SupportRequest
from tests.cast import user

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
PATIENCE = 1.5  # seconds a thread waits inside the check for the other; with the lock the other never comes


def race(*runners) -> list[str]:
    """Run them at once, each on its own connection; what became of each: done, refused, or the error's name."""
    start, ends = threading.Barrier(len(runners)), []

    def run(runner):
        try:
            start.wait(10)
            runner()
            ends.append("done")
        except Refused:
            ends.append("refused")
        except Exception as error:  # the race's own damage is what the control looks for
            ends.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(runner,)) for runner in runners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(ends)


@pytest.fixture
def slow_check(monkeypatch):
    """Whoever has been let through by the check waits there for the other: the widest window a race can have."""
    ask = workflow.why_not

    def open_window():
        meet = threading.Barrier(2)

        def why_not(*args, **kwargs):
            sentence = ask(*args, **kwargs)
            if sentence is None:
                with suppress(threading.BrokenBarrierError):
                    meet.wait(PATIENCE)
            return sentence

        monkeypatch.setattr(workflow, "why_not", why_not)

    return open_window


@pytest.fixture
def let_through(monkeypatch):
    """The actions that passed the check and went on to change the case."""
    passed, follow = [], effects.of

    def of(case, action, **kwargs):
        passed.append(action)
        follow(case, action, **kwargs)

    monkeypatch.setattr(effects, "of", of)
    return passed


def without_the_lock(monkeypatch):
    monkeypatch.setattr(workflow, "lock", lambda case: type(case).objects.get(pk=case.pk))


@pytest.fixture
def due(carried, day_one):
    day_one.move_to(f"{carried.earliest_decision_on}T00:00:00+03:00")
    return carried


def fresh(case):
    return SupportRequest.objects.get(pk=case.pk)


def issue_twice(due, cast) -> list[str]:
    return race(*[lambda: actions.issue(fresh(due), by=cast.chair)] * 2)


def test_of_two_simultaneous_issuings_one_wins(due, cast, slow_check, let_through):
    slow_check()
    assert issue_twice(due, cast) == ["done", "refused"]
    assert let_through == ["approve"]
    assert Step.objects.filter(case=due, action="approve").count() == 1
    assert OutboxRow.objects.filter(event="decision_issued").count() == 1


def test_control_without_the_lock_two_issuings_pass_the_check(due, cast, slow_check, let_through, monkeypatch):
    """Both change the case; only the decision, settled by the first, still stops the second: an error, no refusal."""
    without_the_lock(monkeypatch)
    slow_check()
    assert issue_twice(due, cast) != ["done", "refused"]
    assert let_through == ["approve", "approve"]


def leave_committee(due, cast) -> int:
    """The chair issues while the officer withdraws the request; how many steps then leave the committee."""
    race(
        lambda: actions.issue(fresh(due), by=cast.chair),
        lambda: workflow.perform(fresh(due), "withdraw", by=cast.noura, why="طلب ذلك كتابةً", signed=True),
    )
    return Step.objects.filter(case=due, from_state="committee_review").count()


def test_a_case_leaves_the_committee_once(due, cast, slow_check):
    slow_check()
    assert leave_committee(due, cast) == 1


def test_control_without_the_lock_a_case_leaves_the_committee_twice(due, cast, slow_check, monkeypatch):
    without_the_lock(monkeypatch)
    slow_check()
    assert leave_committee(due, cast) == 2


def committee_of(cast, many: int) -> list:
    """`many` voting members besides the cast's own five."""
    made = [user(f"voter{number}", f"عضو {number}") for number in range(many)]
    for person in made:
        seats.appoint(by=cast.manager, user=person, role=SeatRole.MEMBER, starts_on=clock.today())
    return made


def test_fifty_votes_at_once_are_all_counted_once(cast, case_at):
    case = case_at("committee_review")
    people = [*cast.voters, *committee_of(cast, 45)]
    item = AgendaItem.objects.get(meeting=open_meeting(cast, present=people), case=case)
    ends = race(*[lambda person=person: actions.cast_vote(item, by=person, choice="yes") for person in people])
    assert ends == ["done"] * 50
    actions.close_vote(item, by=cast.secretary)
    assert (case.decisions.get().yes, Vote.objects.count()) == (50, 50)


@pytest.fixture
def recused_while_voting(item, cast, monkeypatch):
    """A member votes from one window and recuses themselves from another, between the vote's check and its row."""
    checked, ask, order = threading.Event(), rules.why_not_vote, []

    def why_not(*args, **kwargs):
        sentence = ask(*args, **kwargs)
        checked.set()
        leaving.join(PATIENCE)
        return sentence

    def leave():
        checked.wait(10)
        actions.declare_conflict(item.case, by=cast.member1, why="قرابة")
        order.append("recused")
        connection.close()

    monkeypatch.setattr(rules, "why_not_vote", why_not)
    leaving = threading.Thread(target=leave)

    def run():
        leaving.start()
        with suppress(Refused):
            actions.cast_vote(item, by=cast.member1, choice="yes")
            order.append("voted")
        leaving.join(10)
        return order

    return run


def test_whoever_recuses_themselves_while_voting_has_no_vote_afterwards(recused_while_voting, item, cast, votes):
    assert recused_while_voting() == ["voted", "recused"]
    votes(yes=cast.voters[:2])
    assert actions.close_vote(item, by=cast.secretary).yes == 2


def test_control_without_the_lock_a_vote_is_cast_after_its_recusal(recused_while_voting, monkeypatch):
    without_the_lock(monkeypatch)
    assert recused_while_voting() == ["recused", "voted"]


@pytest.fixture
def recused_while_counting(item, cast, votes, monkeypatch):
    """Two agree, one of whom recuses themselves between the count and its writing down."""
    votes(yes=cast.voters[:2])
    counted, count, order = threading.Event(), rules.tally, []

    def tally(motion):
        result = count(motion)
        counted.set()
        leaving.join(PATIENCE)
        return result

    def leave():
        counted.wait(10)
        actions.declare_conflict(item.case, by=cast.voters[0], why="قرابة")
        order.append("recused")
        connection.close()

    monkeypatch.setattr(rules, "tally", tally)
    leaving = threading.Thread(target=leave)

    def run():
        leaving.start()
        motion = actions.close_vote(item, by=cast.secretary)
        order.append(f"counted {motion.yes}")
        leaving.join(10)
        return order

    return run


def test_no_vote_is_counted_whose_member_recused_themselves_before_its_closing(recused_while_counting):
    assert recused_while_counting() == ["counted 2", "recused"]


def test_control_without_the_lock_a_recused_vote_is_counted(recused_while_counting, monkeypatch):
    without_the_lock(monkeypatch)
    assert recused_while_counting() == ["recused", "counted 2"]


def test_one_member_voting_ten_times_at_once_has_one_vote(item, cast):
    choices = ["yes", "no"] * 5
    ends = race(*[lambda choice=choice: actions.cast_vote(item, by=cast.member1, choice=choice) for choice in choices])
    assert ends == ["done"] * 10
    assert Vote.objects.filter(seat__user=cast.member1).count() == 1
    assert Exclusion.objects.filter(user=cast.member1, why=Exclusion.Why.VOTED).count() == 1


def test_a_vote_closed_twice_at_once_is_proposed_once(item, cast, votes):
    votes(yes=cast.voters[:3])
    ends = race(*[lambda: actions.close_vote(item, by=cast.secretary)] * 2)
    assert ends == ["done", "refused"]
    assert item.case.decisions.count() == 1


def test_control_without_the_lock_a_vote_closed_twice_is_no_refusal(item, cast, votes, monkeypatch):
    votes(yes=cast.voters[:3])
    meet, ask = threading.Barrier(2), rules.why_not_close_vote

    def why_not(*args, **kwargs):
        sentence = ask(*args, **kwargs)
        meet.wait(10)
        return sentence

    monkeypatch.setattr(rules, "why_not_close_vote", why_not)
    without_the_lock(monkeypatch)
    monkeypatch.setattr(actions, "held", lambda meeting: meeting)
    assert race(*[lambda: actions.close_vote(item, by=cast.secretary)] * 2) == ["IntegrityError", "done"]


@pytest.fixture
def closed_meanwhile(item, cast, votes, monkeypatch):
    """Three agree; the secretary closes the meeting from another window between the vote's check and its count."""
    votes(yes=cast.voters[:3])
    checked, count = threading.Event(), rules.tally

    def tally(motion):
        checked.set()
        leaving.join(PATIENCE)
        return count(motion)

    def leave():
        checked.wait(10)
        meetings.close_meeting(item.meeting, by=cast.secretary)
        connection.close()

    monkeypatch.setattr(rules, "tally", tally)
    leaving = threading.Thread(target=leave)

    def run():
        leaving.start()
        try:
            return actions.close_vote(item, by=cast.secretary).result
        finally:
            leaving.join(10)

    return run


def test_a_meeting_closed_while_the_votes_are_counted_waits_for_the_count(closed_meanwhile):
    assert closed_meanwhile() == "carried"


def test_control_without_the_meetings_lock_the_count_comes_after_the_meeting(closed_meanwhile, monkeypatch):
    """Only the database's own freezing of the votes still stops it: an error, no count."""
    monkeypatch.setattr(actions, "held", lambda meeting: type(meeting).objects.get(pk=meeting.pk))
    with pytest.raises(IntegrityError, match="votes stay"):
        closed_meanwhile()


def test_two_meetings_opened_at_once_are_one(cast, day_one):
    ends = race(*[lambda: meetings.open_meeting(by=cast.secretary)] * 2)
    assert Counter(ends) == {"done": 1, "refused": 1}


def test_a_seat_marked_present_twice_at_once_is_there_once(cast, day_one):
    meeting, seat = open_meeting(cast, present=[]), Seat.objects.get(user=cast.chair)
    ends = race(*[lambda: meetings.mark_attendance(meeting, by=cast.secretary, seat=seat, present=True)] * 5)
    assert ends == ["done"] * 5
    assert meeting.attendance.count() == 1
