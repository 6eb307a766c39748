"""What a judgement needs: its reason, its two dates in either calendar, and whose paper it is."""

from datetime import date

import pytest
from django.urls import reverse

from beneficiaries.models import HouseholdMember, PersonDocument
from core.models import OutboxRow
from requests import workflow
from tests.cast import client_of, new_person
from tests.verification.sample import file, photograph, scan, send


@pytest.fixture
def check(case):
    """A paper that expires and that not everybody has."""
    return case.checks.get(code="rent_contract")


@pytest.fixture
def child(case):
    return HouseholdMember.objects.create(person=case.person, name="نوف محمد العنزي", relation="child")


@pytest.mark.parametrize(
    ("typed", "day"),
    [("١/٥/١٤٤٩", date(2027, 10, 1)), ("1/10/2027", date(2027, 10, 1)), ("1 جمادى الأولى 1449هـ", date(2027, 10, 1))],
)
def test_both_dates_are_typed_in_either_calendar(check, cast, typed, day):
    send(cast.noura, check, state="given", valid_until=typed, issued_on="1/1/1440")
    check.refresh_from_db()
    assert (check.valid_until, check.valid_until_typed, check.issued_on) == (day, typed, date(2018, 9, 11))


def test_the_other_calendar_stands_beside(check, cast):
    send(cast.noura, check, state="given", valid_until="1/5/1449", issued_on="11/9/2018")
    page = client_of(cast.noura).get(reverse("requests:papers", args=[check.case.reference])).content.decode()
    assert all(each in page for each in ("1 أكتوبر 2027م", "1 محرم 1440هـ"))


@pytest.mark.parametrize(
    ("valid_until", "status"),
    [("21/11/2026", 422), ("22/11/2026", 302)],
)
def test_a_paper_is_accepted_through_its_last_day(check, cast, valid_until, status):
    """As on the day of the request, 22 November 2026."""
    assert send(cast.noura, check, state="accepted", valid_until=valid_until).status_code == status


@pytest.mark.parametrize(
    ("issued_on", "valid_until", "status"),
    [
        ("22/11/2026", "1/1/2027", 302),
        ("23/11/2026", "1/1/2027", 422),  # not come yet
        ("2/1/2020", "1/1/2020", 422),  # ends before it began
        ("1/1/2020", "1/1/2020", 302),
    ],
)
def test_a_paper_was_issued_by_today_and_before_it_ends(check, cast, issued_on, valid_until, status):
    assert send(cast.noura, check, state="given", issued_on=issued_on, valid_until=valid_until).status_code == status


@pytest.mark.parametrize("state", ["problem", "does_not_exist", "not_eligible"])
def test_what_is_not_accepted_says_why(check, cast, state):
    assert send(cast.noura, check, state=state).status_code == 422
    assert send(cast.noura, check, state=state, reason="بلا ختم").status_code == 302
    check.refresh_from_db()
    assert (check.state, check.reason) == (state, "بلا ختم")


def test_a_ready_reason_is_enough_without_a_script(check, cast):
    send(cast.noura, check, state="problem", ready="الصلاحية منتهية")
    check.refresh_from_db()
    assert check.reason == "الصلاحية منتهية"


def test_what_is_written_counts_before_the_ready_reason(check, cast):
    send(cast.noura, check, state="problem", ready="الصلاحية منتهية", reason="انتهت في شعبان")
    check.refresh_from_db()
    assert check.reason == "انتهت في شعبان"


def test_no_reason_that_is_not_on_the_list_passes_for_a_ready_one(check, cast):
    assert send(cast.noura, check, state="problem", ready="<b>x</b>").status_code == 422


def test_the_reason_reaches_the_person_word_by_word(check, cast):
    send(cast.noura, check, state="problem", reason="الصورة غير واضحة")
    workflow.perform(check.case, "ask_for_papers", by=cast.noura, papers={check.code: check.label})
    assert f"{check.label} (الصورة غير واضحة)" in OutboxRow.objects.latest("pk").facts["papers"]


@pytest.mark.parametrize("state", ["does_not_exist", "not_eligible"])
def test_what_everybody_has_concerns_everybody(case, cast, state):
    check = case.checks.get(code="national_id")
    assert send(cast.noura, check, state=state, reason="x").status_code == 422


def test_a_paper_that_does_not_apply_is_settled_and_not_asked_for(case, cast):
    for check in case.checks.all():
        until = "1/1/1460" if check.has_expiry else ""
        facts = {"state": "accepted", "valid_until": until} if not check.may_not_exist else {}
        send(cast.noura, check, **facts or {"state": "not_eligible", "reason": "لا يُطلب ممن لا يعمل"})
    workflow.perform(case, "verify", by=cast.noura)
    case.refresh_from_db()
    assert case.state == "verified"


def test_each_paper_has_its_owner_of_the_household(check, cast, child):
    send(cast.noura, check, state="accepted", member=child.pk, valid_until="1/1/1460", files=[file(photograph())])
    document = PersonDocument.objects.get()
    assert (document.member, document.person, document.pages.count()) == (child, check.case.person, 1)


def test_nobody_of_another_household_owns_it(check, cast, child):
    stranger = HouseholdMember.objects.create(person=new_person(by=cast.noura), name="سعد", relation="child")
    assert send(cast.noura, check, state="given", member=stranger.pk).status_code == 422


def test_nor_who_left_this_one(check, cast, child):
    child.left, child.left_on = "moved", date(2026, 11, 1)
    child.save()
    assert send(cast.noura, check, state="given", member=child.pk).status_code == 422


def test_who_lives_alone_is_asked_nothing_about_owners(check, cast):
    page = client_of(cast.noura).get(reverse("requests:papers", args=[check.case.reference])).content.decode()
    assert f"p{check.pk}-member" not in page


def test_an_accepted_paper_stands_in_the_person_s_file_with_its_dates_and_pages(check, cast):
    files = [file(photograph()), file(scan(2), "عقد.pdf")]
    send(cast.noura, check, state="accepted", valid_until="1/1/1460", issued_on="1/1/1440", files=files)
    document = PersonDocument.objects.get()
    assert (document.code, document.valid_until_typed, document.issued_on_typed) == (check.code, "1/1/1460", "1/1/1440")
    assert [page.file for page in document.pages.all()] == [page.file for page in check.pages.all()]


def test_one_shown_again_without_pages_keeps_those_of_the_same_paper_only(check, cast):
    send(cast.noura, check, state="accepted", valid_until="1/1/1460", files=[file(photograph())])
    check.pages.all().delete()  # another request, in which it was only looked at
    send(cast.noura, check, state="accepted", valid_until="1/1/1460")
    assert PersonDocument.objects.get().pages.count() == 1
    send(cast.noura, check, state="accepted", valid_until="1/1/1461")
    assert PersonDocument.objects.get().pages.count() == 0
