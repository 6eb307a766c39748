import core.clock
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import encrypted_fields.fields
from django.conf import settings
from django.db import migrations, models

from core.append_only import append_only, settles_once


class Migration(migrations.Migration):
    """A researcher is in one place at a time; an opinion is answered once; what changed stays written."""

    dependencies = [
        ("requests", "0018_never_more_than_was_decided"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("core", "0003_what_settles_settles_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("birth", "somebody was born"),
                            ("death", "somebody died"),
                            ("work_lost", "lost their work"),
                            ("work_found", "found work"),
                            ("income", "another income or support"),
                            ("marriage", "marriage or divorce"),
                            ("moved", "moved to another home"),
                            ("health", "health"),
                            ("other", "another change"),
                        ],
                        max_length=10,
                        verbose_name="what changed?",
                    ),
                ),
                ("detail", encrypted_fields.fields.EncryptedTextField(verbose_name="what happened")),
                (
                    "told_by",
                    models.CharField(
                        choices=[
                            ("person", "the person themselves"),
                            ("household", "somebody of their household"),
                            ("others", "somebody else, or another authority"),
                            ("seen", "we saw it ourselves"),
                        ],
                        max_length=9,
                        verbose_name="who told you?",
                    ),
                ),
                ("happened_on", models.DateField(null=True, verbose_name="when it happened")),
                ("recorded_at", models.DateTimeField(default=core.clock.now)),
                (
                    "after",
                    models.ForeignKey(
                        help_text="the last move before it",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="requests.step",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="requests.supportrequest",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("home", "visit to the home"),
                            ("office", "meeting at the office"),
                            ("phone", "telephone call"),
                        ],
                        max_length=6,
                        verbose_name="how you meet",
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="where")),
                ("note", encrypted_fields.fields.EncryptedTextField(blank=True, verbose_name="a note for yourself")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("held", "held"),
                            ("missed", "did not take place"),
                            ("cancelled", "cancelled"),
                        ],
                        default="planned",
                        max_length=9,
                    ),
                ),
                ("moves", models.PositiveSmallIntegerField(default=0, help_text="how often it was moved")),
                ("made_at", models.DateTimeField(default=core.clock.now)),
                ("settled_at", models.DateTimeField(null=True)),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="why it was cancelled")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="requests.supportrequest",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "researcher",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        help_text="empty: the portal",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "pk"],
                "indexes": [models.Index(fields=["researcher", "starts_at"], name="appointments_of_a_day")],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("state", "planned")),
                        expressions=[
                            (
                                models.Func(
                                    models.F("researcher"),
                                    models.F("researcher"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                    function="INT8RANGE",
                                    output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField(),
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("starts_at"),
                                    models.F("ends_at"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                    function="TSTZRANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="a_researcher_is_in_one_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="an_appointment_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("state", "planned")),
                            models.Q(models.Q(("state", "planned"), _negated=True), ("settled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_planned_appointment_is_not_settled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_cancelled_appointment_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", encrypted_fields.fields.EncryptedTextField(verbose_name="what you ask of your colleague")),
                ("asked_at", models.DateTimeField(default=core.clock.now)),
                ("agrees", models.BooleanField(null=True)),
                ("reasons", encrypted_fields.fields.EncryptedTextField(null=True, verbose_name="your reasons")),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="requests.supportrequest",
                    ),
                ),
                (
                    "colleague",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("case", "colleague"),
                        name="one_open_question_to_a_colleague",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agrees", None), ("answered_at", None), ("reasons", None)),
                            models.Q(
                                ("agrees__isnull", False), ("answered_at__isnull", False), ("reasons__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="an_answered_opinion_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("colleague", models.F("asked_by")), _negated=True),
                        name="nobody_asks_themselves_for_an_opinion",
                    ),
                ],
            },
        ),
        settles_once("requests_opinion", at="answered_at", settling=("agrees", "reasons")),
        append_only("requests_change"),
    ]
