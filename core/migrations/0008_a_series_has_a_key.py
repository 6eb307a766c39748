from django.db import migrations, models


class Migration(migrations.Migration):
    """Like every other table it has a number for its key. Made anew: no paper was numbered before it."""

    dependencies = [
        ("core", "0007_papers_are_numbered"),
    ]

    operations = [
        migrations.DeleteModel(name="Series"),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
    ]
