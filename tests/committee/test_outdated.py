"""What stands open to the vote is about the case as it is now, on one agenda; ties are found whatever is refused."""

import pytest
from django.db import transaction
from django.urls import reverse

from committee import actions, rules
from committee.meetings import actions as meetings
from committee.meetings.rules import ready_queue
from committee.models import Meeting, Vote
from committee.seats.actions import sweep_ties
from committee.views import item_of
from core import clock
from core.errors import Refused
from policies.models import Association
from requests import workflow
from requests.actions import take_for_research
from requests.conflict.actions import disclose
from requests.models import Exclusion, Study, SupportRequest
from requests.study.actions import recommend
from requests.visits.actions import hand_over, record_change
from tests.cast import client_of, user
from tests.committee.desk import standing


def tie(cast, member, case) -> None:
    """The member's mobile and family name are the person's; no file is closed by it yet."""
    person = case.person.current
    facts = {"full_name": f"فهد علي {person.family_name}", "mobile": person.mobile}
    with transaction.atomic():
        disclose(by=member, relatives=[], **facts | {"mobile": "+966550000999"})
    member.disclosure.mobile = person.mobile
    member.disclosure.save()


# Studied anew in the middle of a meeting


@pytest.fixture
def studied_anew(item, cast, votes, day_one):
    """All agree; then the case goes back for a change of circumstances and comes again with another recommendation."""
    votes(yes=cast.voters)
    day_one.shift(60)
    record_change(item.case, by=cast.noura, what="work_found", detail="وجد عملًا.", told_by="person", happened_on=None)
    workflow.perform(item.case, "return_to_research", by=cast.secretary)
    case = SupportRequest.objects.get(pk=item.case_id)
    day_one.shift(60)
    facts = {"household_size": 5, "income": "9000", "obligations": "0", "findings": "يعمل الآن."}
    recommend(case, by=cast.reem, recommends="reject", reasons="الدخل كافٍ الآن.", **facts)
    return type(item).objects.get(pk=item.pk)


def test_votes_on_the_earlier_study_are_not_counted(studied_anew, cast):
    with pytest.raises(Refused):
        actions.close_vote(studied_anew, by=cast.secretary)
    assert not studied_anew.case.decisions.exists()


def test_nobody_votes_on_the_earlier_study(studied_anew, cast):
    assert rules.why_not_vote(studied_anew, by=cast.member1)
    assert rules.unopposed(studied_anew.meeting, by=cast.alternate) == []


def test_the_secretary_puts_what_the_study_says_now(studied_anew, cast):
    actions.put_motion(studied_anew, by=cast.secretary, outcome="reject", reasons="الدخل كافٍ الآن.")
    assert rules.why_not_vote(studied_anew, by=cast.member1) is None


# One agenda, one decision


def test_a_case_of_an_open_meeting_is_taken_up_by_no_other(item, cast):
    assert item.case not in ready_queue()


def test_the_page_shows_the_meeting_that_is_open(item, cast):
    later = meetings.plan(by=cast.secretary, starts_at=clock.now().replace(year=2027, month=1), place="قاعة")
    meetings.put_on_agenda(later, item.case, 1)
    assert item_of(item.case) == item


def test_what_was_carried_is_not_voted_on_again(carried, item, cast):
    later = Meeting.objects.get(pk=item.meeting_id)
    meetings.close_meeting(later, by=cast.secretary)
    again = meetings.open_meeting(by=cast.secretary)
    for person in cast.voters:
        meetings.mark_attendance(again, by=cast.secretary, seat=person.seats.get(), present=True)
    second = meetings.put_on_agenda(again, carried, 1)
    assert rules.why_not_vote(second, by=cast.member1)
    assert rules.unopposed(again, by=cast.member1) == []


# The secretary who is recused


@pytest.fixture
def recused_secretary(item, cast, votes):
    votes(yes=cast.voters)
    actions.declare_conflict(item.case, by=cast.secretary, why="قرابة")
    return item


def test_a_recused_secretary_closes_no_vote_alone_or_together(recused_secretary, cast):
    with pytest.raises(Refused):
        actions.close_vote(recused_secretary, by=cast.secretary)
    assert actions.close_all_voted(recused_secretary.meeting, by=cast.secretary) == []


def test_a_recused_secretary_puts_nothing_to_the_vote(recused_secretary, cast):
    with pytest.raises(Refused):
        actions.put_motion(recused_secretary, by=cast.secretary, outcome="reject", reasons="لا")


def test_voices_given_keep_a_proposal_though_their_owners_left_the_room(item, cast, votes):
    votes(no=cast.voters)
    for person in cast.voters:
        meetings.mark_attendance(item.meeting, by=cast.secretary, seat=person.seats.get(), present=False)
    with pytest.raises(Refused):
        actions.put_motion(item, by=cast.secretary, outcome="postpone", reasons="لاحقًا", until=clock.today())


# Ties


def test_a_tie_found_as_the_chair_issues_stays_found_though_it_is_refused(carried, cast, day_one):
    tie(cast, cast.chair, carried)
    day_one.move_to(f"{carried.earliest_decision_on}T09:00:00+03:00")
    issuing = reverse("committee:issue", args=[carried.reference])
    reply = client_of(cast.chair).post(issuing, {"read": standing(carried.reference)})
    assert reply.status_code == 404
    assert Exclusion.objects.filter(user=cast.chair, why=Exclusion.Why.CONFLICT_DETECTED).exists()


def test_whoever_is_given_a_seat_is_compared_with_what_is_before_the_committee(case_at, cast):
    case = case_at("committee_review")
    new = user("new", f"فهد علي {case.person.family_name}")
    type(new).objects.filter(pk=new.pk).update(mobile=case.person.mobile)
    from committee.seats.actions import appoint

    appoint(by=cast.manager, user=new, role="member", starts_on=clock.today())
    assert not SupportRequest.objects.visible_to(new).filter(pk=case.pk).exists()


def test_what_changed_since_is_swept_up(case_at, cast):
    case = case_at("committee_review")
    tie(cast, cast.member1, case)
    assert (sweep_ties(), sweep_ties()) == (1, 0)


# Secret choices that nobody counts


@pytest.mark.parametrize("end", ["meeting closed", "another proposal"])
def test_a_secret_vote_that_is_not_counted_is_erased_too(item, cast, end):
    actions.set_ballot(item, by=cast.secretary, secret=True)
    actions.cast_vote(item, by=cast.member1, choice="no")
    if end == "meeting closed":
        meetings.close_meeting(item.meeting, by=cast.secretary)
    else:
        actions.declare_conflict(item.case, by=cast.member1, why="قرابة")
        actions.put_motion(item, by=cast.secretary, outcome="reject", reasons="الدخل كافٍ")
    assert list(Vote.objects.values_list("choice", flat=True)) == [""]


def test_a_tie_in_a_secret_vote_is_postponed_though_the_chair_decides_open_ones(item, cast):
    Association.objects.update(casting_vote=True)
    actions.set_ballot(item, by=cast.secretary, secret=True)
    for person, choice in zip(cast.voters, ["yes", "yes", "no", "no", "abstain"], strict=True):
        actions.cast_vote(item, by=person, choice=choice)
    assert actions.close_vote(item, by=cast.secretary).result == "tied"


# Who studied it


def test_who_wrote_of_a_case_and_handed_it_over_does_not_decide_it(case_at, cast):
    case = take_for_research(case_at("social_research"), by=cast.reem)
    Study.objects.get_or_create(case=case, defaults={"researcher": cast.reem})
    other = user("other", "بدرية السلمي", "researcher")
    hand_over(case, by=cast.reem, to=other, why="إجازة")
    assert case.exclusions.filter(user=cast.reem, why=Exclusion.Why.RESEARCHER).exists()
