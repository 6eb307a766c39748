import core.clock
import core.sealed
import django.db.models.deletion
import encrypted_fields.fields
from django.conf import settings
from django.db import migrations, models

from core.append_only import append_only


class Migration(migrations.Migration):
    """The study grows into its sections and lines; what a completed one came to is kept and never altered."""

    dependencies = [
        ("core", "0006_a_file_knows_how_many_pages_it_has"),
        ("requests", "0015_a_rejection_is_objected_to_once"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PhotoConsent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("given_by", encrypted_fields.fields.EncryptedTextField(verbose_name="who agreed")),
                ("given_at", models.DateTimeField(default=core.clock.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="StudyLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("side", models.CharField(choices=[("income", "income"), ("obligation", "obligation")], max_length=10)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("salary", "salary"),
                            ("pension", "pension"),
                            ("social_security", "social security"),
                            ("citizen_account", "citizen account"),
                            ("rehabilitation", "disability allowance"),
                            ("property", "income of property"),
                            ("family_support", "support of relatives"),
                            ("association", "support of another association"),
                            ("other_income", "other income"),
                            ("rent", "rent"),
                            ("loan", "loan or instalment"),
                            ("debt", "debt"),
                            ("treatment", "treatment"),
                            ("study", "cost of study"),
                            ("bills", "electricity, water and telephone"),
                            ("alimony", "maintenance owed"),
                            ("other_obligation", "other obligation"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("amount", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="amount, riyals")),
                (
                    "every",
                    models.CharField(
                        choices=[("month", "a month"), ("year", "a year")],
                        default="month",
                        max_length=5,
                        verbose_name="every",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=120, verbose_name="note")),
                (
                    "known_by",
                    models.CharField(
                        choices=[("told", "told"), ("paper", "on a paper"), ("seen", "seen")],
                        default="told",
                        max_length=5,
                        verbose_name="how you know it",
                    ),
                ),
                ("counts", models.BooleanField(default=True, verbose_name="it counts")),
                ("why_not", models.CharField(blank=True, max_length=200, verbose_name="why it does not count")),
                ("from_file", models.BooleanField(default=False, help_text="begun from a line of the person's file")),
                ("added_at", models.DateTimeField(default=core.clock.now)),
            ],
            options={
                "ordering": ["side", "pk"],
            },
        ),
        migrations.CreateModel(
            name="StudyPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("caption", models.CharField(blank=True, max_length=120, verbose_name="what it shows")),
                ("added_at", models.DateTimeField(default=core.clock.now)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="StudyResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("formula", models.PositiveSmallIntegerField(help_text="version of the formula, `rules.FORMULA`")),
                (
                    "inputs",
                    core.sealed.SealedJSONField(
                        help_text="lines, household, bands, sections and recommendation as they stood"
                    ),
                ),
                ("household_size", models.PositiveSmallIntegerField(null=True)),
                ("income", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("obligations", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("per_head", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("band", models.CharField(blank=True, max_length=60)),
                (
                    "by_example",
                    models.BooleanField(default=False, help_text="the table of bands was still the example"),
                ),
                ("made_at", models.DateTimeField(default=core.clock.now)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="StudySection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=12)),
                (
                    "agrees",
                    models.CharField(
                        blank=True,
                        choices=[("same", "as in the file"), ("differs", "something differs")],
                        max_length=7,
                        verbose_name="compared with the file",
                    ),
                ),
                (
                    "differs",
                    encrypted_fields.fields.EncryptedTextField(blank=True, null=True, verbose_name="what differs"),
                ),
                (
                    "stated",
                    encrypted_fields.fields.EncryptedTextField(
                        blank=True, null=True, verbose_name="what you were told"
                    ),
                ),
                (
                    "observed",
                    encrypted_fields.fields.EncryptedTextField(
                        blank=True, null=True, verbose_name="what you saw yourself"
                    ),
                ),
                (
                    "opinion",
                    encrypted_fields.fields.EncryptedTextField(
                        blank=True, null=True, verbose_name="your opinion of this section"
                    ),
                ),
                ("answers", core.sealed.SealedJSONField(default=dict)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("updated_at", models.DateTimeField(default=core.clock.now)),
            ],
        ),
        migrations.AddField(
            model_name="study",
            name="band",
            field=models.CharField(blank=True, max_length=60, verbose_name="band of need"),
        ),
        migrations.AddField(
            model_name="study",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("transfer", "money by bank transfer"),
                    ("in_kind", "things in kind"),
                    ("bill", "a bill paid"),
                    ("repair", "repair of the home"),
                    ("medical", "medical treatment or device"),
                    ("education", "education"),
                    ("sponsorship", "sponsorship"),
                    ("seasonal", "seasonal support"),
                    ("referral", "a referral letter"),
                ],
                max_length=12,
                verbose_name="kind of support",
            ),
        ),
        migrations.AddField(
            model_name="study",
            name="months",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="for how many months"),
        ),
        migrations.AddField(
            model_name="study",
            name="per_head",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="income per person"
            ),
        ),
        migrations.AddField(
            model_name="study",
            name="present",
            field=encrypted_fields.fields.EncryptedTextField(blank=True, null=True, verbose_name="who was present"),
        ),
        migrations.AddField(
            model_name="study",
            name="visited_at",
            field=models.CharField(
                blank=True,
                choices=[("home", "at the person's home"), ("office", "at our office"), ("phone", "by phone")],
                max_length=6,
                verbose_name="where you met",
            ),
        ),
        migrations.AddField(
            model_name="study",
            name="visited_on",
            field=models.DateField(blank=True, null=True, verbose_name="date of the visit"),
        ),
        migrations.AddField(
            model_name="study",
            name="visited_on_typed",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="photoconsent",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="photoconsent",
            name="study",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="requests.study"
            ),
        ),
        migrations.AddField(
            model_name="studyline",
            name="said_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="studyline",
            name="study",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="requests.study"
            ),
        ),
        migrations.AddField(
            model_name="studyphoto",
            name="consent",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="photos", to="requests.photoconsent"
            ),
        ),
        migrations.AddField(
            model_name="studyphoto",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="studyresult",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="studyresult",
            name="study",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="results", to="requests.study"
            ),
        ),
        migrations.AddField(
            model_name="studysection",
            name="study",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="sections", to="requests.study"
            ),
        ),
        migrations.AddConstraint(
            model_name="photoconsent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)), fields=("study",), name="one_consent_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="studyline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="study_lines_are_above_nothing"
            ),
        ),
        migrations.AddConstraint(
            model_name="studyline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "kind__in",
                            ["alimony", "bills", "debt", "loan", "other_obligation", "rent", "study", "treatment"],
                        ),
                        ("side", "obligation"),
                    ),
                    models.Q(
                        ("side", "income"),
                        models.Q(
                            (
                                "kind__in",
                                ["alimony", "bills", "debt", "loan", "other_obligation", "rent", "study", "treatment"],
                            ),
                            _negated=True,
                        ),
                    ),
                    _connector="OR",
                ),
                name="study_lines_stand_on_their_side",
            ),
        ),
        migrations.AddConstraint(
            model_name="studyline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("counts", True), ("said_by", None), ("why_not", "")),
                    models.Q(("counts", False), ("said_by__isnull", False), models.Q(("why_not", ""), _negated=True)),
                    _connector="OR",
                ),
                name="what_does_not_count_says_why_and_who",
            ),
        ),
        migrations.AddConstraint(
            model_name="studysection",
            constraint=models.UniqueConstraint(fields=("study", "name"), name="section_once_in_a_study"),
        ),
        append_only("requests_studyresult"),
    ]
