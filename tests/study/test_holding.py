"""The study's own page says until when it holds, in both calendars, and what a change of circumstances does to it."""

from datetime import timedelta

import pytest

from policies.models import Association
from requests.models import SupportRequest
from requests.visits import rules
from requests.visits.actions import record_change
from tests.study.desk import get

LAST_DAY = "11 جمادى الآخرة 1449هـ"
GREGORIAN = "10 نوفمبر 2027م"
RECORD = "تسجيل تغيّر في الظروف"


@pytest.fixture
def raised(cast, case_at):
    case = case_at("committee_review")
    SupportRequest.objects.filter(pk=case.pk).update(researcher=case.study.researcher)
    return SupportRequest.objects.get(pk=case.pk)


def page(case, name="study") -> str:
    return get(case.researcher, case, name).content.decode()


@pytest.mark.parametrize(("days", "over"), [(0, False), (1, True)])
def test_the_last_day_is_said_before_and_after_it(raised, day_one, days, over):
    day_one.move_to(f"{rules.valid_until(raised.study) + timedelta(days=days)}T09:00:00+03:00", tick=False)
    said = page(raised)
    assert LAST_DAY in said
    assert GREGORIAN in said
    assert ("انتهت صلاحيتها" in said) is over


def test_the_page_of_the_request_says_it_too(raised):
    assert LAST_DAY in page(raised, "case")


def test_an_association_without_a_limit_promises_none(raised):
    Association.objects.update(study_valid_months=0)
    assert "صالحة حتى" not in page(raised)


def test_an_open_study_says_for_how_long_it_will_hold(taken):
    said = page(taken)
    assert "تبقى الدراسة صالحة 12 شهرًا هجريًا من يوم رفعها." in said
    assert "صالحة حتى" not in said


def test_the_researcher_reads_how_a_change_reopens_it(raised, taken):
    for case, words in ((raised, "يعيد أمين اللجنة الدراسة إليك"), (taken, "تبقى الدراسة مفتوحة")):
        assert words in page(case)
        assert RECORD in page(case)


def test_once_decided_nothing_is_offered_that_would_be_refused(cast, case_at):
    case = case_at("approved")
    assert RECORD not in page(case)


def test_what_was_recorded_meanwhile_stands_on_the_page(cast, raised):
    record_change(raised, by=raised.researcher, what="work_lost", detail="انتهى عقده.", told_by="person")
    assert "انتهى عقده." in page(raised)
