"""A paper given once is not asked for again while it is valid (clause DO-1)."""

from datetime import date

import pytest
from django.urls import reverse

from beneficiaries.documents.rules import on_file
from beneficiaries.models import HouseholdMember, Person, PersonDocument
from core.hijri import parse
from core.models import OutboxRow
from policies.models import Association, Service
from requests import workflow
from requests.intake.slip import receipt_of
from requests.models import DocumentCheck
from requests.verification.actions import judge_paper
from tests.cast import client_of, new_case, new_person
from tests.verification.sample import send, stored

LAST_DAY = "2/12/2026"  # ten days after day one


@pytest.fixture
def first(cast, case):
    """A request whose ID is accepted until `LAST_DAY`, with two pages."""
    accept(case, "national_id", by=cast.noura, valid_until=LAST_DAY, pages=[stored(), stored()])
    return case


def accept(case, code: str, *, by, valid_until: str = "", **facts) -> DocumentCheck:
    until = parse(valid_until) if valid_until else None
    return judge_paper(case.checks.get(code=code), by=by, state="accepted", valid_until=until, **facts)


def again(first, cast, *, person: Person | None = None, service: str = "") -> DocumentCheck:
    """The ID in another request of the same person."""
    chosen = Service.objects.get(code=service) if service else first.service
    return new_case(by=cast.noura, person=person or first.person, service=chosen).checks.get(code="national_id")


def test_a_valid_paper_of_an_earlier_request_stands_as_given_with_its_pages_and_dates(first, cast):
    check = again(first, cast, service="bills")
    assert (check.state, check.given_before, check.valid_until) == ("given", True, date(2026, 12, 2))
    assert [page.file for page in check.pages.all()] == [page.file for page in first.checks.first().pages.all()]


def test_the_receipt_and_the_message_do_not_ask_for_it(first, cast):
    check = again(first, cast)
    owed = receipt_of(check.case)["papers"]
    assert check.label not in owed
    assert "سجل الأسرة" in owed
    said = OutboxRow.objects.latest("pk").facts["papers"]
    assert ("سجل الأسرة" in said, check.label in said) == (True, False)


def test_it_is_not_accepted_by_itself_and_one_key_accepts_it(first, cast):
    check = again(first, cast)
    assert not check.settled
    send(cast.noura, check, state="accepted", valid_until=LAST_DAY)
    check.refresh_from_db()
    assert (check.state, check.given_before) == ("accepted", False)


@pytest.mark.parametrize(
    ("day", "state"), [("2026-12-02T23:59:00+03:00", "given"), ("2026-12-03T00:00:00+03:00", "not_given")]
)
def test_it_is_carried_through_its_last_day_and_asked_for_the_day_after(first, cast, day_one, day, state):
    day_one.move_to(day)
    assert again(first, cast).state == state


def test_a_paper_without_an_end_counts_while_a_file_is_fresh(first, cast, day_one):
    accept(first, "family_record", by=cast.noura)
    assert again(first, cast).case.checks.get(code="family_record").given_before
    day_one.move_to("2028-01-01T09:00:00+03:00")
    assert again(first, cast).case.checks.get(code="family_record").state == "not_given"
    Association.objects.update(renewal_months=0)  # an association that renews nothing
    assert again(first, cast).case.checks.get(code="family_record").given_before


def test_a_paper_that_expires_without_a_known_date_is_asked_for(first, cast):
    PersonDocument.objects.update(valid_until=None)
    assert again(first, cast).state == "not_given"


def test_a_paper_of_one_need_is_asked_for_with_every_request(cast):
    bills = Service.objects.get(code="bills")
    case = new_case(by=cast.noura, service=bills)
    accept(case, "unpaid_bill", by=cast.noura)
    check = new_case(by=cast.noura, person=case.person, service=bills).checks.get(code="unpaid_bill")
    assert check.state == "not_given"
    bills.papers.update(each_time=False)  # the control
    assert new_case(by=cast.noura, person=case.person, service=bills).checks.get(code="unpaid_bill").given_before


def test_a_paper_shown_under_a_file_that_was_merged_into_this_one_counts(first, cast):
    kept = new_person(by=cast.noura)
    assert again(first, cast, person=kept).state == "not_given"
    Person.objects.filter(pk=first.person_id).update(merged_into=kept)
    assert again(first, cast, person=kept).given_before


def test_somebody_elses_paper_does_not(first, cast):
    assert again(first, cast, person=new_person(by=cast.noura)).state == "not_given"


def test_a_child_s_paper_is_carried_as_the_child_s_while_the_child_lives_there(case, cast):
    child = HouseholdMember.objects.create(person=case.person, name="نوف محمد العنزي", relation="child")
    accept(case, "national_id", by=cast.noura, valid_until=LAST_DAY, member=child)
    assert again(case, cast).member == child
    child.left, child.left_on = "moved", date(2026, 11, 1)
    child.save()
    assert again(case, cast).state == "not_given"


def test_the_person_s_own_paper_goes_before_a_child_s(case, cast):
    child = HouseholdMember.objects.create(person=case.person, name="نوف محمد العنزي", relation="child")
    accept(case, "national_id", by=cast.noura, valid_until="1/1/1460", member=child)
    accept(new_case(by=cast.noura, person=case.person), "national_id", by=cast.noura, valid_until=LAST_DAY)
    assert again(case, cast).member is None


def test_a_carried_paper_found_wrong_is_carried_nowhere_else(first, cast):
    check = again(first, cast)
    send(cast.noura, check, state="problem", reason="الاسم لا يطابق الهوية")
    assert again(first, cast).state == "not_given"
    assert first.checks.get(code="national_id").pages.count() == 2  # the request it was accepted in keeps it


def test_so_is_one_whose_acceptance_is_taken_back(first, cast):
    send(cast.noura, first.checks.get(code="national_id"), state="problem", reason="الصورة غير واضحة")
    assert again(first, cast).state == "not_given"


def test_another_owner_takes_the_carried_pages_away(first, cast):
    child = HouseholdMember.objects.create(person=first.person, name="نوف محمد العنزي", relation="child")
    check = again(first, cast)
    send(cast.noura, check, state="given", member=child.pk, valid_until=LAST_DAY)
    check.refresh_from_db()
    assert (check.member, check.carried, check.pages.count()) == (child, None, 0)
    assert on_file(first.person)[0].pages.count() == 2


def test_the_screen_says_that_it_was_accepted_before_and_until_when(first, cast):
    check = again(first, cast)
    page = client_of(cast.noura).get(reverse("requests:papers", args=[check.case.reference])).content.decode()
    assert "سبق قبوله في طلب سابق، وصالح حتى" in page
    assert "2 ديسمبر 2026م" in page


def test_what_is_asked_for_anew_is_awaited_anew(first, cast):
    check = again(first, cast)
    workflow.perform(check.case, "ask_for_papers", by=cast.noura, papers={check.code: check.label})
    check.refresh_from_db()
    assert (check.state, check.given_before) == ("not_given", False)
