"""A meeting from its notice to its end: planned, told of, moved, called off, opened on its day."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.models import User
from channels import wording
from committee import actions
from committee.meetings import actions as meetings
from committee.meetings import reminding, rules
from committee.models import AgendaItem, Body, Meeting, Motion, SeatRole
from committee.seats.actions import appoint
from core import clock
from core.errors import Refused
from core.models import OutboxRow
from tests.cast import client_of, new_case, user, walk


@pytest.fixture
def reached(cast, day_one):
    """Every voting member and the secretary have a mobile on file."""
    for number, person in enumerate([*cast.voters, cast.secretary]):
        User.objects.filter(pk=person.pk).update(mobile=f"+96655000009{number}")
    return cast


@pytest.fixture
def planned(reached):
    return meetings.plan(by=reached.secretary, starts_at=in_days(3), place="قاعة الاجتماعات")


def in_days(days: int):
    return clock.now() + timedelta(days=days)


def told(event: str) -> list[str]:
    return list(OutboxRow.objects.filter(event=event).order_by("pk").values_list("address", flat=True))


def test_a_notice_freezes_the_agenda_and_reaches_every_member_with_a_mobile(planned, case_at, cast):
    case = case_at("committee_review")
    meetings.give_notice(planned, by=cast.secretary)
    later = walk(new_case(by=cast.noura), cast, to="committee_review")
    assert list(planned.items.values_list("case", flat=True)) == [case.pk]
    assert not planned.items.filter(case=later).exists()
    assert len(told("meeting_notice")) == 6  # five voting members and the secretary; the alternate has no mobile


@pytest.mark.parametrize(
    ("mobile", "who", "said"),
    [
        ("", {}, "ولم تصل الدعوة إلى أحد: لا جوالات مسجّلة"),
        ("", {"username": "deputy"}, "وأُرسلت الدعوة إلى من له جوال مسجّل"),
        ("+966550000098", {"mobile": ""}, "أُرسلت الدعوة وثبت جدول الأعمال"),
    ],
)
def test_the_page_says_whom_the_notice_reached(planned, case_at, cast, mobile, who, said):
    case_at("committee_review")
    User.objects.filter(**who).update(mobile=mobile)
    reply = client_of(cast.secretary).post(reverse("committee:give_notice", args=[planned.number]), follow=True)
    assert said in reply.content.decode()


def test_the_notice_tells_when_and_where_and_how_many_cases_and_no_case(planned, case_at, cast):
    case = case_at("committee_review")
    meetings.give_notice(planned, by=cast.secretary)
    facts = OutboxRow.objects.filter(event="meeting_notice").first().facts
    assert facts["place"] == "قاعة الاجتماعات"
    assert facts["cases"] == "طلب واحد"
    assert case.reference not in str(facts)
    assert case.person.family_name not in str(facts)


def test_the_messages_of_a_meeting_from_afar_lead_to_its_page_and_do_not_hold_its_own_link(
    reached, cast, case_at, day_one
):
    case_at("committee_review")
    afar = meetings.plan(by=cast.secretary, starts_at=in_days(3), link="https://meet.example.org/secret")
    meetings.give_notice(afar, by=cast.secretary)
    day_one.move_to("2026-11-24T08:00:00+03:00")
    reminding.sweep()
    for event in ("meeting_notice", "meeting_tomorrow"):
        sent = wording.render(event, OutboxRow.objects.filter(event=event).first().facts)
        assert f"\n{settings.PORTAL_URL}/committee/meetings/{afar.number}/\n" in sent
        assert "meet.example.org" not in sent


def test_members_may_read_the_cases_of_the_agenda_from_the_notice_on(planned, case_at, cast):
    case = case_at("committee_review")
    meetings.give_notice(planned, by=cast.secretary)
    assert type(case).objects.visible_to(cast.member1).filter(pk=case.pk).exists()


def test_no_notice_without_a_ready_case(planned, cast):
    with pytest.raises(Refused):
        meetings.give_notice(planned, by=cast.secretary)


def test_no_second_notice(planned, case_at, cast):
    case_at("committee_review")
    meetings.give_notice(planned, by=cast.secretary)
    with pytest.raises(Refused):
        meetings.give_notice(planned, by=cast.secretary)


def test_a_case_stands_on_one_agenda_to_come(planned, case_at, cast):
    case_at("committee_review")
    meetings.give_notice(planned, by=cast.secretary)
    other = meetings.plan(by=cast.secretary, starts_at=in_days(5), place="قاعة الاجتماعات")
    assert not rules.ready_queue(on=other.held_on).exists()


def test_what_is_postponed_beyond_the_day_is_not_taken_up(case_at, cast, planned):
    case = case_at("committee_review")
    actions.postpone(case, by=cast.secretary, until=planned.held_on + timedelta(days=1))
    assert not rules.ready_queue(on=planned.held_on).exists()
    assert rules.ready_queue(on=planned.held_on + timedelta(days=1)).exists()


def test_a_meeting_is_opened_on_its_day_and_on_no_other(planned, case_at, cast, day_one):
    case_at("committee_review")
    meetings.give_notice(planned, by=cast.secretary)
    day_one.move_to("2026-11-24T23:59:59+03:00")
    with pytest.raises(Refused):
        meetings.open_planned(planned, by=cast.secretary)
    day_one.move_to("2026-11-25T00:00:00+03:00")
    assert meetings.open_planned(planned, by=cast.secretary).is_open


def test_a_case_studied_anew_since_the_notice_is_put_to_the_vote_as_it_is_now(planned, case_at, cast, day_one):
    case = case_at("committee_review")
    meetings.give_notice(planned, by=cast.secretary)
    day_one.move_to("2026-11-25T09:00:00+03:00")
    case.study.what, case.study.completed_at = "أجرة ستة أشهر", clock.now()
    case.study.save()
    meetings.open_planned(planned, by=cast.secretary)
    item = AgendaItem.objects.get(meeting=planned)
    assert item.motions.get(closed_at=None).what == "أجرة ستة أشهر"
    assert item.motions.filter(result=Motion.Result.REPLACED).count() == 1


def test_a_moved_meeting_is_told_anew_only_when_it_was_told_of(planned, case_at, cast):
    meetings.move(planned, by=cast.secretary, starts_at=in_days(4), place="قاعة الاجتماعات")
    assert told("meeting_moved") == []
    case_at("committee_review")
    meetings.give_notice(planned, by=cast.secretary)
    meetings.move(planned, by=cast.secretary, starts_at=in_days(5), place="المكتبة")
    assert len(told("meeting_moved")) == 6


def test_a_meeting_called_off_gives_its_cases_back(planned, case_at, cast):
    case = case_at("committee_review")
    meetings.give_notice(planned, by=cast.secretary)
    meetings.call_off(planned, by=cast.secretary, why="سفر الرئيس")
    assert len(told("meeting_called_off")) == 6
    assert list(rules.ready_queue()) == [case]
    with pytest.raises(Refused):
        meetings.open_planned(planned, by=cast.secretary)


def test_nobody_plans_in_the_past_and_only_the_secretary_plans(cast):
    with pytest.raises(Refused):
        meetings.plan(by=cast.secretary, starts_at=clock.now())
    with pytest.raises(Refused):
        meetings.plan(by=cast.chair, starts_at=in_days(1))


def test_the_reminder_goes_the_day_before_and_once(planned, case_at, cast, day_one):
    case_at("committee_review")
    meetings.give_notice(planned, by=cast.secretary)
    assert reminding.sweep() == 0
    day_one.move_to("2026-11-24T08:00:00+03:00")
    assert reminding.sweep() == 1
    assert reminding.sweep() == 0
    assert len(told("meeting_tomorrow")) == 6


def test_a_meeting_moved_away_reminds_on_its_new_day_alone(planned, case_at, cast, day_one):
    case_at("committee_review")
    meetings.give_notice(planned, by=cast.secretary)
    meetings.move(planned, by=cast.secretary, starts_at=in_days(6), place="قاعة الاجتماعات")
    day_one.move_to("2026-11-24T08:00:00+03:00")
    reminding.sweep()
    assert told("meeting_tomorrow") == []
    day_one.move_to("2026-11-27T08:00:00+03:00")
    reminding.sweep()
    assert len(told("meeting_tomorrow")) == 6


def test_an_apology_is_ones_own_or_the_secretarys_to_take_down(planned, cast):
    seat = cast.member1.seats.get()
    meetings.apologise(planned, by=cast.member1, seat=seat, why="سفر")
    meetings.apologise(planned, by=cast.secretary, seat=cast.member2.seats.get())
    with pytest.raises(Refused):
        meetings.apologise(planned, by=cast.member1, seat=cast.chair.seats.get())
    assert planned.apologies.count() == 2
    meetings.take_back_apology(planned, by=cast.member1, seat=seat)
    assert planned.apologies.count() == 1


def test_meetings_are_numbered_without_gaps(cast):
    one = meetings.plan(by=cast.secretary, starts_at=in_days(1), place="قاعة")
    two = meetings.plan(by=cast.secretary, starts_at=in_days(2), place="قاعة")
    assert (one.number, two.number) == (1, 2)


# Two committees


@pytest.fixture
def appeals(cast):
    """A committee for objections: three who did not decide first."""
    cast.judges = [user(f"judge{number}", f"ناصر السلمي {number}") for number in range(3)]
    for person, role in zip(cast.judges, [SeatRole.CHAIR, SeatRole.MEMBER, SeatRole.MEMBER], strict=True):
        appoint(by=cast.manager, user=person, role=role, starts_on=date(2020, 1, 1), body=Body.APPEALS)
    return cast


def test_seats_of_the_other_committee_neither_count_nor_vote(appeals, case_at):
    from oversight.demo.walk import open_meeting

    case = case_at("committee_review")
    meeting = open_meeting(appeals)
    item = AgendaItem.objects.get(meeting=meeting, case=case)
    from committee.rules import quorum, why_not_vote

    assert quorum(meeting).seats == 5
    assert why_not_vote(item, by=appeals.judges[0])
    assert why_not_vote(item, by=appeals.member1) is None


def test_each_committee_may_have_one_open_meeting(appeals):
    meetings.open_meeting(by=appeals.secretary)
    meetings.open_meeting(by=appeals.secretary, body=Body.APPEALS)
    with pytest.raises(Refused):
        meetings.open_meeting(by=appeals.secretary, body=Body.APPEALS)
    assert Meeting.objects.open().count() == 2


def test_a_first_request_goes_to_the_committee_and_never_to_the_appeals_committee(appeals, case_at):
    case = case_at("committee_review")
    assert list(rules.ready_queue(Body.MAIN)) == [case]
    assert list(rules.ready_queue(Body.APPEALS)) == []


def test_a_committee_without_members_opens_nothing(cast):
    with pytest.raises(Refused):
        meetings.open_meeting(by=cast.secretary, body=Body.APPEALS)
