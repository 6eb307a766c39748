"""Telling the period and the decision: by the counter, once, while there is something to tell (rules 1 and 4)."""

import pytest

from core.errors import Refused
from requests import workflow
from requests.actions import tell_decision, tell_period, why_not_tell_decision
from requests.models import DocumentCheck, SupportRequest
from requests.page import telling_of_period
from requests.verification.actions import judge_paper
from tests.cast import new_case


@pytest.fixture
def letter(cast, day_one):
    return new_case(by=cast.noura, channel="letters", informed=False)


def test_the_counter_tells_the_period(letter, cast):
    assert telling_of_period(letter, cast.noura)
    assert tell_period(letter, by=cast.noura).informed_at


def test_nobody_else_tells_it(letter, cast):
    assert telling_of_period(letter, cast.manager) == []
    with pytest.raises(Refused, match="موظف"):
        tell_period(letter, by=cast.manager)


def test_of_a_closed_request_no_period_is_told(letter, cast):
    workflow.perform(letter, "close", by=cast.manager, close_reason="duplicate")
    with pytest.raises(Refused, match="مُغلق"):
        tell_period(letter, by=cast.noura)
    assert SupportRequest.objects.get(pk=letter.pk).informed_at is None


def test_before_a_decision_there_is_none_to_tell(case_at, cast):
    with pytest.raises(Refused):
        tell_decision(case_at("carried"), by=cast.noura, how="counter")


def test_a_decision_is_told_once_and_by_the_counter(case_at, cast):
    case = case_at("approved")
    assert why_not_tell_decision(case, by=cast.chair)
    tell_decision(case, by=cast.noura, how="phone")
    with pytest.raises(Refused):
        tell_decision(case, by=cast.noura, how="counter")


def test_a_paper_is_judged_as_it_stands_not_as_it_stood(case, cast):
    """Between loading the page and pressing the button a colleague kept a file with it."""
    stale = case.checks.filter(has_expiry=False).first()
    DocumentCheck.objects.filter(pk=stale.pk).update(label="بعد التصحيح")
    judge_paper(stale, by=cast.noura, state="accepted")
    assert DocumentCheck.objects.get(pk=stale.pk).label == "بعد التصحيح"
