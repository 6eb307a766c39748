"""While an objection is heard, whoever decided first reads nothing of it as a member; afterwards as before."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from committee import actions
from committee.meetings import actions as meetings
from committee.minutes.actions import draft
from committee.minutes.sight import Sees, closed_to_signers, sight_of
from committee.models import Body, SeatRole
from committee.seats.actions import appoint
from core import clock
from requests.appeal.actions import take_up
from requests.models import Exclusion, SupportRequest
from requests.sight import sight_of as case_sight
from tests.appeal.desk import objected
from tests.cast import client_of, user

DOORS = ["committee:case", "requests:case", "requests:decision_letter"]
WRITES = "vote conflict put_motion close_vote issue pull".split()


def reads(person, case) -> bool:
    return SupportRequest.objects.visible_to(person).filter(pk=case.pk).exists()


@pytest.fixture
def first_hands(cast, reopened):
    """Those who voted on the first decision, and who issued it."""
    whys = Exclusion.objects.filter(case=reopened, why=Exclusion.Why.FIRST_DECISION)
    people = [person for person in cast.voters if whys.filter(user=person).exists()]
    assert len(people) >= 3
    assert cast.chair in people
    return people


def test_no_page_opens_and_no_raw_post_is_taken(reopened, first_hands, judges):
    for person in first_hands:
        client = client_of(person)
        answers = [client.get(reverse(name, args=[reopened.reference])) for name in DOORS]
        answers += [client.post(reverse(f"committee:{name}", args=[reopened.reference])) for name in WRITES]
        assert {answer.status_code for answer in answers} <= {403, 404}, "the control: others get in below"
        assert reopened.reference not in client.get(reverse("committee:queue")).content.decode()
    assert client_of(judges.chair).get(reverse("committee:case", args=[reopened.reference])).status_code == 200


def test_those_who_did_not_decide_first_read_it(reopened, first_hands, judges, cast):
    others = [person for person in cast.voters if person not in first_hands]
    assert all(reads(person, reopened) for person in [*others, *judges.all, cast.secretary])


def test_the_meeting_and_its_minutes_leave_its_row_out(reopened, first_hands, judges, cast):
    meeting = meetings.open_meeting(by=cast.secretary, body=Body.APPEALS)
    page = client_of(cast.chair).get(reverse("committee:meeting", args=[meeting.number]))
    assert page.status_code == 200
    assert reopened.reference not in page.content.decode()
    meetings.close_meeting(meeting, by=cast.secretary)
    minutes = draft(meeting, by=cast.secretary)
    assert sight_of(minutes, cast.chair).rows == {1: Sees.NOTHING}
    assert sight_of(minutes, judges.chair).rows == {1: Sees.WHOLE}


def test_it_stays_closed_while_the_hearing_waits_for_papers(reopened, first_hands, judges, cast):
    meeting = meetings.open_meeting(by=cast.secretary, body=Body.APPEALS)
    for person in judges.all:
        meetings.mark_attendance(meeting, by=cast.secretary, seat=person.seats.get(), present=True)
    item = meeting.items.get(case=reopened)
    actions.put_motion(item, by=cast.secretary, outcome="ask_for_papers", papers={"extra-1": "عقد الإيجار"})
    for person in judges.all[1:]:
        actions.cast_vote(item, by=person, choice="yes")
    actions.close_vote(item, by=cast.secretary)
    reopened.refresh_from_db()
    assert reopened.state == "awaiting_documents"
    assert not any(reads(person, reopened) for person in first_hands)


def test_when_it_is_over_they_read_it_again(second, first_hands, judges):
    assert not any(reads(person, second) for person in first_hands), "carried, not issued yet"
    actions.issue(second, by=judges.chair)
    assert all(reads(person, second) for person in first_hands)


def test_before_it_is_taken_up_they_read_it(cast, case_at):
    case = case_at("rejected")
    objected(case, cast)
    assert reads(cast.chair, case)


def test_another_role_reads_what_it_reads_and_lends_no_study(reopened, first_hands):
    officer = first_hands[-1]
    officer.roles = [*officer.roles, str(Role.OFFICER)]
    officer.save()
    assert reads(officer, reopened)
    assert not case_sight(reopened, officer).study
    assert client_of(officer).get(reverse("committee:case", args=[reopened.reference])).status_code == 404


def test_without_an_appeals_committee_the_same_holds(cast, case_at):
    """The committee hears it itself, without those who decided first; the paper they sign bears no such row."""
    case = case_at("rejected")
    objected(case, cast)
    case = take_up(case, by=cast.secretary)
    later = user("later", "سعود العمري")
    appoint(by=cast.manager, user=later, role=SeatRole.MEMBER, starts_on=clock.today())
    assert not any(reads(person, case) for person in cast.voters)
    assert reads(later, case)
    meeting = meetings.open_meeting(by=cast.secretary)
    for person in cast.voters:
        meetings.mark_attendance(meeting, by=cast.secretary, seat=person.seats.get(), present=True)
    meetings.close_meeting(meeting, by=cast.secretary)
    assert closed_to_signers(draft(meeting, by=cast.secretary)) == [1]


def test_who_decided_first_does_not_hold_the_second_hearing_as_its_secretary(reopened, first_hands, cast):
    """A member of one committee may keep the other's meetings, but not for what they decided themselves."""
    both = next(person for person in first_hands if person != cast.chair)
    appoint(by=cast.manager, user=both, role=SeatRole.SECRETARY, starts_on=clock.today(), body=Body.APPEALS)
    both.refresh_from_db()
    assert both.holds(Role.SECRETARY)
    assert not reads(both, reopened)
    assert reads(cast.secretary, reopened)
