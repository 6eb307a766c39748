"""Members are reminded of a meeting on its eve, by day, once, and never of what was said a moment ago or is over."""

from datetime import datetime

import pytest

from accounts.models import User
from committee.meetings import actions as meetings
from committee.meetings import reminding
from committee.tasks import sweep_reminders
from core.models import OutboxRow, Reminder

SEATS = 6  # five voting members and the secretary


@pytest.fixture
def called(cast, case_at):
    """`called("2026-11-25T16:30")`: planned for that hour in Riyadh, its notice given now."""
    for number, person in enumerate([*cast.voters, cast.secretary]):
        User.objects.filter(pk=person.pk).update(mobile=f"+96655000009{number}")
    case_at("committee_review")

    def call(hour: str):
        meeting = meetings.plan(by=cast.secretary, starts_at=at(hour), place="قاعة الاجتماعات")
        return meetings.give_notice(meeting, by=cast.secretary)

    return call


def at(hour: str) -> datetime:
    return datetime.fromisoformat(f"{hour}:00+03:00")


def told(event: str) -> int:
    return OutboxRow.objects.filter(event=event).count()


@pytest.mark.parametrize("hour", ["2026-11-22T16:30", "2026-11-23T09:00"])
def test_a_notice_on_the_day_or_on_the_eve_is_not_followed_by_a_reminder(called, day_one, hour):
    called(hour)
    assert told("meeting_notice") == SEATS
    for moment in ("2026-11-22T09:30", "2026-11-22T12:00", "2026-11-23T09:30"):
        day_one.move_to(f"{moment}:00+03:00", tick=False)
        sweep_reminders()
    assert told("meeting_tomorrow") == 0
    assert not Reminder.objects.filter(kind="meeting_tomorrow").exists()


def test_a_notice_two_days_before_is_followed_by_one_reminder_on_the_eve_by_day(called, day_one):
    called("2026-11-24T16:30")
    day_one.move_to("2026-11-23T00:30:00+03:00", tick=False)
    assert sweep_reminders() == 0
    assert told("meeting_tomorrow") == 0
    day_one.move_to("2026-11-23T10:00:00+03:00", tick=False)
    assert (sweep_reminders(), sweep_reminders()) == (1, 0)
    assert told("meeting_tomorrow") == SEATS


def test_one_moved_on_its_eve_is_told_of_once_that_day(called, cast, day_one):
    meeting = called("2026-11-25T16:30")
    day_one.move_to("2026-11-24T08:00:00+03:00", tick=False)
    meetings.move(meeting, by=cast.secretary, starts_at=meeting.starts_at, place="المكتبة")
    day_one.move_to("2026-11-24T10:00:00+03:00", tick=False)
    sweep_reminders()
    assert (told("meeting_moved"), told("meeting_tomorrow")) == (SEATS, 0)


def test_a_reminder_that_was_held_up_is_not_sent_after_the_meeting_began(called, day_one):
    called("2026-11-25T11:00")
    day_one.move_to("2026-11-25T11:00:00+03:00", tick=False)
    reminding.sweep()
    assert told("meeting_tomorrow") == 0


def test_one_that_was_held_up_till_the_morning_is_still_sent(called, day_one):
    called("2026-11-25T16:30")
    day_one.move_to("2026-11-25T10:00:00+03:00", tick=False)
    sweep_reminders()
    assert told("meeting_tomorrow") == SEATS
