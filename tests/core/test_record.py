"""The record only grows: by trigger for everybody, by missing rights for the application's role (rule 8)."""

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from core import audit
from core.models import AuditRow
from policies.models import Association


@pytest.fixture
def row(db):
    return audit.record("tested", Association.objects.create(name="جمعية"), by=audit.System(), why="سبب")


@pytest.mark.parametrize(
    "statement", ["UPDATE core_auditrow SET why = 'x'", "DELETE FROM core_auditrow", "UPDATE core_auditrow SET id = 9"]
)
def test_a_row_of_the_record_is_never_changed(row, statement):
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditRow.objects.get(pk=row.pk).why == "سبب"


@pytest.fixture
def as_the_application(db):
    """Runs one statement as the role that web, worker and beat connect as."""

    def run(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET ROLE {settings.DATABASE_APP_ROLE}")
            try:
                with transaction.atomic():
                    cursor.execute(statement)
            finally:
                cursor.execute("RESET ROLE")

    return run


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM core_auditrow",
        "TRUNCATE core_auditrow",
        "DROP TRIGGER core_auditrow_rows_stay ON core_auditrow",
        "ALTER TABLE core_auditrow DISABLE TRIGGER ALL",
        "DELETE FROM requests_step",
        "UPDATE requests_declaration SET text = ''",
        "ALTER TABLE requests_supportrequest DROP CONSTRAINT decided_on_or_after_the_earliest_date",
        "DROP TABLE core_readrow",
    ],
)
def test_the_applications_role_may_not_touch_the_record(row, as_the_application, statement):
    with pytest.raises(DatabaseError, match="permission denied for table|must be owner"):
        as_the_application(statement)


def test_the_applications_role_may_add_to_the_record(row, as_the_application):
    as_the_application(
        "INSERT INTO core_auditrow (at, actor, verb, subject_type, subject_id, changes, why) "
        "VALUES (now(), 'system', 'tested', 'x', '1', '{}', '')"
    )
    assert AuditRow.objects.count() == 2
