import core.clock
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The columns and tables of a version's life; 0003 fills them, 0004 freezes what is published."""

    dependencies = [
        ("core", "0002_roles_and_record"),
        ("policies", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Acknowledgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("read_at", models.DateTimeField(default=core.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="DeskDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("uploaded_at", models.DateTimeField(default=core.clock.now)),
                ("replaced_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-uploaded_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ServicePeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="waiting period, days",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Signatory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="order")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.AlterModelOptions(
            name="clause",
            options={"ordering": ["position"], "verbose_name": "clause", "verbose_name_plural": "clauses"},
        ),
        migrations.RemoveConstraint(
            model_name="clause",
            name="clause_position_once_per_version",
        ),
        migrations.RemoveConstraint(
            model_name="policyversion",
            name="published_has_its_moment",
        ),
        migrations.RenameField("approval", "signatories", "signatories_before"),
        migrations.AddField(
            model_name="approval",
            name="scan",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="approval",
            name="second_date_typed",
            field=models.CharField(
                blank=True, max_length=40, verbose_name="the date in the other calendar, as printed"
            ),
        ),
        migrations.AddField(
            model_name="clause",
            name="code",
            field=models.SlugField(
                blank=True,
                help_text="the step, channel or tool of the portal that follows it",
                verbose_name="what it carries out",
            ),
        ),
        migrations.AddField(
            model_name="clause",
            name="heading",
            field=models.CharField(
                blank=True,
                help_text="on the first clause of a section",
                max_length=120,
                verbose_name="heading as printed",
            ),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="approved_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="approval recorded at"),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="approved_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="based_on",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="policies.policyversion",
            ),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="modified_at",
            field=models.DateTimeField(default=core.clock.now, editable=False, verbose_name="last changed"),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="modified_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="pack",
            field=models.CharField(blank=True, editable=False, help_text="the pack it was loaded from", max_length=30),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="published_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="review_due_on",
            field=models.DateField(blank=True, null=True, verbose_name="review due on"),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="revision",
            field=models.PositiveIntegerField(default=1, editable=False, help_text="grows with every saving"),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="superseded_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="superseded at"),
        ),
        migrations.AlterField(
            model_name="approval",
            name="body",
            field=models.CharField(blank=True, max_length=80, verbose_name="approved by"),
        ),
        migrations.AlterField(
            model_name="approval",
            name="date_typed",
            field=models.CharField(blank=True, max_length=40, verbose_name="date of approval"),
        ),
        migrations.AlterField(
            model_name="approval",
            name="meeting_no",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="meeting"),
        ),
        migrations.AlterField(
            model_name="approval",
            name="publish_on_website",
            field=models.BooleanField(default=False, verbose_name="published on the website"),
        ),
        migrations.AlterField(
            model_name="approval",
            name="session_no",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="session"),
        ),
        migrations.AlterField(
            model_name="approval",
            name="supersedes",
            field=models.CharField(blank=True, max_length=200, verbose_name="replaces"),
        ),
        migrations.AlterField(
            model_name="approval",
            name="term_no",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="term of the board"),
        ),
        migrations.AlterField(
            model_name="approval",
            name="updated_on",
            field=models.DateField(blank=True, null=True, verbose_name="last updated"),
        ),
        migrations.AlterField(
            model_name="approval",
            name="weekday",
            field=models.CharField(blank=True, max_length=12, verbose_name="weekday"),
        ),
        migrations.AlterField(
            model_name="clause",
            name="clause_id",
            field=models.CharField(max_length=12, verbose_name="clause"),
        ),
        migrations.AlterField(
            model_name="clause",
            name="kind",
            field=models.CharField(
                choices=[
                    ("preamble", "Preamble"),
                    ("general_objective", "General objective"),
                    ("detailed_objective", "Detailed objectives"),
                    ("channel", "Channels"),
                    ("tool", "The officer's tools"),
                    ("procedure_step", "Procedure"),
                    ("approval", "Board approval"),
                ],
                max_length=20,
                verbose_name="section",
            ),
        ),
        migrations.AlterField(
            model_name="clause",
            name="number",
            field=models.CharField(blank=True, max_length=12, verbose_name="number as printed"),
        ),
        migrations.AlterField(
            model_name="clause",
            name="text",
            field=models.TextField(verbose_name="text"),
        ),
        migrations.AlterField(
            model_name="policyversion",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("approved", "approved by the board"),
                    ("published", "published"),
                    ("superseded", "superseded"),
                ],
                default="draft",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="tool",
            name="clause_id",
            field=models.CharField(max_length=12, verbose_name="clause"),
        ),
        migrations.AlterField(
            model_name="tool",
            name="code",
            field=models.SlugField(verbose_name="code"),
        ),
        migrations.AlterField(
            model_name="tool",
            name="description",
            field=models.TextField(blank=True, verbose_name="explanation"),
        ),
        migrations.AlterField(
            model_name="tool",
            name="label",
            field=models.CharField(max_length=120, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="tool",
            name="position",
            field=models.PositiveSmallIntegerField(verbose_name="order"),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("version", "position"),
                name="clause_position_once_per_version",
            ),
        ),
        migrations.AddField(
            model_name="acknowledgement",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="acknowledgement",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acknowledgements",
                to="policies.policyversion",
            ),
        ),
        migrations.AddField(
            model_name="deskdocument",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="deskdocument",
            name="tool",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="policies.tool"
            ),
        ),
        migrations.AddField(
            model_name="deskdocument",
            name="uploaded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="serviceperiod",
            name="clause",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT, to="policies.clause", verbose_name="clause"
            ),
        ),
        migrations.AddField(
            model_name="serviceperiod",
            name="service",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="policies.service", verbose_name="service"
            ),
        ),
        migrations.AddField(
            model_name="serviceperiod",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="service_periods", to="policies.policyversion"
            ),
        ),
        migrations.AddField(
            model_name="signatory",
            name="approval",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="signatories", to="policies.approval"
            ),
        ),
        migrations.AddConstraint(
            model_name="acknowledgement",
            constraint=models.UniqueConstraint(fields=("version", "user"), name="acknowledged_once"),
        ),
        migrations.AddConstraint(
            model_name="deskdocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at", None)), fields=("tool",), name="one_current_file_per_tool"
            ),
        ),
        migrations.AddConstraint(
            model_name="serviceperiod",
            constraint=models.UniqueConstraint(fields=("version", "service"), name="one_period_per_service"),
        ),
        migrations.AddConstraint(
            model_name="serviceperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(("days__gte", 1)), name="a_services_period_is_a_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("approval", "position"),
                name="signatory_position_once",
            ),
        ),
    ]
