"""Who is there, as the page of a meeting tells it: the secretary who keeps it is not missing, nor an alternate."""

import re

from django.urls import reverse

from committee.meetings import actions as meetings
from oversight.demo.walk import open_meeting
from tests.cast import client_of


def standing(meeting, reader, person) -> str:
    """What stands beside one name."""
    page = client_of(reader).get(reverse("committee:meeting", args=[meeting.number])).content.decode()
    rows = [row for row in page.split('<li class="person">')[1:] if person.name in row]
    return " ".join(re.sub(r"<[^>]+>", " ", rows[0].split("</li>")[0]).split())


def test_the_secretary_keeps_the_meeting_and_nobody_is_absent_while_it_lasts(cast, day_one):
    meeting = open_meeting(cast, present=cast.voters[:3])
    assert standing(meeting, cast.chair, cast.secretary).endswith("أمين الاجتماع")
    assert "لم يحضر بعد" in standing(meeting, cast.chair, cast.voters[4])
    assert "حاضر" in standing(meeting, cast.chair, cast.chair)


def test_afterwards_members_who_did_not_come_were_absent_and_an_alternate_was_not(cast, day_one):
    meeting = open_meeting(cast, present=cast.voters[:3])
    meetings.close_meeting(meeting, by=cast.secretary)
    assert "غائب" in standing(meeting, cast.chair, cast.voters[4])
    assert "غائب" not in standing(meeting, cast.chair, cast.alternate)
