from django.db import migrations

from core.append_only import REFUSE_CHANGE, append_only, for_app_role


class Migration(migrations.Migration):
    """The application's role reads and writes rows but owns nothing; the record only grows."""

    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", migrations.RunSQL.noop),
        migrations.RunSQL(
            for_app_role(
                "GRANT USAGE ON SCHEMA public TO",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO",
                "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO",
                "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO",
                "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO",
            ),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(REFUSE_CHANGE, "DROP FUNCTION portal_append_only"),
        append_only("core_auditrow"),
        append_only("core_readrow"),
    ]
