from django.db import migrations, models

from core.append_only import only_updates, updates_again


class Migration(migrations.Migration):
    """Which voices counted is written with the count: the minutes read it instead of guessing who was in the room."""

    dependencies = [("committee", "0007_words_may_be_missing")]

    operations = [
        migrations.AddField("vote", "counted", models.BooleanField(null=True)),
        migrations.RunSQL(only_updates("committee_vote", "choice", "at", "counted"), updates_again("committee_vote")),
    ]
