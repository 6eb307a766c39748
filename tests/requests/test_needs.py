"""What must come with an action is asked by the workflow itself, whoever calls it: the forms only ask sooner."""

import pytest

from core.errors import Refused
from requests import workflow
from requests.rules import Applicant


@pytest.mark.parametrize("signed", [{}, {"signed": False}, {"signed": ""}])
def test_staff_withdraw_on_a_signed_paper_only(case, cast, signed):
    with pytest.raises(Refused, match="بورقة موقّعة"):
        workflow.perform(case, "withdraw", by=cast.noura, why="استغنى", **signed)


def test_a_signed_paper_does_not_stand_for_the_reason(case, cast):
    with pytest.raises(Refused, match="اكتب السبب"):
        workflow.perform(case, "withdraw", by=cast.noura, why=" ", signed=True)


def test_with_both_it_is_withdrawn(case, cast):
    assert workflow.perform(case, "withdraw", by=cast.noura, why="استغنى", signed=True).state == "withdrawn"


def test_the_person_served_withdraws_without_paper(case):
    assert workflow.perform(case, "withdraw", by=Applicant(), why="استغنيت").state == "withdrawn"


@pytest.mark.parametrize("reason", ["", "boredom", None])
def test_a_request_is_closed_for_a_reason_from_the_list(case, cast, reason):
    with pytest.raises(Refused, match="سبب الإغلاق"):
        workflow.perform(case, "close", by=cast.manager, close_reason=reason)


@pytest.mark.parametrize("reason", ["papers_never_came", "death", "duplicate", "untrue_data"])
def test_every_reason_of_the_list_closes(case, cast, reason):
    assert workflow.perform(case, "close", by=cast.manager, close_reason=reason).close_reason == reason
