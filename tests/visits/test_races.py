"""Two hands at one case, and two cases for the same hands."""

import pytest

from core.errors import Refused
from requests import workflow
from requests.actions import take_for_research
from requests.models import SupportRequest
from requests.visits import actions, assigning
from tests.cast import new_case
from tests.races import at_once, waiting_for_all
from tests.visits.desk import accept_papers, area, referred

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def two(cast, salem, day_one):
    """Two cases about to be referred, and two researchers of the same area."""
    area(cast.reem)
    area(salem)
    cases = [new_case(by=cast.noura) for _each in range(2)]
    for case in cases:
        accept_papers(case, by=cast.noura)
        workflow.perform(case, "verify", by=cast.noura)
    return cases


def refer_both(cast, cases) -> list:
    return at_once(*[lambda case=case: workflow.perform(case, "refer_to_research", by=cast.noura) for case in cases])


def test_two_cases_referred_at_once_go_to_two_researchers(cast, salem, two):
    assert {case.researcher for case in refer_both(cast, two)} == {cast.reem, salem}


def test_control_without_the_lock_both_go_to_the_same(cast, salem, two, monkeypatch):
    monkeypatch.setattr(assigning, "hold", lambda researchers: None)
    monkeypatch.setattr(assigning, "least_busy", waiting_for_all(2, assigning.least_busy))
    assert {case.researcher for case in refer_both(cast, two)} == {cast.reem}


@pytest.fixture
def waiting(cast, salem, day_one):
    return referred(cast)


def take_both(cast, salem, case) -> set:
    taken = at_once(*[lambda who=who: take_for_research(case, by=who) for who in (cast.reem, salem)])
    return {type(each) for each in taken}


def test_a_case_taken_by_two_at_once_is_one_researchers(cast, salem, waiting):
    assert take_both(cast, salem, waiting) == {SupportRequest, Refused}


def test_control_without_the_lock_two_think_they_have_it(cast, salem, waiting, monkeypatch):
    monkeypatch.setattr(workflow, "lock", lambda case: SupportRequest.objects.get(pk=case.pk))
    monkeypatch.setattr(workflow, "out_of_sight", waiting_for_all(2, workflow.out_of_sight))
    assert take_both(cast, salem, waiting) == {SupportRequest}


def test_given_away_while_it_is_taken_it_is_one_researchers_and_the_record_says_whose(cast, salem, waiting):
    hand = lambda: actions.hand_over(waiting, by=cast.manager, to=salem, why="…")  # noqa: E731
    at_once(hand, lambda: take_for_research(waiting, by=cast.reem))
    waiting.refresh_from_db()
    assert waiting.researcher == salem  # the manager's word is the last, whichever came first
