"""Two sets of minutes at one moment get two numbers, and two first signatures fix one hash."""

import functools

import pytest
from django.db import IntegrityError

from committee.minutes import actions
from committee.minutes.rules import fingerprint
from committee.models import Attendance, Meeting, Minutes, Seat
from core import clock, numbers
from core.models import Series
from tests.minutes.desk import drawn
from tests.races import at_once, waiting_for_all

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def over(cast):
    """`over(2)`: so many meetings that are over, with the chair and two members present."""

    def meetings(many: int) -> list[Meeting]:
        now = clock.now()
        made = [
            Meeting.objects.create(
                number=number, held_on=clock.today(), opened_at=now, opened_by=cast.secretary, closed_at=now
            )
            for number in range(1, many + 1)
        ]
        for meeting in made:
            for user in (cast.chair, cast.member1, cast.member2):
                Attendance.objects.create(meeting=meeting, seat=Seat.objects.get(user=user), left_at=now)
        return made

    return meetings


def drafting(meetings, cast):
    works = [functools.partial(actions.draft, meeting, by=cast.secretary) for meeting in meetings]
    return at_once(*works, met=(IntegrityError,))


def test_four_drafted_at_once_are_numbered_one_to_four(over, cast):
    drafting(over(4), cast)
    assert sorted(Minutes.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_without_the_lock_two_would_take_one_number(over, cast, monkeypatch):
    """The control."""
    meetings = over(2)
    Series.objects.get_or_create(name=f"minutes {1448}")
    unlocked = waiting_for_all(2, lambda series: Series.objects.get(name=series))
    monkeypatch.setattr(numbers, "held", unlocked)
    assert any(isinstance(each, IntegrityError) for each in drafting(meetings, cast))


def test_one_meeting_drafted_twice_at_once_has_one_set_of_minutes(over, cast):
    drafting(over(1) * 3, cast)
    assert Minutes.objects.count() == 1
    assert Series.objects.get(name__startswith="minutes").last == 1


def test_what_is_signed_while_it_is_written_is_what_was_read(over, cast):
    minutes = actions.draft(over(1)[0], by=cast.secretary)
    sign = functools.partial(actions.sign, minutes, by=cast.secretary, picture=drawn(), seen=fingerprint(minutes))
    write = functools.partial(actions.write, minutes, by=cast.secretary, discussion="كلمة أخرى", recommendations="")
    at_once(sign, write)
    minutes.refresh_from_db()
    assert minutes.is_locked != bool(minutes.discussion)
