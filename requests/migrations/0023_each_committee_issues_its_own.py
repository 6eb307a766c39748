import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.append_only import for_app_role

BODIES = [("main", "the committee"), ("appeals", "the appeals committee")]


class Migration(migrations.Migration):
    """Which body carried a decision, and who chairs it: the chair of one committee issues nothing of the other."""

    dependencies = [
        ("requests", "0022_an_appointment_may_have_no_note"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("decision", "body", models.CharField(choices=BODIES, default="main", max_length=7)),
        migrations.CreateModel(
            name="Issuer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seat", models.PositiveBigIntegerField(help_text="the seat on the committee", unique=True)),
                ("body", models.CharField(choices=BODIES, max_length=7)),
                ("deputy", models.BooleanField(default=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            for_app_role("REVOKE DELETE, TRUNCATE ON requests_issuer FROM"),
            for_app_role("GRANT DELETE ON requests_issuer TO"),
        ),
    ]
