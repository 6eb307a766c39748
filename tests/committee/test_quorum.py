"""More than half of the voting seats in term, at least two, present and not recused for the case (rule 5)."""

from datetime import date, timedelta

import pytest

from committee import actions, rules
from committee.meetings import actions as meetings
from committee.models import Seat, SeatRole
from committee.seats import actions as seats
from core import clock
from core.errors import Refused
from oversight.demo.walk import open_meeting
from tests.cast import new_case, walk


@pytest.mark.parametrize(("seats", "needed"), [(2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (7, 4)])
def test_more_than_half_of_the_seats_and_at_least_two(seats, needed):
    for present in range(seats + 1):
        quorum = rules.Quorum(seats=seats, present=present)
        assert quorum.needed == needed
        assert quorum.met is (present >= needed)


def test_one_member_alone_is_never_a_quorum():
    assert not rules.Quorum(seats=1, present=1).met


def seat(person):
    return Seat.objects.get(user=person)


def here(cast, *people):
    meeting = open_meeting(cast, present=people)
    return rules.quorum(meeting)


@pytest.mark.parametrize(("present", "met"), [(2, False), (3, True), (5, True)])
def test_presence_is_counted_in_voting_seats(cast, day_one, present, met):
    quorum = here(cast, *cast.voters[:present])
    assert (quorum.seats, quorum.present, quorum.met) == (5, present, met)


def test_the_secretary_does_not_count(cast, day_one):
    meeting = open_meeting(cast, present=[cast.chair, cast.deputy])
    meetings.mark_attendance(meeting, by=cast.secretary, seat=seat(cast.secretary), present=True)
    assert rules.quorum(meeting).present == 2


def test_an_alternate_fills_the_place_of_a_missing_seat(cast, day_one):
    assert here(cast, cast.chair, cast.deputy, cast.alternate).met


def test_an_alternate_is_not_a_sixth_voice(item, cast):
    meetings.mark_attendance(item.meeting, by=cast.secretary, seat=seat(cast.alternate), present=True)
    assert rules.quorum(item.meeting, item.case).present == 5
    assert "البديل" in rules.why_not_vote(item, by=cast.alternate)


def test_a_second_alternate_does_not_fill_the_same_place(item, cast):
    other = seats.appoint(by=cast.manager, user=cast.manager, role=SeatRole.ALTERNATE, starts_on=date(2020, 1, 1))
    meetings.mark_attendance(item.meeting, by=cast.secretary, seat=seat(cast.member3), present=False)
    for alternate in (seat(cast.alternate), other):
        meetings.mark_attendance(item.meeting, by=cast.secretary, seat=alternate, present=True)
    assert rules.quorum(item.meeting, item.case).present == 5


def test_whoever_leaves_is_no_longer_present(item, cast):
    meetings.mark_attendance(item.meeting, by=cast.secretary, seat=seat(cast.member3), present=False)
    assert rules.quorum(item.meeting, item.case).present == 4


def test_recusal_lowers_those_present_never_the_denominator(item, cast):
    actions.declare_conflict(item.case, by=cast.member1, why="ابن عم")
    quorum = rules.quorum(item.meeting, item.case)
    assert (quorum.seats, quorum.present) == (5, 4)
    assert rules.quorum(item.meeting).present == 5


def test_an_alternate_fills_in_for_the_recused(item, cast):
    actions.declare_conflict(item.case, by=cast.member1, why="ابن عم")
    meetings.mark_attendance(item.meeting, by=cast.secretary, seat=seat(cast.alternate), present=True)
    assert rules.quorum(item.meeting, item.case).present == 5
    assert rules.why_not_vote(item, by=cast.alternate) is None


def test_short_of_quorum_the_case_waits_and_says_so(item, cast):
    for person in cast.voters[2:]:
        actions.declare_conflict(item.case, by=person, why="قرابة")
    sentence = "لم يكتمل النصاب لهذا الطلب: الحاضرون 2 والمطلوب 3. ينتظر الطلب حتى يكتمل."
    assert rules.why_not_vote(item, by=cast.chair) == sentence
    with pytest.raises(Refused, match="لم يكتمل النصاب"):
        actions.cast_vote(item, by=cast.chair, choice="yes")
    assert rules.why_not_close_vote(item, by=cast.secretary) == sentence


def test_seats_out_of_term_count_for_nothing(cast, day_one):
    yesterday = clock.today() - timedelta(days=1)
    seats.end_term(seat(cast.member3), by=cast.manager, ends_on=yesterday)
    assert here(cast, *cast.voters).seats == 4


def test_a_term_includes_its_last_day(cast, day_one):
    seats.end_term(seat(cast.member3), by=cast.manager, ends_on=clock.today())
    assert here(cast, *cast.voters).seats == 5


def test_a_closed_account_leaves_its_seat_in_the_denominator(cast, day_one):
    type(cast.member3).objects.filter(pk=cast.member3.pk).update(is_active=False)
    quorum = here(cast, *cast.voters[:2])
    assert (quorum.seats, quorum.met) == (5, False)


def leaves_the_committee(person) -> None:
    """Their term ended yesterday, and nobody has marked that they left the room."""
    Seat.objects.filter(user=person).update(ends_on=clock.today() - timedelta(days=1))


def leaves_the_association(person) -> None:
    type(person).objects.filter(pk=person.pk).update(is_active=False)


@pytest.mark.parametrize("leaves", [leaves_the_committee, leaves_the_association])
def test_who_may_no_longer_sit_is_not_counted_though_marked_present(item, cast, votes, leaves):
    votes(yes=[cast.member1], no=[cast.member2])
    leaves(cast.member1)
    assert {seat.user for seat in rules.seats_that_count(rules.open_motion(item))} == {
        voter for voter in cast.voters if voter != cast.member1
    }
    assert rules.tally(rules.open_motion(item)).yes == 0


def test_the_alternate_takes_the_place_of_a_closed_account(item, cast):
    meetings.mark_attendance(item.meeting, by=cast.secretary, seat=seat(cast.alternate), present=True)
    assert "البديل" in rules.why_not_vote(item, by=cast.alternate)
    leaves_the_association(cast.member1)
    assert rules.why_not_vote(item, by=cast.alternate) is None


def test_a_postponed_case_is_not_taken_up_before_its_day(cast, case_at, day_one):
    case = case_at("committee_review")
    other = walk(new_case(by=cast.noura), cast, to="committee_review")
    actions.postpone(case, by=cast.secretary, until=clock.today() + timedelta(days=3))
    assert [row.case for row in open_meeting(cast).items.all()] == [other]


def test_one_meeting_is_open_at_a_time(cast, day_one):
    open_meeting(cast)
    with pytest.raises(Refused, match="يوجد اجتماع مفتوح"):
        meetings.open_meeting(by=cast.secretary)


def test_only_the_secretary_opens_a_meeting(cast, day_one):
    with pytest.raises(Refused):
        meetings.open_meeting(by=cast.chair)
