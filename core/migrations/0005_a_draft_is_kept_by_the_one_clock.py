from django.db import migrations, models

import core.clock


class Migration(migrations.Migration):
    dependencies = [("core", "0004_unsettled_messages_are_found_quickly")]

    operations = [
        migrations.AlterField(
            model_name="draft",
            name="updated_at",
            field=models.DateTimeField(default=core.clock.now, help_text="when it was last kept"),
        ),
    ]
