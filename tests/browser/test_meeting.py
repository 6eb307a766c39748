"""A whole meeting by the people in it: notice, five members, one conflict, an absence that breaks the quorum, a secret
vote, those agreed to together, and the minutes on paper."""

import re

import pytest
import time_machine

from committee.models import Meeting, Vote
from requests.models import SupportRequest
from tests.browser.people import Staff
from tests.cast import new_case, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY_FIVE = "2026-11-27T10:00:00+03:00"


@pytest.fixture
def four(cast, day_one):
    """Four requests with the committee."""
    return [walk(new_case(by=cast.noura), cast, to="committee_review") for _each in range(4)]


@pytest.fixture
def calendar(four):
    with time_machine.travel(DAY_FIVE, tick=True) as traveller:
        yield traveller


def call(secretary: Staff) -> Meeting:
    """Planned by keys alone for half past ten of the same day; the notice freezes the agenda."""
    secretary.open("/committee/")
    secretary.page.keyboard.press("p")
    secretary.reads("إضافة اجتماع")
    secretary.page.fill("[name=day]", "27/11/2026")
    secretary.page.fill("[name=hour]", "١٠:٣٠")
    secretary.page.fill("[name=place]", "قاعة الاجتماعات")
    secretary.look("30-plan-meeting")
    secretary.page.keyboard.press("Enter")
    secretary.reads("لم يثبت جدول الأعمال بعد")
    secretary.press("إرسال الدعوة")
    secretary.reads("ثبت جدول الأعمال، ولم تصل الدعوة إلى أحد: لا جوالات مسجّلة")
    secretary.look("31-meeting-to-come")
    return Meeting.objects.get()


def mark(secretary: Staff, meeting: Meeting, member, button: str) -> None:
    secretary.open(f"/committee/meetings/{meeting.number}/")
    row = secretary.page.get_by_role("listitem").filter(has_text=member.name)
    row.get_by_role("button", name=re.compile(f"^{button}")).click()
    secretary.page.wait_for_load_state()


def case_page(who: Staff, case: SupportRequest) -> None:
    who.open(f"/committee/{case.reference}/")


def recuse(member: Staff, case: SupportRequest) -> None:
    """By the key 4 and the reason; the next case comes by itself, and this one is no longer there."""
    case_page(member, case)
    member.page.keyboard.press("4")
    member.page.keyboard.type("ابن عمي")
    member.page.keyboard.press("Tab")
    member.page.keyboard.press("Enter")
    member.reads("وحُجب عنك ملفه")
    response = member.page.goto(f"{member.server.url}/committee/{case.reference}/")
    assert response.status == 404


def vote(member: Staff, case: SupportRequest, key: str = "1") -> None:
    case_page(member, case)
    member.page.keyboard.press(key)
    member.reads("سُجّل صوتك")


def close(secretary: Staff, case: SupportRequest) -> None:
    case_page(secretary, case)
    secretary.press("إغلاق التصويت ورفع المقترح")
    secretary.reads("ينتظر")


def test_a_meeting_from_its_notice_to_its_minutes(browser, server, cast, four, calendar):
    secretary = Staff(browser, server, cast.secretary)
    members = [Staff(browser, server, person) for person in cast.voters]
    chair, _deputy, tied, *_others = members
    open_case, secret_case, *together = four
    meeting = call(secretary)

    # Two are there: that is no quorum, and a vote waits for it.
    secretary.press("فتح الاجتماع")
    for member in cast.voters[:2]:
        mark(secretary, meeting, member, "تسجيل حضور")
    secretary.reads("لم يكتمل النصاب")
    secretary.look("32-meeting-without-quorum")
    case_page(chair, open_case)
    chair.reads("لم يكتمل النصاب")
    chair.page.keyboard.press("1")
    assert not Vote.objects.exists()

    # All five come; one is tied to the first case.
    for member in cast.voters[2:]:
        mark(secretary, meeting, member, "تسجيل حضور")
    recuse(tied, open_case)
    tied.open(f"/committee/meetings/{meeting.number}/")
    tied.reads("محجوب")
    for member in [chair, *members[3:]]:
        vote(member, open_case)
    close(secretary, open_case)

    # Three leave: the quorum is broken in the middle of the meeting, and restored.
    for member in cast.voters[2:]:
        mark(secretary, meeting, member, "تسجيل انصراف")
    secretary.reads("لم يكتمل النصاب")
    for member in cast.voters[2:]:
        mark(secretary, meeting, member, "تسجيل حضور")

    # One vote is secret: nobody reads afterwards who chose what.
    case_page(secretary, secret_case)
    secretary.press("جعل التصويت سريًا")
    for member, key in zip(members, "11121", strict=True):
        vote(member, secret_case, key)
    case_page(chair, secret_case)
    chair.look("33-case-secret-vote")
    close(secretary, secret_case)
    assert set(Vote.objects.filter(motion__item__case=secret_case).values_list("choice", flat=True)) == {""}

    # What nobody asked to discuss is agreed to by each member with one key, and closed together.
    for number, member in enumerate(members):
        member.open(f"/committee/meetings/{meeting.number}/")
        member.page.keyboard.press("a")
        member.reads("لم يطلب أحد مناقشة")
        if number == 0:
            member.look("34-agree-together")
        member.page.keyboard.press("1")
        member.reads("وافقت على طلبين")
    secretary.open(f"/committee/meetings/{meeting.number}/")
    secretary.press("إغلاق التصويت على طلبين")
    secretary.reads("أُغلق التصويت على طلبين")
    assert all(case.decisions.filter(settled_at=None).exists() for case in four)
    secretary.look("35-meeting-voted")

    # The minutes say what happened, and name nobody who was helped.
    secretary.page.locator("summary", has_text="إغلاق الاجتماع").click()
    secretary.page.get_by_role("button", name="إغلاق الاجتماع").last.click()
    secretary.press("أعدّ المحضر")
    secretary.reads("1448", cast.member1.name)
    secretary.does_not_read(open_case.person.full_name)
    secretary.look("36-minutes")
    paper = secretary.context.request.get(f"{server.url}/committee/minutes/1448-1/paper/")
    assert paper.body().startswith(b"%PDF")
