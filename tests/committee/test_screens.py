"""The committee's pages, as each of its people meets them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from committee import actions
from committee.meetings import actions as meetings
from committee.models import AgendaItem, Meeting, Motion, Vote
from core import clock
from core.models import AuditRow, ReadRow
from core.references import format_reference
from oversight.demo.walk import carry, open_meeting
from tests.cast import client_of, new_case, walk
from tests.committee.desk import standing

FIRST_INSTANT_OF_DAY_14 = "2026-12-06T00:00:00+03:00"


def get(person, name, *args, query=""):
    return client_of(person).get(reverse(f"committee:{name}", args=args) + query)


def post(person, name, *args, query="", follow=False, **data):
    """Sent from the page of the case as it stands now."""
    data = {"read": standing(*args)} | data
    return client_of(person).post(reverse(f"committee:{name}", args=args) + query, data, follow=follow)


def text(response) -> str:
    """The page as it reads: no tags, one space between words."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# The queue


def test_the_queue_groups_cases_by_what_may_be_done(cast, case_at, day_one):
    carry(case_at("committee_review"), cast)
    walk(new_case(by=cast.noura), cast, to="committee_review")
    postponed = walk(new_case(by=cast.noura), cast, to="committee_review")
    actions.postpone(postponed, by=cast.secretary, until=postponed.earliest_decision_on)
    page = text(get(cast.member1, "queue"))
    assert "صوّتت اللجنة وتنتظر الإصدار" in page
    assert "لا يصدر القرار قبل الأحد 26 جمادى الآخرة 1448هـ" in page
    assert "مؤجلة" in page
    assert "يمكن أن يصدر القرار فيها اليوم" not in page


def test_from_the_date_on_a_case_may_be_decided_today(cast, case_at, day_one):
    case_at("committee_review")
    day_one.move_to(FIRST_INSTANT_OF_DAY_14)
    assert "يمكن أن يصدر القرار فيها اليوم" in text(get(cast.chair, "queue"))


def test_the_queue_names_nobody(cast, case_at):
    case = case_at("committee_review")
    assert case.person.family_name not in text(get(cast.member1, "queue"))


def test_a_case_in_conflict_is_not_in_the_queue(cast, case_at):
    case = case_at("committee_review")
    actions.declare_conflict(case, by=cast.member1, why="قرابة")
    assert case.reference not in get(cast.member1, "queue").content.decode()
    assert case.reference in get(cast.member2, "queue").content.decode()


def test_the_queue_asks_a_constant_number_of_queries(cast, case_at, django_assert_max_num_queries):
    case_at("committee_review")
    client, url = client_of(cast.secretary), reverse("committee:queue")
    with django_assert_max_num_queries(30) as one:
        client.get(url)
    for _number in range(3):
        walk(new_case(by=cast.noura), cast, to="committee_review")
    with django_assert_max_num_queries(len(one)):
        client.get(url)


def test_the_secretary_opens_a_meeting_from_the_queue(cast, case_at):
    case_at("committee_review")
    assert "يدخل جدوله طلب واحد." in text(get(cast.secretary, "queue"))
    response = post(cast.secretary, "open_meeting", place="قاعة الاجتماعات")
    assert response.url == reverse("committee:meeting", args=[1])
    assert Meeting.objects.get().items.count() == 1


def test_a_member_opens_no_meeting(cast, pack):
    response = post(cast.member1, "open_meeting", place="")
    assert response.status_code == 422
    assert "يفتح الاجتماع أمين اللجنة." in text(response)


# The meeting


def test_the_meeting_says_its_quorum_and_its_agenda(item, cast):
    response = get(cast.member1, "meeting", item.meeting.number)
    page = text(response)
    assert "اجتماع اللجنة رقم 1" in page
    assert "الأحد 12 جمادى الآخرة 1448هـ" in page
    assert "اكتمل النصاب: الحاضرون 5 والمطلوب 3." in page
    assert format_reference(item.case.reference) in response.content.decode()
    assert "لم يبدأ التصويت" in page


def test_a_meeting_without_a_quorum_says_so(cast, day_one):
    meeting = open_meeting(cast, present=cast.voters[:2])
    assert "لم يكتمل النصاب: الحاضرون 2 والمطلوب 3." in text(get(cast.member1, "meeting", meeting.number))


def test_the_secretary_marks_who_comes_and_who_leaves(cast, day_one):
    meeting = open_meeting(cast, present=[])
    seat = cast.chair.seats.get()
    post(cast.secretary, "attendance", meeting.number, seat=seat.pk, present="on")
    assert meeting.attendance.get().left_at is None
    post(cast.secretary, "attendance", meeting.number, seat=seat.pk)
    assert meeting.attendance.get().left_at is not None


def test_all_who_were_expected_are_marked_with_one_key(cast, day_one):
    """Who apologised is not among them, nor who left; the alternate is marked when one comes."""
    meeting = open_meeting(cast, present=[cast.chair, cast.member1])
    meetings.mark_attendance(meeting, by=cast.secretary, seat=cast.chair.seats.get(), present=False)
    meetings.apologise(meeting, by=cast.member2, seat=cast.member2.seats.get(), why="سفر")
    page = get(cast.secretary, "meeting", meeting.number)
    assert "تسجيل حضور العضوين معًا" in text(page)
    seats = re.findall(r'name="seats" value="(\d+)"', page.content.decode())
    assert len(seats) == 2
    post(cast.secretary, "all_present", meeting.number, seats=seats)
    here = {row.seat.user for row in meeting.attendance.filter(left_at=None)}
    assert here == {cast.member1, cast.deputy, cast.member3}
    assert "معًا" not in text(get(cast.secretary, "meeting", meeting.number))
    assert AuditRow.objects.filter(verb="attendance", changes__present=True).count() == len(here) + 1


def test_a_page_that_stood_open_marks_nobody_it_did_not_show_or_who_apologised_since(cast, day_one):
    meeting = open_meeting(cast, present=[])
    shown = [cast.chair.seats.get().pk, cast.member1.seats.get().pk, cast.alternate.seats.get().pk]
    meetings.apologise(meeting, by=cast.member1, seat=cast.member1.seats.get())
    post(cast.secretary, "all_present", meeting.number, seats=shown)
    assert [row.seat.user for row in meeting.attendance.all()] == [cast.chair]


def test_only_the_secretary_marks_all_and_only_while_it_is_open(cast, day_one):
    meeting, seats = open_meeting(cast, present=[]), [cast.chair.seats.get().pk]
    assert post(cast.chair, "all_present", meeting.number, seats=seats).status_code == 422
    meetings.close_meeting(meeting, by=cast.secretary)
    assert post(cast.secretary, "all_present", meeting.number, seats=seats).status_code == 422
    assert not meeting.attendance.exists()


def test_that_an_announced_meeting_keeps_its_cases_is_said_only_where_one_is_announced(cast, case_at, day_one):
    said = "تبقى طلبات الاجتماع الذي أُعلن عنه"
    case_at("committee_review")
    meeting = meetings.plan(by=cast.secretary, starts_at=clock.now() + timedelta(days=2), place="القاعة")
    assert said not in text(get(cast.secretary, "queue"))
    meetings.give_notice(meeting, by=cast.secretary)
    assert said in text(get(cast.secretary, "queue"))


def test_a_member_marks_nobody(cast, day_one):
    meeting = open_meeting(cast, present=[])
    response = post(cast.member1, "attendance", meeting.number, seat=cast.member1.seats.get().pk, present="on")
    assert response.status_code == 422
    assert not meeting.attendance.exists()


def test_others_read_the_meeting_without_buttons(item, cast):
    page = get(cast.member1, "meeting", item.meeting.number).content.decode()
    assert reverse("committee:attendance", args=[1]) not in page
    assert reverse("committee:close_meeting", args=[1]) not in page


def test_the_secretary_closes_the_meeting(item, cast):
    post(cast.secretary, "close_meeting", item.meeting.number)
    item.meeting.refresh_from_db()
    assert not item.meeting.is_open
    assert "حضر" in text(get(cast.member1, "meeting", item.meeting.number))


def test_a_hidden_case_is_counted_but_not_shown(item, cast):
    actions.declare_conflict(item.case, by=cast.member1, why="قرابة")
    response = get(cast.member1, "meeting", item.meeting.number)
    assert "في الجدول طلب محجوب عنك لتعارض المصلحة." in text(response)
    assert item.case.reference not in response.content.decode()


def test_the_agenda_asks_a_constant_number_of_queries(item, cast, votes, django_assert_max_num_queries):
    votes(yes=cast.voters[:2])
    client, url = client_of(cast.member1), reverse("committee:meeting", args=[1])
    with django_assert_max_num_queries(38) as one:
        client.get(url)
    for position in (2, 3, 4):
        meetings.put_on_agenda(item.meeting, walk(new_case(by=cast.noura), cast, to="committee_review"), position)
    with django_assert_max_num_queries(len(one)):
        client.get(url)


# One case


def case_page(person, item, query=""):
    return get(person, "case", item.case.reference, query=query)


def test_a_case_is_decided_from_one_page(item, cast):
    page = text(case_page(cast.member1, item))
    for shown in (
        "أسرة من 5 أفراد",
        "الدخل المحتسب 3,000 ريال",
        "الالتزامات 1,000 ريال",
        "نصيب الفرد في الشهر 400 ريال",
    ):
        assert shown in page
    assert item.case.study.findings in page
    assert item.case.checks.first().label in page
    assert "البند 5 من إجراءات السياسة" in page
    assert "صوّت 0 من 5" in page


def test_looking_at_the_study_is_recorded(item, cast):
    case_page(cast.member1, item)
    row = ReadRow.objects.get(subject_id=str(item.case.pk))
    assert (row.actor_id, row.what) == (cast.member1.pk, "study")


def test_past_support_is_what_was_delivered_to_the_same_person(cast, case_at, day_one):
    past = case_at("delivered")
    case = walk(new_case(by=cast.noura, person=past.person), cast, to="committee_review")
    page = text(get(cast.member1, "case", case.reference))
    assert "المستلَم: 3,000 ريال" in page.split("الدعم السابق والطلبات الأخرى")[1]


def test_the_name_shows_by_default_and_never_in_a_room(item, cast):
    name = item.case.person.full_name
    assert name in text(case_page(cast.member1, item))
    assert name not in text(case_page(cast.member1, item, "?projector=1"))


def test_the_room_stays_without_names_after_a_vote(item, cast):
    meetings.put_on_agenda(item.meeting, walk(new_case(by=cast.noura), cast, to="committee_review"), 2)
    response = post(cast.member1, "vote", item.case.reference, query="?projector=1", choice="yes")
    assert response.url.endswith("?projector=1")


def test_a_vote_is_one_key_and_leads_to_the_next_case(item, cast):
    other = walk(new_case(by=cast.noura), cast, to="committee_review")
    meetings.put_on_agenda(item.meeting, other, 2)
    response = post(cast.member1, "vote", item.case.reference, choice="no")
    assert response.url == reverse("committee:case", args=[other.reference])
    assert Vote.objects.get().choice == "no"


def test_after_the_last_case_comes_the_meeting(item, cast):
    response = post(cast.member1, "vote", item.case.reference, choice="yes")
    assert response.url == reverse("committee:meeting", args=[1])


def test_ones_own_vote_is_shown_and_the_others_only_counted(item, cast, votes):
    votes(yes=[cast.member1], no=[cast.chair])
    page = text(case_page(cast.member1, item))
    assert "صوتك: موافق. لك أن تغيّره حتى يُغلق التصويت." in page
    assert "صوّت 2 من 5" in page
    assert cast.chair.name not in page


def test_closed_votes_are_read_by_members_and_not_by_the_secretary(carried, item, cast):
    assert f"{cast.member1.name}: موافق" in text(case_page(cast.chair, item))
    assert cast.member1.name not in text(case_page(cast.secretary, item))


def test_a_refused_vote_says_why_and_changes_nothing(item, cast):
    post(cast.secretary, "attendance", 1, seat=cast.member1.seats.get().pk)
    assert "لم يُسجَّل حضورك" in text(case_page(cast.member1, item))
    response = post(cast.member1, "vote", item.case.reference, choice="yes")
    assert response.status_code == 422
    assert "لم يُسجَّل حضورك" in text(response)
    assert not Vote.objects.exists()


@pytest.mark.parametrize("choice", ["", "maybe", "YES"])
def test_a_vote_that_is_no_choice_is_refused(item, cast, choice):
    assert post(cast.member1, "vote", item.case.reference, choice=choice).status_code == 422


def test_recusing_needs_its_reason(item, cast):
    response = post(cast.member1, "conflict", item.case.reference, why="  ")
    assert response.status_code == 422
    assert not item.case.exclusions.filter(user=cast.member1).exists()


def test_recusing_closes_the_case_and_moves_on(item, cast):
    response = post(cast.member1, "conflict", item.case.reference, why="ابن عم")
    assert response.url == reverse("committee:meeting", args=[1])
    assert case_page(cast.member1, item).status_code == 404


def test_a_conflict_may_be_declared_before_any_meeting(cast, case_at):
    case = case_at("committee_review")
    post(cast.member1, "conflict", case.reference, why="جار")
    assert get(cast.member1, "case", case.reference).status_code == 404


# The secretary's desk


def test_the_secretary_closes_the_vote_and_sees_what_was_carried(item, cast, votes):
    votes(yes=cast.voters[:3])
    response = post(cast.secretary, "close_vote", item.case.reference, follow=True)
    page = text(response)
    assert "حاز المقترح الأغلبية." in page
    assert "صوّتت اللجنة على قرار، وهو ينتظر الإصدار." in page


def test_a_vote_that_may_not_be_closed_says_why(item, cast):
    response = post(cast.secretary, "close_vote", item.case.reference)
    assert response.status_code == 422
    assert "لم يصوّت أحد بعد." in text(response)


MOTIONS = {
    "approve": {"what": "سداد شهر واحد", "amount": "١٬٠٠٠", "reasons": "هذا ما تسمح به الموارد."},
    "reject": {"reasons": "الدخل يكفي الحاجة المذكورة."},
    "ask_for_papers": {"another": "خطاب من المدرسة", "reasons": ""},
    "return_to_research": {"reasons": "زيارة ثانية"},
    "postpone": {"until": "20/6/1448", "reasons": "سفر صاحب الطلب"},
}


@pytest.mark.parametrize("outcome", MOTIONS)
def test_the_secretary_puts_another_proposal(item, cast, outcome):
    response = post(cast.secretary, "put_motion", item.case.reference, outcome=outcome, **MOTIONS[outcome])
    assert response.status_code == 302
    assert Motion.objects.get(closed_at=None).outcome == outcome


@pytest.mark.parametrize("outcome", MOTIONS)
def test_an_empty_proposal_is_refused_in_its_own_form(item, cast, outcome):
    response = post(cast.secretary, "put_motion", item.case.reference, outcome=outcome)
    assert response.status_code == 422
    assert Motion.objects.get().put_by is None


def test_a_proposal_of_no_known_kind_is_not_there(item, cast):
    assert post(cast.secretary, "put_motion", item.case.reference, outcome="delete").status_code == 404


def test_a_member_puts_no_proposal(item, cast):
    response = post(cast.member1, "put_motion", item.case.reference, outcome="reject", reasons="لا")
    assert response.status_code == 422
    assert "يطرح المقترحات للتصويت أمين اللجنة." in text(response)


def test_a_rejection_is_previewed_as_the_person_will_read_it(item, cast):
    post(cast.secretary, "put_motion", item.case.reference, outcome="reject", reasons="الدخل يكفي الحاجة المذكورة.")
    page = text(case_page(cast.member1, item))
    assert "سيقرأ صاحب الطلب: لم يُقبل طلبك، والسبب: الدخل يكفي الحاجة المذكورة" in page
    assert "30 يومًا" in page


def test_only_the_secretary_sees_the_desk(item, cast):
    assert "أعمال أمين اللجنة" in text(case_page(cast.secretary, item))
    assert "أعمال أمين اللجنة" not in text(case_page(cast.chair, item))


# Issuing


def test_before_the_date_the_chair_reads_why_the_button_is_held(carried, item, cast):
    page = text(case_page(cast.chair, item))
    assert "لا يصدر القرار قبل الأحد 26 جمادى الآخرة 1448هـ الموافق 6 ديسمبر 2026م" in page
    response = post(cast.chair, "issue", carried.reference)
    assert response.status_code == 422
    carried.refresh_from_db()
    assert carried.state == "committee_review"


def test_on_the_date_the_chair_issues_and_goes_on(carried, cast, day_one):
    day_one.move_to(FIRST_INSTANT_OF_DAY_14)
    response = post(cast.chair, "issue", carried.reference)
    carried.refresh_from_db()
    assert (response.status_code, carried.state) == (302, "approved")


def test_the_deputy_reads_that_the_chair_issues(carried, item, cast):
    assert "ولا يصدره النائب إلا إذا تنحّى الرئيس عن الطلب أو خلا منصبه." in text(case_page(cast.deputy, item))


def test_a_carried_decision_shows_its_count_to_all(carried, item, cast):
    page = text(case_page(cast.member3, item))
    assert "موافق: 3 · غير موافق: 0 · ممتنع: 0 الحاضرون 5 من 5" in page


def test_a_meeting_lists_what_became_of_each_case(carried, item, cast):
    assert "صوّتت اللجنة: قبول، وينتظر الإصدار" in text(get(cast.member1, "meeting", 1))
    assert AgendaItem.objects.count() == 1
