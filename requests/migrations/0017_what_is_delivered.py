import core.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("beneficiaries", "0015_the_outreach_list_is_read_in_order"),
        ("channels", "0002_one_time_codes"),
        ("core", "0006_a_file_knows_how_many_pages_it_has"),
        ("requests", "0016_the_study_has_sections"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Award",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(blank=True, max_length=200)),
                ("total", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("months", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
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
                ("zakat", models.BooleanField(default=False, verbose_name="paid from zakat")),
                ("payee", models.CharField(blank=True, help_text="who is paid or written to; by kind", max_length=120)),
                (
                    "payee_number",
                    models.CharField(blank=True, help_text="their invoice, account or file number", max_length=60),
                ),
                ("items", models.TextField(blank=True, verbose_name="what is handed over, one a line")),
                ("planned_at", models.DateTimeField(blank=True, null=True)),
                ("made_at", models.DateTimeField(default=core.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="CollectionCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("will_come", "reached; will come on a day"),
                            ("reached", "reached; no day yet"),
                            ("no_answer", "no answer"),
                            ("wrong_number", "the number is not theirs"),
                        ],
                        max_length=12,
                    ),
                ),
                ("comes_on", models.DateField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=core.clock.now)),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ProofPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "moment",
                    models.CharField(
                        choices=[("before", "before"), ("after", "after"), ("handover", "the handing over")],
                        max_length=10,
                    ),
                ),
                ("caption", models.CharField(blank=True, max_length=200)),
                ("shows_people", models.BooleanField(default=False)),
                ("agreed", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField(default=core.clock.now)),
            ],
            options={
                "ordering": ["added_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReferralLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("serial", models.PositiveIntegerField()),
                ("dated_on", models.DateField()),
                ("addressee", models.CharField(max_length=120)),
                ("body", models.TextField()),
                ("signatory", models.CharField(max_length=120)),
                ("signatory_title", models.CharField(max_length=80)),
                ("at", models.DateTimeField(default=core.clock.now)),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="instalment",
            name="cancelled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="instalment",
            name="cancelled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="instalment",
            name="cancelled_note",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="instalment",
            name="cancelled_why",
            field=models.CharField(
                blank=True,
                choices=[
                    ("died", "the person died"),
                    ("moved", "moved out of our area"),
                    ("need_ended", "the need ended"),
                    ("refused", "the person does not want it"),
                    ("untrue_data", "untrue data"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="instalment",
            name="code",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="channels.onetimecode",
            ),
        ),
        migrations.AddField(
            model_name="instalment",
            name="received_sha256",
            field=models.CharField(blank=True, help_text="hash of what the receipt says", max_length=64),
        ),
        migrations.AddField(
            model_name="instalment",
            name="recipient",
            field=models.CharField(
                blank=True,
                choices=[
                    ("person", "the person in person"),
                    ("represents", "a representative in the file"),
                    ("delegate", "a delegate they sent"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="instalment",
            name="representative",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="beneficiaries.representative",
            ),
        ),
        migrations.AlterField(
            model_name="instalment",
            name="receipted_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("drawn", "signed on the screen"),
                    ("code", "by a code to the mobile"),
                    ("paper", "signed on paper"),
                    ("transfer", "bank transfer slip"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="instalment",
            index=models.Index(
                condition=models.Q(("cancelled_at", None), ("receipted_at", None)),
                fields=["due_on", "case"],
                name="instalment_outstanding",
            ),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancelled_at", None), ("cancelled_by", None), ("cancelled_why", "")),
                    models.Q(
                        ("cancelled_at__isnull", False),
                        ("cancelled_by__isnull", False),
                        models.Q(("cancelled_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="cancelled_says_by_whom_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.CheckConstraint(
                condition=models.Q(("receipted_at", None), ("cancelled_at", None), _connector="OR"),
                name="what_is_received_is_not_cancelled",
            ),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code__isnull", False), ("receipted_how", "code")),
                    models.Q(models.Q(("receipted_how", "code"), _negated=True), ("code", None)),
                    _connector="OR",
                ),
                name="a_receipt_by_code_has_its_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", None), ("amount__gt", 0), _connector="OR"), name="an_instalment_is_money"
            ),
        ),
        migrations.AddField(
            model_name="award",
            name="case",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="award", to="requests.supportrequest"
            ),
        ),
        migrations.AddField(
            model_name="award",
            name="planned_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="collectioncall",
            name="award",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="requests.award"
            ),
        ),
        migrations.AddField(
            model_name="collectioncall",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="proofphoto",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="proofphoto",
            name="award",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="photographs", to="requests.award"
            ),
        ),
        migrations.AddField(
            model_name="proofphoto",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
            ),
        ),
        migrations.AddField(
            model_name="proofphoto",
            name="instalment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="photographs",
                to="requests.instalment",
            ),
        ),
        migrations.AddField(
            model_name="referralletter",
            name="award",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="requests.award"
            ),
        ),
        migrations.AddField(
            model_name="referralletter",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("planned_at", None), ("planned_by", None)),
                    models.Q(("planned_at__isnull", False), ("planned_by__isnull", False)),
                    _connector="OR",
                ),
                name="planned_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(("total", None), ("total__gt", 0), _connector="OR"), name="a_total_is_money"
            ),
        ),
        migrations.AddConstraint(
            model_name="collectioncall",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("comes_on__isnull", False), ("result", "will_come")),
                    models.Q(models.Q(("result", "will_come"), _negated=True), ("comes_on", None)),
                    _connector="OR",
                ),
                name="whoever_will_come_said_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="proofphoto",
            constraint=models.CheckConstraint(
                condition=models.Q(("shows_people", False), ("agreed", True), _connector="OR"),
                name="people_in_a_photograph_agreed",
            ),
        ),
        migrations.AddConstraint(
            model_name="referralletter",
            constraint=models.UniqueConstraint(fields=("year", "serial"), name="letter_number_once"),
        ),
    ]
