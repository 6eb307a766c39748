import pytest

from surveys import actions
from tests.surveys.desk import links


@pytest.fixture
def delivered(case_at):
    return case_at("delivered")


@pytest.fixture
def link(delivered):
    """The link the person of a delivered case received."""
    actions.sweep_deliveries()
    return links()[0]
