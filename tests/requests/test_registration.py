"""Completing registration (rule 4): decided, told, papers valid today, nothing missing, and how it is received."""

from datetime import date

import pytest

from beneficiaries.models import Person, PersonDocument
from core.errors import Refused
from core.hijri import parse
from requests import workflow
from requests.actions import complete_file, tell_decision
from requests.models import SupportRequest
from requests.verification.actions import judge_paper
from tests.cast import new_person

IBAN = "SA0380000000608010167519"
PICKUP = {"receive_by": "pickup", "receive_where": "المستودع"}


@pytest.fixture
def approved(case_at):
    return case_at("approved")


@pytest.fixture
def told(approved, cast):
    return tell_decision(approved, by=cast.noura, how="counter")


def register(case, cast, **facts):
    return workflow.perform(SupportRequest.objects.get(pk=case.pk), "complete_registration", by=cast.noura, **facts)


def test_what_is_told_decided_and_whole_is_registered(told, cast):
    case = register(told, cast, **PICKUP)
    assert (case.state, Person.objects.get(pk=case.person_id).file_number is not None) == ("registered", True)
    assert case.instalments.get().amount == case.decisions.get().amount


def test_the_decision_is_told_first(approved, cast):
    with pytest.raises(Refused, match="أبلغ صاحب الطلب بالقرار"):
        register(approved, cast, **PICKUP)


def test_a_missing_field_is_named_and_filled_in(told, cast):
    Person.objects.update(marital_status="")
    with pytest.raises(Refused, match="الحالة الاجتماعية"):
        register(told, cast, **PICKUP)
    complete_file(told, by=cast.noura, marital_status="married")
    assert register(told, cast, **PICKUP).state == "registered"


def test_the_file_is_completed_after_an_approval_only(case_at, cast):
    with pytest.raises(Refused):
        complete_file(case_at("received"), by=cast.noura, marital_status="single")


@pytest.fixture
def expiring(told, day_one):
    """A paper that was valid at submission, and whose last day is today."""
    check = told.checks.filter(has_expiry=True).first()
    check.valid_until = date(2026, 12, 10)
    check.save()
    day_one.move_to("2026-12-10T23:59:59+03:00", tick=False)
    return check


def test_a_papers_last_day_is_a_valid_one(told, cast, expiring):
    assert register(told, cast, **PICKUP).state == "registered"


def test_the_day_after_it_the_paper_is_renewed_first(told, cast, day_one, expiring):
    day_one.move_to("2026-12-11T00:00:00+03:00", tick=False)
    with pytest.raises(Refused, match=expiring.label):
        register(told, cast, **PICKUP)
    judge_paper(expiring, by=cast.noura, state="accepted", valid_until=parse("10/12/2030"))
    expiring.refresh_from_db()
    assert (expiring.valid_until, expiring.renewed_until) == (date(2026, 12, 10), date(2030, 12, 10))
    assert register(told, cast, **PICKUP).state == "registered"


def test_after_the_approval_an_accepted_paper_is_renewed_and_nothing_else_is_judged(told, cast, expiring):
    judge_paper(expiring, by=cast.noura, state="problem", reason="ممزقة", valid_until=parse("10/12/2030"))
    expiring.refresh_from_db()
    assert (expiring.state, expiring.reason) == ("accepted", "")
    plain = told.checks.filter(has_expiry=False).first()
    with pytest.raises(Refused, match="مقبول"):
        judge_paper(plain, by=cast.noura, state="problem", reason="ممزقة")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, "اختر"),
        ({"receive_by": "pigeon"}, "اختر"),
        ({"receive_by": "pickup", "receive_where": "  "}, "اكتب"),
        ({"receive_by": "transfer", "iban_verified": True}, "الآيبان"),
    ],
)
def test_how_it_is_received_is_said(told, cast, facts, sentence):
    with pytest.raises(Refused, match=sentence):
        register(told, cast, **facts)


def test_a_transfer_needs_an_iban_whose_certificate_was_seen(told, cast):
    Person.objects.update(iban=IBAN)
    with pytest.raises(Refused):
        register(told, cast, receive_by="transfer")
    assert register(told, cast, receive_by="transfer", iban_verified=True).state == "registered"


def test_a_merged_persons_iban_number_and_papers_are_those_of_the_current_file(told, cast, expiring):
    current = new_person(by=cast.noura)
    Person.objects.filter(pk=told.person_id).update(merged_into=current)
    complete_file(SupportRequest.objects.get(pk=told.pk), by=cast.noura, iban=IBAN)
    judge_paper(expiring, by=cast.noura, state="accepted", valid_until=parse("10/12/2030"))
    register(told, cast, receive_by="transfer", iban_verified=True)
    current.refresh_from_db()
    assert current.file_number
    assert PersonDocument.objects.get(code=expiring.code, valid_until=date(2030, 12, 10)).person == current
