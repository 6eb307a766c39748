import pytest

from accounts.roles import Role
from requests.actions import take_for_research
from tests import recorded
from tests.cast import user
from tests.visits.desk import referred


@pytest.fixture
@recorded.kept_rows
def salem(cast):
    """A second researcher of the head office."""
    return user("salem", "سالم الحازمي", Role.RESEARCHER)


@pytest.fixture
@recorded.kept_rows
def taken(cast, day_one):
    """A case that Reem studies."""
    return take_for_research(referred(cast), by=cast.reem)
