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


def for_app_role(*statements: str) -> str:
    """The statements, each ending in the role's name, where that role exists (a lone developer may have one role)."""
    role = settings.DATABASE_APP_ROLE
    body = " ".join(f"{statement} {role};" for statement in statements)
    return f"DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN {body} END IF; END $$;"
