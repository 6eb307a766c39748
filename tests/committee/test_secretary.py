"""What the secretary and the voters are told: which case a sentence speaks of, the way to an agenda, the counts."""

import pytest
from django.conf import settings
from django.urls import reverse

from committee import actions, sheet
from committee.meetings import actions as meetings
from committee.models import Meeting, Reason
from core.references import format_reference
from oversight.demo.walk import open_meeting
from tests.cast import client_of, new_case, walk
from tests.committee.desk import standing


def english(person):
    """Reads the pages in English, whose sentences stand in the code."""
    client = client_of(person)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def page_of(person, case):
    return english(person).get(reverse("committee:case", args=[case.reference]))


def post(person, name, case, **data) -> str:
    data = {"read": standing(case.reference)} | data
    response = english(person).post(reverse(f"committee:{name}", args=[case.reference]), data, follow=True)
    return response.content.decode()


def test_a_vote_names_the_case_it_was_cast_on_though_the_next_one_is_shown(cast, case_at):
    case_at("committee_review")
    walk(new_case(by=cast.noura), cast, to="committee_review")
    first, second = [item.case for item in open_meeting(cast).items.select_related("case")]
    page = post(cast.member1, "vote", first, choice="yes")
    assert f"Request {format_reference(first.reference)}: your vote is recorded" in page
    assert reverse("committee:vote", args=[second.reference]) in page


def test_a_recusal_names_the_case_that_is_closed_from_now_on(cast, item):
    page = post(cast.member1, "conflict", item.case, why="قرابة")
    assert f"Request {format_reference(item.case.reference)}: your conflict of interest is recorded" in page


def test_an_issued_decision_names_its_case(cast, carried, day_one):
    day_one.move_to(f"{carried.earliest_decision_on}T09:00:00+03:00", tick=False)
    page = post(cast.chair, "issue", carried)
    assert f"Request {format_reference(carried.reference)}: the decision is issued" in page


# The way to an agenda


def test_with_no_meeting_open_the_way_is_to_open_one(cast, case_at):
    case = case_at("committee_review")
    advice = page_of(cast.secretary, case).context["advice"]
    assert advice["url"] == reverse("committee:queue")
    assert "Open a meeting" in page_of(cast.secretary, case).content.decode()


def test_a_case_that_came_after_the_meeting_opened_waits_for_the_next_one(cast, case_at):
    meeting = open_meeting(cast)
    case = case_at("committee_review")
    advice = page_of(cast.secretary, case).context["advice"]
    assert advice["url"] == reverse("committee:meeting", args=[meeting.number])
    meetings.close_meeting(meeting, by=cast.secretary)
    meetings.open_meeting(by=cast.secretary)
    assert Meeting.objects.get(closed_at=None).items.filter(case=case).exists()


def test_a_case_whose_meeting_closed_without_a_vote_is_brought_anew(cast, item):
    meetings.close_meeting(item.meeting, by=cast.secretary)
    assert page_of(cast.secretary, item.case).context["advice"]["url"] == reverse("committee:queue")


def test_a_postponed_case_says_when(cast, case_at):
    case = case_at("committee_review")
    actions.postpone(case, by=cast.secretary, until=case.earliest_decision_on)
    assert "url" not in page_of(cast.secretary, case).context["advice"]


@pytest.mark.parametrize("who", ["secretary", "member1"])
def test_a_case_on_an_open_agenda_needs_no_advice(cast, item, who):
    assert page_of(getattr(cast, who), item.case).context["advice"] is None


def test_the_advice_is_the_secretarys(cast, case_at):
    assert page_of(cast.member1, case_at("committee_review")).context["advice"] is None


# The counts of a closed vote


def closed_on(person, case) -> dict:
    return page_of(person, case).context["ballot"]["closed"][0]


@pytest.fixture
def lost(item, cast, votes):
    votes(yes=[cast.chair], no=cast.voters[1:4])
    actions.close_vote(item, by=cast.secretary)
    return item.case


def test_the_secretary_reads_the_counts_and_not_who_voted_what(cast, lost):
    shown = closed_on(cast.secretary, lost)
    assert (shown["tally"], shown["votes"]) == ("Agree: 1 · do not agree: 3 · abstain: 0", [])
    assert "Agree: 1 · do not agree: 3 · abstain: 0" in page_of(cast.secretary, lost).content.decode()


def test_a_voter_reads_both(cast, lost):
    shown = closed_on(cast.member1, lost)
    assert shown["tally"] == "Agree: 1 · do not agree: 3 · abstain: 0"
    assert len(shown["votes"]) == 4


def test_while_the_vote_is_open_there_are_no_counts(cast, item, votes):
    votes(yes=[cast.chair])
    assert page_of(cast.secretary, item.case).context["ballot"]["closed"] == []


def test_a_conflict_declared_afterwards_changes_no_count(cast, lost):
    actions.declare_conflict(lost, by=cast.member1, why="قرابة")
    assert closed_on(cast.secretary, lost)["tally"] == "Agree: 1 · do not agree: 3 · abstain: 0"


def test_each_of_two_votes_on_a_case_has_its_own_counts(cast, item, lost, votes):
    actions.put_motion(item, by=cast.secretary, outcome="return_to_research", reasons="زيارة ثانية")
    votes(yes=cast.voters[:4])
    actions.close_vote(item, by=cast.secretary)
    assert [row.yes for row in sheet.closed_motions(item)] == [4, 1]


# Attendance


def test_after_attendance_the_focus_goes_back_to_the_seat_that_was_marked(cast, case_at):
    case_at("committee_review")
    meeting = meetings.open_meeting(by=cast.secretary)
    seat, client = cast.member1.seats.get(), client_of(cast.secretary)
    url = reverse("committee:attendance", args=[meeting.number])
    where = client.post(url, {"seat": seat.pk, "present": "on"}).url
    assert where.endswith(f"#seat-{seat.pk}")
    assert f'id="seat-{seat.pk}"' in client.get(where).content.decode()


# Reasons from the list


@pytest.fixture
def reason(db):
    text = "دخل أسرتك أعلى من الحد الذي نستطيع مساعدته."
    return Reason.objects.create(outcome="reject", label="الدخل كافٍ", text=text)


def test_a_reason_of_the_list_is_enough(cast, item, reason):
    post(cast.secretary, "put_motion", item.case, outcome="reject", reason=reason.pk, reasons="")
    assert item.motions.get(closed_at=None).reasons == reason.text


def test_what_is_written_goes_before_the_list(cast, item, reason):
    post(cast.secretary, "put_motion", item.case, outcome="reject", reason=reason.pk, reasons="دخلك كافٍ لهذا الإيجار.")
    assert item.motions.get(closed_at=None).reasons == "دخلك كافٍ لهذا الإيجار."


def test_a_reason_no_longer_offered_is_refused(cast, item, reason):
    Reason.objects.update(is_active=False)
    post(cast.secretary, "put_motion", item.case, outcome="reject", reason=reason.pk)
    assert item.motions.count() == 1


def test_part_of_what_was_asked_is_decided_as_such(cast, item):
    facts = {"kind": "bill", "what": "أجرة شهرين", "amount": "2000", "months": "2", "partial": "on"}
    facts["reasons"] = "هذا ما تسمح به الموارد."
    post(cast.secretary, "put_motion", item.case, outcome="approve", **facts)
    for voter in cast.voters[:3]:
        actions.cast_vote(item, by=voter, choice="yes")
    actions.close_vote(item, by=cast.secretary)
    decision = item.case.decisions.get()
    assert (decision.kind, decision.months, decision.partial, decision.amount) == ("bill", 2, True, 2000)
