import pytest


@pytest.fixture
def rejected(case_at):
    return case_at("rejected")
