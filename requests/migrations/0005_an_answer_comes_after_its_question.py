from django.db import migrations, models


class Migration(migrations.Migration):
    """The authority answers a programme on the day it was raised, or after it."""

    dependencies = [("requests", "0004_a_decision_is_settled_once")]

    operations = [
        migrations.AddConstraint(
            model_name="programmepermit",
            constraint=models.CheckConstraint(
                condition=models.Q(("answered_on", None), ("raised_on", None), _connector="OR")
                | models.Q(("answered_on__gte", models.F("raised_on"))),
                name="answered_on_or_after_the_day_raised",
            ),
        ),
    ]
