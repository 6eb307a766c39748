from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("beneficiaries", "0005_one_category_becomes_several"),
    ]

    operations = [
        migrations.AddField(
            model_name="merge",
            name="numbers",
            field=models.CharField(
                blank=True,
                choices=[
                    ("naturalised", "a residence number became a national ID"),
                    ("renewed", "a residence number was replaced by another"),
                    ("mistyped", "one of the two numbers was typed wrong"),
                    ("elses", "one file was opened with another person's number"),
                ],
                max_length=12,
                verbose_name="why the ID numbers differ",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(condition=models.Q(("merged_into", None)), fields=["birth_date"], name="person_born"),
        ),
    ]
