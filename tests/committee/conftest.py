import pytest

from committee import actions
from committee.models import AgendaItem
from oversight.demo.walk import open_meeting
from tests import recorded


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
