from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_screens_lock"),
        ("beneficiaries", "0014_births_are_read_with_names"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="person",
            name="person_confirmed",
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("merged_into", None)), fields=["confirmed_on", "id"], name="person_confirmed"
            ),
        ),
    ]
