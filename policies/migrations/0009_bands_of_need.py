from django.db import migrations, models

EXAMPLE = [("أ: حاجة شديدة", 500), ("ب: حاجة متوسطة", 1000), ("ج: حاجة محدودة", 1750), ("د: فوق حد الحاجة", None)]


def where_a_pack_is_loaded(apps, schema_editor):
    """A new installation gets the example with its pack."""
    version = apps.get_model("policies", "PolicyVersion")
    if version.objects.filter(state="published", asks_household=True).exists():
        for label, up_to in EXAMPLE:
            apps.get_model("policies", "NeedBand").objects.create(label=label, up_to=up_to)


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0008_votes_may_be_secret"),
    ]

    operations = [
        migrations.CreateModel(
            name="NeedBand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=60, unique=True, verbose_name="band of need")),
                (
                    "up_to",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Up to and with this amount. Empty: the last band, which has no upper bound.",
                        max_digits=10,
                        null=True,
                        verbose_name="up to, riyals a month for each person",
                    ),
                ),
                ("is_example", models.BooleanField(default=True, editable=False)),
            ],
            options={
                "verbose_name": "band of need",
                "verbose_name_plural": "bands of need",
                "ordering": [models.OrderBy(models.F("up_to"), nulls_last=True)],
                "constraints": [
                    models.UniqueConstraint(fields=("up_to",), name="a_bound_is_one_bands", nulls_distinct=False),
                    models.CheckConstraint(
                        condition=models.Q(("up_to", None), ("up_to__gte", 0), _connector="OR"),
                        name="a_bound_is_not_negative",
                    ),
                ],
            },
        ),
        migrations.RunPython(where_a_pack_is_loaded, migrations.RunPython.noop),
    ]
