"""What the secretary is told to do so that a case comes before the committee that hears it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from committee.meetings import actions as meetings
from committee.models import AgendaItem, Body
from committee.rules import why_not_close_vote, why_not_vote
from committee.sheet import agenda_advice
from committee.views import item_of
from core import clock
from requests.models import SupportRequest
from tests.cast import client_of, new_case, walk

THREE_DAYS_ON = "2026-11-25T09:00:00+03:00"


def advice(case):
    case = SupportRequest.objects.get(pk=case.pk)
    return agenda_advice(case, item_of(case))


def in_days(days: int):
    return clock.now() + timedelta(days=days)


def page_of(meeting) -> str:
    return reverse("committee:meeting", args=[meeting.number])


@pytest.fixture
def called(cast, case_at):
    """A case frozen onto the agenda of a meeting in three days."""
    case = case_at("committee_review")
    meeting = meetings.plan(by=cast.secretary, starts_at=in_days(3), place="قاعة الاجتماعات")
    meetings.give_notice(meeting, by=cast.secretary)
    return case


def test_a_case_on_no_agenda_waits_for_a_meeting_to_be_opened(case_at):
    found = advice(case_at("committee_review"))
    assert found["url"] == reverse("committee:queue")
    assert found["sentence"].startswith("افتح اجتماعًا")


def test_a_case_on_an_agenda_to_come_is_told_of_that_meeting_and_its_day(called):
    found, meeting = advice(called), AgendaItem.objects.get(case=called).meeting
    assert found["sentence"] == (
        "الطلب في جدول اجتماع اللجنة رقم 1، يوم الأربعاء 15 جمادى الآخرة 1448هـ الموافق 25 نوفمبر 2026م."
    )
    assert found["url"] == page_of(meeting)


def test_a_meeting_opened_meanwhile_changes_nothing_for_a_case_on_an_agenda_to_come(called, cast):
    meetings.open_meeting(by=cast.secretary)
    assert "الطلب في جدول اجتماع اللجنة رقم 1" in advice(called)["sentence"]


def test_on_the_day_it_is_said_still_and_the_day_after_that_the_meeting_was_not_opened(called, day_one):
    day_one.move_to("2026-11-25T23:59:59+03:00")
    assert "ولم يُفتح" not in advice(called)["sentence"]
    day_one.move_to("2026-11-26T00:00:00+03:00")
    assert "ولم يُفتح" in advice(called)["sentence"]


def test_once_the_meeting_is_open_nothing_is_left_to_do(called, cast, day_one):
    day_one.move_to(THREE_DAYS_ON)
    meetings.open_planned(AgendaItem.objects.get(case=called).meeting, by=cast.secretary)
    assert advice(called) is None


def test_a_case_whose_meeting_was_called_off_waits_for_a_meeting_again(called, cast):
    meetings.call_off(AgendaItem.objects.get(case=called).meeting, by=cast.secretary, why="سفر الرئيس")
    assert advice(called)["sentence"].startswith("افتح اجتماعًا")


def test_a_meeting_planned_and_not_called_yet_takes_it_up_with_its_notice(case_at, cast):
    case = case_at("committee_review")
    meeting = meetings.plan(by=cast.secretary, starts_at=in_days(3), place="قاعة الاجتماعات")
    found = advice(case)
    assert "وحين تُرسل دعوته يُدرج هذا الطلب في جدوله" in found["sentence"]
    assert found["url"] == page_of(meeting)


def test_a_case_that_came_after_the_opening_waits_for_the_next_meeting(case_at, cast):
    meeting = meetings.open_meeting(by=cast.secretary)
    found = advice(case_at("committee_review"))
    assert found["sentence"].startswith("فُتح الاجتماع 1 قبل وصول هذا الطلب")
    assert found["url"] == page_of(meeting)


def test_an_open_meeting_of_the_other_committee_is_not_its_own(case_at, cast, judges):
    meetings.open_meeting(by=cast.secretary, body=Body.APPEALS)
    assert advice(case_at("committee_review"))["sentence"].startswith("افتح اجتماعًا")


def test_while_one_committee_sits_the_queue_opens_a_meeting_of_the_other_alone(cast, judges):
    meetings.open_meeting(by=cast.secretary, body=Body.APPEALS)
    page = client_of(cast.secretary).get(reverse("committee:queue")).content.decode()
    assert 'value="main"' in page
    assert 'value="appeals"' not in page
    meetings.open_meeting(by=cast.secretary)
    page = client_of(cast.secretary).get(reverse("committee:queue")).content.decode()
    assert reverse("committee:open_meeting") not in page


def test_an_objection_looks_for_a_meeting_of_the_appeals_committee(reopened, cast):
    main = meetings.open_meeting(by=cast.secretary)
    assert advice(reopened)["sentence"].startswith("افتح اجتماعًا")
    meetings.close_meeting(main, by=cast.secretary)
    appeals = meetings.plan(by=cast.secretary, starts_at=in_days(2), body=Body.APPEALS, place="المكتبة")
    assert advice(reopened)["url"] == page_of(appeals)


def test_of_two_agendas_the_one_to_come_is_shown(called, cast):
    """The case waited uncounted in a meeting of a higher number, and was then called to one planned long before."""
    item = AgendaItem.objects.get(case=called)
    over = meetings.open_meeting(by=cast.secretary)
    meetings.put_on_agenda(over, called, 1)
    meetings.close_meeting(over, by=cast.secretary)
    assert item_of(called) == item


def test_what_was_postponed_says_until_when(cast, day_one):
    case = walk(new_case(by=cast.noura), cast, to="committee_review")
    SupportRequest.objects.filter(pk=case.pk).update(postponed_until=clock.today() + timedelta(days=1))
    assert "الطلب مؤجل" in advice(case)["sentence"]


def test_before_its_meeting_has_begun_nothing_is_called_closed(case_at, cast):
    case = case_at("committee_review")
    meeting = meetings.plan(by=cast.secretary, starts_at=in_days(3), place="قاعة الاجتماعات")
    meetings.give_notice(meeting, by=cast.secretary)
    item = meeting.items.get(case=case)
    for sentence in (why_not_vote(item, by=cast.member1), why_not_close_vote(item, by=cast.secretary)):
        assert "لم يبدأ الاجتماع بعد" in sentence
