from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("committee", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="motion",
            name="result",
            field=models.CharField(
                blank=True,
                choices=[
                    ("carried", "carried"),
                    ("lost", "lost"),
                    ("tied", "tied"),
                    ("replaced", "replaced by another proposal"),
                ],
                max_length=10,
            ),
        ),
    ]
