from datetime import date
from types import SimpleNamespace

import pytest

from committee import actions
from committee.meetings import actions as meetings
from committee.models import AgendaItem, Body, SeatRole
from committee.seats.actions import appoint
from oversight.demo.walk import open_meeting
from requests.appeal.actions import take_up
from requests.models import SupportRequest
from tests import recorded
from tests.appeal.desk import objected
from tests.cast import user


@pytest.fixture
def item(cast, case_at):
    """A case on the agenda of an open meeting, on day one, with all five voting seats present."""
    case = case_at("committee_review")
    return recorded.afterwards(lambda: AgendaItem.objects.get(meeting=open_meeting(cast), case=case), "item")


@pytest.fixture
def votes(item):
    """`votes(yes=[cast.chair], no=[…])` casts them on the open motion of `item`."""

    def cast_them(**choices):
        for choice, people in choices.items():
            for person in people:
                actions.cast_vote(item, by=person, choice=choice)

    return cast_them


@pytest.fixture
def carried(item, cast, votes):
    """The case of `item` with its recommendation carried: it waits for the chair and the date."""
    votes(yes=cast.voters[1:4])
    actions.close_vote(item, by=cast.secretary)
    item.case.refresh_from_db()
    return item.case


# The appeals committee


@pytest.fixture
@recorded.kept_rows
def judges(cast):
    """The appeals committee: a chair, a deputy and two members, none of whom sits in the other."""
    names = ("chair", "deputy", "member", "member")
    people = [user(f"judge{number}", f"ناصر السلمي {number}") for number in range(4)]
    for person, role in zip(people, names, strict=True):
        appoint(by=cast.manager, user=person, role=SeatRole(role), starts_on=date(2020, 1, 1), body=Body.APPEALS)
    return SimpleNamespace(chair=people[0], deputy=people[1], all=people)


@pytest.fixture
@recorded.kept_rows
def reopened(judges, cast, case_at, day_one):
    """A rejection that was objected to and taken up: it is before those who did not decide first."""
    case = case_at("rejected")
    objected(case, cast)
    return take_up(case, by=cast.secretary)


@pytest.fixture
@recorded.kept_rows
def second(reopened, judges, cast):
    return heard(reopened, judges.all, cast)


def heard(case, people, cast) -> SupportRequest:
    """Carried by the appeals committee, on the spot."""
    meeting = meetings.open_meeting(by=cast.secretary, body=Body.APPEALS)
    for person in people:
        meetings.mark_attendance(meeting, by=cast.secretary, seat=person.seats.get(body=Body.APPEALS), present=True)
    item = meeting.items.get(case=case)
    for person in people[1:]:
        actions.cast_vote(item, by=person, choice="yes")
    actions.close_vote(item, by=cast.secretary)
    return SupportRequest.objects.get(pk=case.pk)
