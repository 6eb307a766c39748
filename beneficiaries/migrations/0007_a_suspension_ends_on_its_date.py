from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("beneficiaries", "0006_duplicates_are_found_by_birth_date"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="suspension",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "waits for a second person"),
                    ("in_force", "suspended"),
                    ("refused", "not confirmed"),
                    ("lifted", "lifted"),
                    ("ended", "ended on its date"),
                ],
                default="proposed",
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                name="an_objection_is_answered_by_a_third_hand",
                condition=models.Q(objection_answered_by__isnull=True)
                | (
                    ~models.Q(objection_answered_by=models.F("proposed_by"))
                    & ~models.Q(objection_answered_by=models.F("settled_by"))
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                name="whoever_proposed_a_suspension_does_not_lift_it",
                condition=models.Q(lifted_by__isnull=True) | ~models.Q(lifted_by=models.F("proposed_by")),
            ),
        ),
    ]
