import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("beneficiaries", "0013_the_number_that_was_called")]
    operations = [
        migrations.RemoveIndex(model_name="person", name="person_born"),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                models.F("birth_date"),
                django.db.models.functions.comparison.Collate("name_key", "C"),
                condition=models.Q(("merged_into", None)),
                name="person_born_and_name",
            ),
        ),
    ]
