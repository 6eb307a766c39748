import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.clock
from core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_a_file_knows_how_many_pages_it_has"),
        ("beneficiaries", "0007_a_suspension_ends_on_its_date"),
        ("requests", "0012_one_clarification_at_a_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SignedPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("added_at", models.DateTimeField(default=core.clock.now)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "declaration",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="paper", to="requests.declaration"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                (
                    "representative",
                    models.ForeignKey(
                        blank=True,
                        help_text="who signed it",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="beneficiaries.representative",
                    ),
                ),
            ],
        ),
        append_only("requests_signedpaper"),
    ]
