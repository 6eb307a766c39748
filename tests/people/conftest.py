import pytest

from tests.cast import client_of, new_person
from tests.people.desk import fill


@pytest.fixture
def person(cast, day_one):
    """A file of head office with something in every part."""
    return fill(new_person(by=cast.noura), by=cast.noura)


@pytest.fixture
def officer(cast, day_one):
    return client_of(cast.noura)
