import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_staff_have_a_mobile"),
    ]

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "city",
                    models.CharField(
                        blank=True, help_text="empty: the whole branch", max_length=60, verbose_name="city"
                    ),
                ),
                (
                    "district",
                    models.CharField(
                        blank=True,
                        help_text="empty: the whole city, or the whole branch",
                        max_length=80,
                        verbose_name="district",
                    ),
                ),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.branch",
                        verbose_name="branch",
                    ),
                ),
                (
                    "researcher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="areas",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="social researcher",
                    ),
                ),
            ],
            options={
                "verbose_name": "area of a researcher",
                "verbose_name_plural": "areas of researchers",
                "constraints": [
                    models.UniqueConstraint(fields=("researcher", "branch", "city", "district"), name="an_area_once")
                ],
            },
        ),
    ]
