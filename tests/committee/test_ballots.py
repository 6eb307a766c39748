"""Open and secret votes, those agreed to together, and issuing everything whose date has come."""

import pytest
from django.urls import reverse

from committee import actions, rules, sheet
from committee.meetings import actions as meetings
from committee.models import Vote
from core.errors import Refused
from oversight.demo.walk import open_meeting
from policies.models import Association
from requests.models import Decision, Exclusion, SupportRequest
from tests import recorded
from tests.cast import client_of, new_case, walk
from tests.committee.desk import standing


@pytest.fixture
@recorded.kept_rows
def three(cast, case_at):
    """Three cases on the agenda of an open meeting with all five there."""
    case_at("committee_review")
    for _again in range(2):
        walk(new_case(by=cast.noura), cast, to="committee_review")
    return list(open_meeting(cast).items.all())


def cast_all(item, people, choice="yes"):
    for person in people:
        actions.cast_vote(item, by=person, choice=choice)


def test_a_secret_vote_keeps_the_count_and_erases_who_chose_what(item, cast):
    actions.set_ballot(item, by=cast.secretary, secret=True)
    cast_all(item, cast.voters[:3])
    cast_all(item, cast.voters[3:], choice="no")
    motion = actions.close_vote(item, by=cast.secretary)
    assert (motion.yes, motion.no, motion.result) == (3, 2, "carried")
    assert set(motion.votes.values_list("choice", flat=True)) == {""}
    assert motion.votes.count() == 5


def test_an_open_vote_keeps_who_chose_what(item, cast):
    cast_all(item, cast.voters[:3])
    motion = actions.close_vote(item, by=cast.secretary)
    assert set(motion.votes.values_list("choice", flat=True)) == {"yes"}


def test_the_setting_of_the_association_begins_every_vote(cast, case_at):
    Association.objects.update(secret_ballot=True)
    case_at("committee_review")
    assert open_meeting(cast).items.get().motions.get().secret


def test_secrecy_is_chosen_before_anybody_votes(item, cast):
    cast_all(item, cast.voters[:1])
    with pytest.raises(Refused):
        actions.set_ballot(item, by=cast.secretary, secret=True)


def test_a_member_does_not_choose_secrecy(item, cast):
    with pytest.raises(Refused):
        actions.set_ballot(item, by=cast.member1, secret=True)


@pytest.mark.parametrize(("voters", "shown"), [(4, 0), (5, 5)])
def test_votes_are_hidden_until_all_have_voted(item, cast, voters, shown):
    cast_all(item, cast.voters[:voters])
    assert len(sheet.ballot(item, by=cast.member1)["so_far"]) == shown


def test_a_secret_vote_is_never_shown(item, cast):
    actions.set_ballot(item, by=cast.secretary, secret=True)
    cast_all(item, cast.voters)
    assert sheet.ballot(item, by=cast.member1)["so_far"] == []
    actions.close_vote(item, by=cast.secretary)
    assert [closed["votes"] for closed in sheet.ballot(item, by=cast.member1)["closed"]] == [[]]


def test_a_secret_vote_is_not_closed_on_the_first_voice(item, cast):
    """One voice counted alone is that member's choice; whoever will not choose abstains."""
    actions.set_ballot(item, by=cast.secretary, secret=True)
    cast_all(item, cast.voters[:4])
    with pytest.raises(Refused, match="حتى يصوّت كل الحاضرين"):
        actions.close_vote(item, by=cast.secretary)
    cast_all(item, cast.voters[4:], choice="abstain")
    assert actions.close_vote(item, by=cast.secretary).yes == 4


def test_the_hour_of_a_secret_voice_is_that_of_the_count(item, cast, day_one):
    actions.set_ballot(item, by=cast.secretary, secret=True)
    cast_all(item, cast.voters)
    day_one.shift(60)
    motion = actions.close_vote(item, by=cast.secretary)
    assert set(motion.votes.values_list("at", flat=True)) == {motion.closed_at}


def test_the_secretary_never_reads_who_votes_what(item, cast):
    cast_all(item, cast.voters)
    assert sheet.ballot(item, by=cast.secretary)["so_far"] == []


# Together


def test_a_member_agrees_with_all_that_nobody_asked_to_discuss(three, cast):
    actions.pull(three[0], by=cast.member2)
    cast_votes = actions.agree_with_all(three[0].meeting, by=cast.member1)
    assert {vote.motion.item_id for vote in cast_votes} == {three[1].pk, three[2].pk}
    assert set(Vote.objects.values_list("seat__user", "choice")) == {(cast.member1.pk, "yes")}


def test_nobody_agrees_together_in_a_secret_vote(three, cast):
    """Given together, all of them would be known to agree."""
    actions.set_ballot(three[0], by=cast.secretary, secret=True)
    cast_votes = actions.agree_with_all(three[0].meeting, by=cast.member1)
    assert {vote.motion.item_id for vote in cast_votes} == {three[1].pk, three[2].pk}


def test_what_was_not_on_the_page_is_not_agreed_to(three, cast):
    read = {rules.open_motion(item).pk for item in three[:2]}
    cast_votes = actions.agree_with_all(three[0].meeting, by=cast.member1, read=read)
    assert {vote.motion_id for vote in cast_votes} == read


def test_what_was_voted_on_stays_as_it_was(three, cast):
    cast_all(three[0], [cast.member1], choice="no")
    actions.agree_with_all(three[0].meeting, by=cast.member1)
    assert Vote.objects.get(motion__item=three[0]).choice == "no"


def test_a_conflict_keeps_its_case_out(three, cast):
    actions.declare_conflict(three[1].case, by=cast.member1, why="قرابة")
    assert three[1] not in rules.unopposed(three[0].meeting, by=cast.member1)
    assert three[0] in rules.unopposed(three[0].meeting, by=cast.member1)


def test_another_proposal_is_never_agreed_to_together(three, cast):
    actions.put_motion(three[0], by=cast.secretary, outcome="reject", reasons="الدخل كافٍ")
    assert three[0] not in rules.unopposed(three[0].meeting, by=cast.member1)


def test_without_a_quorum_nothing_is_agreed_to_together(three, cast):
    for person in cast.voters[:3]:
        meetings.mark_attendance(three[0].meeting, by=cast.secretary, seat=person.seats.get(), present=False)
    assert actions.agree_with_all(three[0].meeting, by=cast.member3) == []


def test_the_secretary_closes_those_in_which_all_have_voted(three, cast):
    for person in cast.voters:
        actions.agree_with_all(three[0].meeting, by=person)
    meetings.mark_attendance(three[0].meeting, by=cast.secretary, seat=cast.alternate.seats.get(), present=True)
    closed = actions.close_all_voted(three[0].meeting, by=cast.secretary)
    assert [each.result for each in closed] == ["carried"] * 3


def test_a_vote_that_somebody_still_owes_stays_open(three, cast):
    for person in cast.voters[:4]:
        actions.agree_with_all(three[0].meeting, by=person)
    assert actions.close_all_voted(three[0].meeting, by=cast.secretary) == []


def test_the_lists_ask_a_constant_number_of_queries(three, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        assert len(rules.unopposed(three[0].meeting, by=cast.member1)) == 3
    with django_assert_max_num_queries(15):
        rules.all_voted(three[0].meeting, by=cast.secretary)


# Issuing what is due


@pytest.fixture
def two_carried(three, cast, day_one):
    for item in three[:2]:
        cast_all(item, cast.voters[1:4])
        actions.close_vote(item, by=cast.secretary)
    return [item.case for item in three[:2]]


def decisions(cases) -> list[Decision]:
    return [case.decisions.get() for case in cases]


def test_everything_due_is_issued_in_one_go(two_carried, cast, day_one):
    page = reverse("committee:issue_due")
    assert two_carried[0].reference not in client_of(cast.chair).get(page).content.decode()
    day_one.move_to("2026-12-06T00:00:00+03:00")
    client_of(cast.chair).post(page, {"read": standing(*(case.reference for case in two_carried))})
    assert {SupportRequest.objects.get(pk=case.pk).state for case in two_carried} == {"approved"}


def test_before_its_date_nothing_is_issued_even_when_it_is_asked_for(two_carried, cast, day_one):
    day_one.move_to("2026-12-05T23:59:59+03:00")
    issued, left = actions.issue_due(decisions(two_carried), by=cast.chair)
    assert (issued, len(left)) == ([], 2)


def test_one_that_may_not_be_issued_leaves_the_others_issued(two_carried, cast, day_one):
    day_one.move_to("2026-12-06T09:00:00+03:00")
    Exclusion.objects.create(case=two_carried[0], user=cast.chair, why=Exclusion.Why.CONFLICT_DETECTED)
    issued, left = actions.issue_due(decisions(two_carried), by=cast.chair)
    assert [case.pk for case in issued] == [two_carried[1].pk]
    assert left[0][0] == two_carried[0]
    assert left[0][1]


def test_a_member_has_no_page_of_issuing(cast):
    assert client_of(cast.member1).get(reverse("committee:issue_due")).status_code == 404
