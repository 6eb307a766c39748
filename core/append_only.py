"""SQL for migrations: tables that only ever grow, and what the application's role may do."""

from django.conf import settings
from django.db import migrations

REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION portal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_database() LIKE 'test\\_%' THEN
        RETURN NULL;  -- the test runner empties its own database between tests
    END IF;
    RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""


REFUSE_SECOND_SETTLING = """
CREATE FUNCTION portal_settles_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '% is settled, not taken back: % is refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(OLD) ->> TG_ARGV[0] IS NOT NULL OR to_jsonb(NEW) ->> TG_ARGV[0] IS NULL
       OR to_jsonb(OLD) - TG_ARGV IS DISTINCT FROM to_jsonb(NEW) - TG_ARGV
    THEN
        RAISE EXCEPTION '% settles once, and changes in nothing else', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


def append_only(table: str) -> migrations.RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE of `table` by trigger, and take the rights from the application's role."""
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER {table}_rows_stay BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION portal_append_only();
        CREATE TRIGGER {table}_stays BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION portal_append_only();
        {for_app_role(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM")}
        """,
        f"DROP TRIGGER {table}_rows_stay ON {table}; DROP TRIGGER {table}_stays ON {table};",
    )


def settles_once(table: str, *, at: str, settling: tuple[str, ...]) -> migrations.RunSQL:
    """Rows of `table` stand as they were written until column `at` is filled in, once, with the `settling` columns.

    Refuses every other UPDATE, and DELETE and TRUNCATE, by trigger; the application's role has no right to them.
    """
    columns = (at, *settling)
    named = ", ".join(f"'{column}'" for column in columns)
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER {table}_settles BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION portal_settles_once({named});
        CREATE TRIGGER {table}_stays BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION portal_append_only();
        {only_updates(table, *columns)}
        """,
        f"DROP TRIGGER {table}_settles ON {table}; DROP TRIGGER {table}_stays ON {table}; {updates_again(table)}",
    )


def only_updates(table: str, *columns: str) -> str:
    """The application's role updates these columns of `table` alone, and deletes nothing."""
    return for_app_role(
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM", f"GRANT UPDATE ({', '.join(columns)}) ON {table} TO"
    )


def updates_again(table: str) -> str:
    return for_app_role(f"GRANT UPDATE, DELETE ON {table} TO")


def for_app_role(*statements: str) -> str:
    """The statements, each ending in the role's name, where that role exists (a lone developer may have one role)."""
    role = settings.DATABASE_APP_ROLE
    body = " ".join(f"{statement} {role};" for statement in statements)
    return f"DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN {body} END IF; END $$;"
