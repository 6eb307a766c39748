"""What `tests.recorded` puts back is what the real verbs wrote: the same rows, to the letter, in every table."""

from contextlib import suppress

import pytest
from django.apps import apps
from django.db import connection, transaction

from policies import packs
from policies.models import Association
from tests import recorded
from tests.cast import make_cast


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


def test_what_changes_rows_that_stood_before_it_is_not_kept(pack):
    with pytest.raises(AssertionError, match="cannot be put back"):
        recorded.record(lambda: Association.objects.update(about="أخرى"))
