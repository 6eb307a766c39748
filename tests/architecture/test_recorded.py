"""What `tests.recorded` puts back is what the real verbs wrote: the same rows, to the letter, in every table."""

from contextlib import suppress
from datetime import date

import pytest
from django.apps import apps
from django.db import connection, transaction

from accounts.models import Branch
from core import clock
from core.uploads import store
from policies import packs
from policies.models import Association, PolicyVersion
from requests.models import SupportRequest
from tests import recorded
from tests.cast import amend, make_cast, new_case, walk
from tests.paper import upload


def everything() -> dict[str, set[bytes]]:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        found = {}
        for table in sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)}):
            with cursor.copy(f"COPY {table} TO STDOUT") as rows:
                found[table] = set(b"".join(bytes(part) for part in rows).splitlines())
    return found


class Undo(Exception):
    """Leaves the savepoint with nothing in it."""


def made_and_put_back(make) -> tuple[dict, dict]:
    with suppress(Undo), transaction.atomic():
        _made, recording = recorded.record(make)
        written = everything()
        raise Undo
    recorded.put_back(recording)
    return written, everything()


@pytest.mark.django_db
@pytest.mark.parametrize("name", packs.NAMES)
def test_a_pack_put_back_is_the_pack_loaded(name):
    written, found = made_and_put_back(lambda: packs.load(name))
    assert found == written
    assert Association.current().pack == name


def test_the_cast_put_back_is_the_cast_appointed(pack):
    written, found = made_and_put_back(make_cast)
    assert found == written


def test_each_test_has_objects_of_its_own(cast):
    _made, recording = recorded.record(lambda: cast)
    one, other = recorded.put_back(recording), recorded.put_back(recording)
    one.noura.name = "أخرى"
    assert other.noura == cast.noura
    assert other.noura.name == cast.noura.name
    assert other.officer is other.noura


@pytest.mark.parametrize("state", ["delivered", "rejected", "awaiting_documents"])
def test_a_case_put_back_is_the_case_walked(cast, day_one, state):
    written, found = made_and_put_back(lambda: walk(new_case(by=cast.noura), cast, to=state, traveller=day_one))
    assert found == written
    assert SupportRequest.objects.get().state == state


def test_rows_that_stood_before_are_put_back_as_they_read_afterwards(pack):
    def make():
        Association.objects.update(about="أخرى")
        amend(title="سياسة ثانية")

    written, found = made_and_put_back(make)
    assert found == written
    assert (Association.current().about, PolicyVersion.in_force().title) == ("أخرى", "سياسة ثانية")


def test_a_file_is_put_back_with_its_row(pack, settings, tmp_path):
    made, recording = recorded.record(lambda: store(upload(), by_id=None))
    content = made.file.read()
    made.delete()
    settings.MEDIA_ROOT = tmp_path / "another"
    assert recorded.put_back(recording).file.read() == content


def test_the_clock_stands_where_it_was_left(cast, day_one):
    def make():
        day_one.move_to("2026-12-06T09:00:00+03:00", tick=False)

    _made, recording = recorded.record(make)
    day_one.move_to("2026-11-22T09:00:00+03:00", tick=False)
    recorded.put_back(recording, day_one)
    assert clock.today() == date(2026, 12, 6)


def test_the_guards_stand_again_afterwards(case, cast):
    with suppress(Undo), transaction.atomic():
        _made, recording = recorded.record(lambda: new_case(by=cast.noura))
        raise Undo
    recorded.put_back(recording)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgenabled FROM pg_trigger WHERE NOT tgisinternal")
        assert cursor.fetchall() == [("O",)]


class Maker:
    """Makes a branch, and counts how often it was asked to."""

    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return Branch.objects.create(code=f"b{self.times}", name="فرع")


@pytest.fixture
def anew(monkeypatch):
    """`anew()`: as if a test began, of which nothing is left but what others recorded."""
    monkeypatch.setattr(recorded, "kept", {})

    def begin(make):
        with suppress(Undo), transaction.atomic(), recorded.from_the_beginning():
            make()
            raise Undo

    return begin


@pytest.mark.django_db
def test_after_the_same_beginnings_it_is_put_back(anew):
    make = Maker()
    for _test in range(2):
        anew(lambda: recorded.afterwards(make, "branch"))
    assert make.times == 1


@pytest.mark.django_db
def test_after_another_beginning_it_is_made(anew):
    make = Maker()
    anew(lambda: recorded.afterwards(make, "branch"))
    anew(lambda: (recorded.afterwards(Maker(), "another"), recorded.afterwards(make, "branch")))
    assert make.times == 2


@pytest.mark.django_db
def test_after_a_row_of_the_tests_own_it_is_made(anew):
    make = Maker()
    for _test in range(2):
        anew(lambda: (Branch.objects.filter(code="main").update(name="أخرى"), recorded.afterwards(make, "branch")))
    assert make.times == 2


def test_a_fixture_that_moves_the_clock_says_with_what(case_at, day_one):
    """Put back without its clock, its rows would be of a day that has not come."""
    with pytest.raises(AssertionError, match="moves the clock"):
        recorded.afterwards(lambda: case_at("registered"), "nobody's clock")
