"""After a test with transactions of its own the next one finds what the migrations left, and every trigger awake."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from committee.models import Vote
from core.models import AuditRow
from tests.cast import new_case, walk
from tests.emptied import STAY, empty

ASLEEP = "SELECT count(*) FROM pg_trigger WHERE tgenabled <> 'O'"


def filled() -> set[str]:
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table for model in models if model._base_manager.exists()}


@pytest.mark.django_db(transaction=True)
def test_all_that_a_case_leaves_is_gone_but_not_the_permissions(cast, day_one):
    walk(new_case(by=cast.noura), cast, to="carried", traveller=day_one)
    assert {Vote._meta.db_table, AuditRow._meta.db_table} <= filled()

    empty()

    assert filled() == set(STAY) - {"django_migrations"}


@pytest.mark.django_db(transaction=True)
def test_what_may_not_be_deleted_may_not_be_deleted_afterwards(cast):
    empty()
    with connection.cursor() as cursor:
        cursor.execute(ASLEEP)
        assert cursor.fetchone() == (0,)
    row = AuditRow.objects.create(verb="x", subject_type="x", subject_id="1", actor="system")
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        AuditRow.objects.filter(pk=row.pk).delete()
