from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_what_settles_settles_once")]

    operations = [
        migrations.AddIndex(
            model_name="outboxrow",
            index=models.Index(
                condition=models.Q(("state__in", ["sending", "failed", "uncertain"])),
                fields=["state", "lease_until"],
                name="outbox_unsettled",
            ),
        ),
    ]
