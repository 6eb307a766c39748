"""Who will not come says so, or telephones: until the minutes are drafted nobody is written down as simply absent."""

import pytest
from django.urls import reverse

from committee.meetings import actions as meetings
from committee.meetings.rules import why_not_apologise
from committee.minutes.actions import draft
from committee.models import Apology, Meeting
from core.errors import Refused
from oversight.demo.walk import open_meeting
from tests.cast import client_of


@pytest.fixture
def begun(cast, day_one) -> Meeting:
    """An open meeting: the chair and three others are there, member3 is not."""
    return open_meeting(cast, present=cast.voters[:4])


@pytest.fixture
def over(begun, cast):
    return meetings.close_meeting(begun, by=cast.secretary)


def seat(person):
    return person.seats.get()


def page_of(meeting, person) -> str:
    return client_of(person).get(reverse("committee:meeting", args=[meeting.number])).content.decode()


def apologise(meeting, person, whose, **data):
    url = reverse("committee:apology", args=[meeting.number])
    return client_of(person).post(url, {"seat": seat(whose).pk} | data)


def test_whoever_telephones_once_the_meeting_is_open_is_excused_in_the_minutes(begun, cast):
    assert apologise(begun, cast.secretary, cast.member3).status_code == 302
    record = draft(meetings.close_meeting(begun, by=cast.secretary), by=cast.secretary).data
    assert [row["name"] for row in record["apologies"]] == [cast.member3.name]
    assert record["absentees"] == []


def test_a_member_sends_their_own_apology_while_the_meeting_is_open(begun, cast):
    assert "أعتذر عن الحضور" in page_of(begun, cast.member3)
    apologise(begun, cast.member3, cast.member3, why="سفر")
    assert Apology.objects.get().seat == seat(cast.member3)
    assert "أرسلت اعتذارك." in page_of(begun, cast.member3)


def test_whoever_came_is_asked_for_no_apology_and_has_none(begun, cast):
    assert "أعتذر عن الحضور" not in page_of(begun, cast.member1)
    assert "أعتذر عن الحضور" not in page_of(begun, cast.secretary)
    for person in (cast.member1, cast.secretary):
        with pytest.raises(Refused):
            meetings.apologise(begun, by=cast.secretary, seat=seat(person))
    meetings.mark_attendance(begun, by=cast.secretary, seat=seat(cast.member1), present=False)
    assert why_not_apologise(begun, seat(cast.member1), by=cast.secretary)


def test_beside_present_stands_apologises_and_its_taking_back(begun, cast):
    assert page_of(begun, cast.secretary).count("تسجيل اعتذار") == 2  # member3 and the alternate
    apologise(begun, cast.secretary, cast.member3)
    page = page_of(begun, cast.secretary)
    assert (page.count("تسجيل اعتذار"), page.count("سحب الاعتذار")) == (1, 1)
    apologise(begun, cast.secretary, cast.member3, comes="on")
    assert not Apology.objects.exists()


def test_after_the_closing_the_secretary_still_takes_it_down_and_members_do_not(over, cast):
    with pytest.raises(Refused):
        meetings.apologise(over, by=cast.member3, seat=seat(cast.member3))
    assert "أعتذر عن الحضور" not in page_of(over, cast.member3)
    assert "تسجيل اعتذار" in page_of(over, cast.secretary)
    assert "تسجيل اعتذار" not in page_of(over, cast.member3)
    meetings.apologise(over, by=cast.secretary, seat=seat(cast.member3))
    assert [row["name"] for row in draft(over, by=cast.secretary).data["apologies"]] == [cast.member3.name]


def test_once_the_minutes_are_drafted_nothing_of_it_changes(over, cast):
    meetings.apologise(over, by=cast.secretary, seat=seat(cast.alternate))
    draft(over, by=cast.secretary)
    response = apologise(over, cast.secretary, cast.member3)
    assert response.status_code == 422
    assert "أُعدّ محضر الاجتماع" in response.content.decode()
    with pytest.raises(Refused):
        meetings.take_back_apology(over, by=cast.secretary, seat=seat(cast.alternate))
    assert "تسجيل اعتذار" not in page_of(over, cast.secretary)


def test_nobody_apologises_for_a_meeting_that_was_called_off(cast, case_at):
    meeting = meetings.plan(
        by=cast.secretary, starts_at=case_at("committee_review").state_since.replace(year=2027, month=1), place="قاعة"
    )
    meetings.call_off(meeting, by=cast.secretary, why="سفر الرئيس")
    assert why_not_apologise(Meeting.objects.get(), seat(cast.member3), by=cast.secretary)
