from django.db import migrations

from core.append_only import REFUSE_SECOND_SETTLING


class Migration(migrations.Migration):
    """The trigger function of rows that are settled once and never changed after (`core.append_only.settles_once`)."""

    dependencies = [("core", "0002_roles_and_record")]

    operations = [migrations.RunSQL(REFUSE_SECOND_SETTLING, "DROP FUNCTION portal_settles_once")]
