"""What the application's own role may not do to the database, whatever SQL somebody makes it say (trust.md, Record).

The tests run as the owner; each statement here runs as the role that serves people.
"""

import pytest
from django.db import Error, connection, transaction

from core import audit
from core.models import AuditRow
from requests.models import Step, SupportRequest


def as_the_application(statement: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE portal_app")
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused(statement: str, *values) -> bool:
    try:
        as_the_application(statement, *values)
    except Error:
        return True
    return False


PINNED = {
    "the earliest date": "earliest_decision_on = '2026-11-23'",
    "the earliest date, to nothing": "earliest_decision_on = NULL, waiting_from = NULL, informed_at = NULL",
    "the day it counts from": "waiting_from = waiting_from - 14, earliest_decision_on = earliest_decision_on - 14",
    "the moment of telling": "informed_at = informed_at - interval '14 days'",
    "both together": "informed_at = informed_at - interval '14 days', waiting_from = waiting_from - 14, "
    "earliest_decision_on = earliest_decision_on - 14",
    "the days": "min_decision_days = 1",
    "the days and the date": "min_decision_days = 1, earliest_decision_on = waiting_from + 1",
    "what it counts from": "waiting_starts_at = 'committee_referral'",
    "when it came": "received_at = received_at - interval '30 days'",
    "the state, before the date": "state = 'approved', decided_on = '2026-12-05'",
    "the state, with no date of deciding": "state = 'rejected'",
    "the state, registered": "state = 'registered', decided_on = '2026-11-30'",
}


@pytest.mark.parametrize("what", PINNED)
def test_no_sql_moves_what_the_person_was_promised(case, what):
    assert refused(f"UPDATE requests_supportrequest SET {PINNED[what]} WHERE id = %s", case.pk)


def test_another_column_of_the_row_may_be_written(case):
    """The control: the role can write the row, so what stopped the statements above is the law in it."""
    as_the_application("UPDATE requests_supportrequest SET receive_where = 'x' WHERE id = %s", case.pk)
    assert SupportRequest.objects.get(pk=case.pk).receive_where == "x"


ONLY_GROW = (
    "requests_step requests_permitstep requests_declaration requests_signedpaper core_auditrow core_readrow".split()
)


@pytest.mark.parametrize("table", ONLY_GROW)
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "TRUNCATE {}", "TRUNCATE {} CASCADE", "UPDATE {} SET id = id + 1"])
def test_the_record_only_grows(case, table, verb):
    audit.looked_at(case, by=case.received_by, what="case")
    assert refused(verb.format(table))


NOT_THE_OWNERS = [
    "ALTER TABLE requests_supportrequest DISABLE TRIGGER ALL",
    "ALTER TABLE core_auditrow DISABLE TRIGGER core_auditrow_rows_stay",
    "DROP TRIGGER requests_pinned ON requests_supportrequest",
    "ALTER TABLE requests_supportrequest DROP CONSTRAINT decided_on_or_after_the_earliest_date",
    "ALTER TABLE requests_step RENAME TO gone",
    "DROP TABLE requests_step",
    "CREATE OR REPLACE FUNCTION portal_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "DROP FUNCTION requests_never_moves() CASCADE",
    "CREATE TABLE public.mine (id int)",
    "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "SET session_replication_role = replica",
    "SET log_min_error_statement = debug1",
    "ALTER TABLE core_auditrow OWNER TO portal_app",
    "ALTER ROLE portal_app CREATEROLE",
    "ALTER ROLE portal_app SET session_replication_role = replica",
    "CREATE ROLE mine SUPERUSER",
    "COPY core_auditrow TO '/tmp/rows'",
    "COPY core_draft FROM PROGRAM 'id'",
    "SELECT pg_read_file('/etc/passwd')",
    "CREATE EXTENSION dblink",
    "CREATE RULE r AS ON INSERT TO requests_step DO INSTEAD NOTHING",
    "LOCK TABLE pg_catalog.pg_trigger",
    "UPDATE pg_catalog.pg_trigger SET tgenabled = 'D'",
]


@pytest.mark.parametrize("statement", NOT_THE_OWNERS)
def test_the_application_owns_nothing(db, statement):
    assert refused(statement)


def test_the_application_may_not_become_the_owner(db):
    """Not by membership: the owner may act as the application, never the other way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role('portal_app', 'portal_owner', 'MEMBER'), rolsuper, rolcreaterole, rolbypassrls "
            "FROM pg_roles WHERE rolname = 'portal_app'"
        )
        assert cursor.fetchone() == (False, False, False, False)


def test_the_record_may_be_added_to(case):
    """The control: inserting is what the role is for."""
    before = AuditRow.objects.count()
    as_the_application(
        "INSERT INTO core_auditrow (at, actor, verb, subject_type, subject_id, changes, why) "
        "VALUES (now(), 'x', 'x', 'x', '1', '{}', '')"
    )
    assert AuditRow.objects.count() == before + 1


def test_a_case_with_a_history_cannot_be_deleted(case):
    assert Step.objects.filter(case=case).exists()
    assert refused("DELETE FROM requests_supportrequest WHERE id = %s", case.pk)


def test_whoever_proposed_cannot_be_written_in_as_the_issuer(case_at):
    case = case_at("carried")
    assert refused(
        "UPDATE requests_decision SET issued_by_id = proposed_by_id, decided_on = '2026-12-06', settled_at = now() "
        "WHERE case_id = %s",
        case.pk,
    )
