"""An earlier study that is still valid is where the next one begins: nothing is asked twice (clause DO-1)."""

from decimal import Decimal

import pytest

from requests.actions import take_for_research
from requests.models import Study, SupportRequest
from requests.study.actions import begin, recommend, save_section
from requests.study.lines.actions import add_line
from requests.visits.actions import record_change
from tests.cast import new_case, walk
from tests.study.desk import get


@pytest.fixture
def studied(case_at, cast):
    """A case whose completed study has a line that does not count, and what was answered, told and seen."""
    case = take_for_research(case_at("social_research"), by=cast.reem)
    begin(case, by=cast.reem)
    facts = {"counts": False, "why_not": "يتوقف الشهر القادم"}
    add_line(case, by=cast.reem, kind="pension", amount=Decimal("2400"), every="month", **facts)
    answers = {"condition": "poor", "lacks": ["cooling"]}
    save_section(case, "housing", by=cast.reem, done=True, answers=answers, observed="سقف متشقق.", stated="جيد.")
    facts = {"household_size": 5, "findings": "زيارة.", "recommends": "reject", "reasons": "الدخل كافٍ."}
    recommend(case, by=cast.reem, **facts)
    return SupportRequest.objects.get(pk=case.pk)


def next_case(studied, cast) -> SupportRequest:
    case = walk(new_case(by=cast.noura, person=studied.person), cast, to="social_research")
    take_for_research(case, by=cast.reem)
    begin(SupportRequest.objects.get(pk=case.pk), by=cast.reem)
    return SupportRequest.objects.get(pk=case.pk)


def test_lines_come_with_whether_they_count_and_why_not(studied, cast):
    line = next_case(studied, cast).study.lines.get(kind="pension")
    assert (line.amount, line.counts, line.why_not, line.said_by) == (2400, False, "يتوقف الشهر القادم", cast.reem)


def test_answers_come_and_what_was_told_or_seen_does_not(studied, cast):
    row = next_case(studied, cast).study.sections.get(name="housing")
    assert (row.answers["condition"], row.observed, row.stated, row.done_at) == ("poor", None, None, None)


def test_the_page_says_where_it_was_begun(studied, cast):
    page = get(cast.reem, next_case(studied, cast), "study").content.decode()
    assert "بدأت من إجابات الدراسة" in page


def test_an_expired_study_is_not_begun_from(studied, cast, day_one):
    day_one.move_to("2027-12-01T09:00:00+03:00")
    assert not next_case(studied, cast).study.sections.exists()


def test_one_that_does_not_know_what_changed_is_not_begun_from(studied, cast, day_one):
    day_one.shift(60)
    record_change(studied, by=cast.noura, what="work_lost", detail="فقد عمله.", told_by="person", happened_on=None)
    assert not next_case(studied, cast).study.sections.exists()


def test_somebody_elses_study_is_not_begun_from(studied, cast):
    case = walk(new_case(by=cast.noura), cast, to="social_research")
    take_for_research(case, by=cast.reem)
    begin(SupportRequest.objects.get(pk=case.pk), by=cast.reem)
    assert not Study.objects.get(case=case).sections.exists()
