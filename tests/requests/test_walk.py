import pytest

from tests.cast import HAPPY_PATH


@pytest.mark.parametrize("state", [*HAPPY_PATH, "rejected", "awaiting_documents", "withdrawn", "closed"])
def test_every_state_is_reached_by_the_real_workflow(case_at, state):
    assert case_at(state).state == state
