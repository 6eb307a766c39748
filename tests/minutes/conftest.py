import pytest

from committee.minutes.actions import draft, sign
from committee.minutes.rules import fingerprint
from tests import recorded
from tests.minutes.desk import drawn, eventful


@pytest.fixture
def met(cast, day_one):
    """A meeting that is over, with everything that minutes must tell (`desk.eventful`)."""
    return recorded.afterwards(lambda: eventful(cast, day_one), "met", traveller=day_one)


@pytest.fixture
@recorded.kept_rows
def minutes(met, cast):
    return draft(met.meeting, by=cast.secretary)


@pytest.fixture
@recorded.kept_rows
def signed(minutes, cast):
    """Signed by the secretary, and so closed."""
    sign(minutes, by=cast.secretary, picture=drawn(), seen=fingerprint(minutes))
    minutes.refresh_from_db()
    return minutes
