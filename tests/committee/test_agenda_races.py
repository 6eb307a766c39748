"""Two agendas frozen at one moment share no case; with the turn off they do."""

import threading
from datetime import timedelta

import pytest

from committee.meetings import actions as meetings
from committee.models import AgendaItem, Meeting
from core import clock
from core.errors import Refused
from tests.races import at_once, waiting_for_all

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def two(cast, case_at):
    """Two meetings in the calendar, none told of, and one case that is ready for either."""
    case_at("committee_review")
    return [meetings.plan(by=cast.secretary, starts_at=clock.now() + timedelta(days=days)) for days in (1, 2)]


def notices(two, cast) -> list:
    return at_once(
        *[lambda one=one: meetings.give_notice(Meeting.objects.get(pk=one.pk), by=cast.secretary) for one in two]
    )


def test_a_case_stands_on_one_agenda_and_the_other_meeting_is_not_told_of(two, cast):
    ends = notices(two, cast)
    assert AgendaItem.objects.count() == 1
    assert [isinstance(end, Refused) for end in ends].count(True) == 1
    assert Meeting.objects.exclude(notice_at=None).count() == 1


def test_control_without_the_turn_it_stands_on_two(two, cast, monkeypatch):
    monkeypatch.setattr(meetings, "take_turn", lambda: None)
    monkeypatch.setattr(meetings.rules, "why_not_give_notice", waiting_for_all(2, meetings.rules.why_not_give_notice))
    read = threading.Barrier(2)

    def detected(case):
        read.wait(10)

    monkeypatch.setattr(meetings, "detect", detected)
    notices(two, cast)
    assert AgendaItem.objects.count() == 2


def test_opened_at_once_while_another_is_told_of_the_case_is_on_one(two, cast):
    works = [
        lambda: meetings.give_notice(Meeting.objects.get(pk=two[0].pk), by=cast.secretary),
        lambda: meetings.open_meeting(by=cast.secretary),
    ]
    at_once(*works)
    assert AgendaItem.objects.count() == 1


def test_one_after_the_other_each_takes_what_is_left(two, cast):
    meetings.give_notice(two[0], by=cast.secretary)
    with pytest.raises(Refused):
        meetings.give_notice(two[1], by=cast.secretary)
    meetings.call_off(two[0], by=cast.secretary, why="عذر")
    assert meetings.give_notice(two[1], by=cast.secretary).items.count() == 1
