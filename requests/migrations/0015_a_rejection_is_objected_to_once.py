import core.clock
import core.sealed
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from core.append_only import append_only, settles_once

OF_AN_ISSUED_REJECTION_AND_IN_TIME = """
CREATE FUNCTION requests_appeal_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.reopened_at IS NOT NULL THEN
        RAISE EXCEPTION 'an appeal is submitted first, then taken up' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.submitted_at AT TIME ZONE 'Asia/Riyadh')::date > NEW.last_day THEN
        RAISE EXCEPTION 'an appeal comes on its last day or before' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM requests_decision AS d JOIN requests_supportrequest AS c ON c.id = d.case_id
        WHERE d.id = NEW.decision_id AND d.case_id = NEW.case_id AND c.state = 'rejected'
          AND d.outcome = 'reject' AND d.issued_by_id IS NOT NULL AND d.decided_on <= NEW.last_day
    ) THEN
        RAISE EXCEPTION 'an appeal is of the issued rejection of its own case' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER requests_appeal_at_its_beginning BEFORE INSERT ON requests_appeal
    FOR EACH ROW EXECUTE FUNCTION requests_appeal_begins();
"""

REOPENED_BY_AN_APPEAL_ALONE = """
CREATE FUNCTION requests_reopens_on_appeal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM requests_appeal WHERE case_id = NEW.id AND reopened_at IS NULL) THEN
        RAISE EXCEPTION 'a rejected request is reopened by its one appeal alone' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER requests_reopens_on_appeal_alone BEFORE UPDATE OF state ON requests_supportrequest
    FOR EACH ROW WHEN (OLD.state = 'rejected' AND NEW.state = 'committee_review')
    EXECUTE FUNCTION requests_reopens_on_appeal();
"""


def key():
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def to(model, *, one=False, on_delete=django.db.models.deletion.PROTECT, **more):
    kind = models.OneToOneField if one else models.ForeignKey
    return kind(on_delete=on_delete, to=model, **{"related_name": "+", **more})


class Migration(migrations.Migration):
    """An objection: one in the life of a request, of an issued rejection, on its last day or before; what was written
    and the file as it stood are never changed. Without it no rejected request goes back to the committee."""

    dependencies = [
        ("beneficiaries", "0015_the_outreach_list_is_read_in_order"),
        ("channels", "0002_one_time_codes"),
        ("core", "0006_a_file_knows_how_many_pages_it_has"),
        ("requests", "0014_what_is_given_has_a_kind"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                key(),
                (
                    "text",
                    core.sealed.EncryptedTextField(verbose_name="the objection, in the person's words"),
                ),
                ("submitted_at", models.DateTimeField(default=core.clock.now)),
                ("last_day", models.DateField(help_text="the last day on which this decision could be objected to")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("person", "by the person, on their request's page"),
                            ("counter", "written down at the counter"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "signed",
                    models.CharField(
                        choices=[
                            ("code", "by a code sent to the mobile"),
                            ("drawn", "drawn on the screen"),
                            ("paper", "on paper"),
                        ],
                        max_length=6,
                    ),
                ),
                ("reopened_at", models.DateTimeField(null=True)),
                ("case", to("requests.supportrequest", one=True, related_name="appeal")),
                (
                    "code",
                    to("channels.onetimecode", one=True, null=True, help_text="the one that opened the page"),
                ),
                ("decision", to("requests.decision", one=True, related_name="appeal")),
                ("reopened_by", to(settings.AUTH_USER_MODEL, null=True)),
                (
                    "representative",
                    to("beneficiaries.representative", null=True, help_text="who signed; empty: the person"),
                ),
                ("signature", to("core.storedfile", null=True)),
                ("written_by", to(settings.AUTH_USER_MODEL, null=True, help_text="empty: the person served")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["submitted_at"], condition=Q(reopened_at=None), name="appeal_waiting")
                ],
                "constraints": [
                    models.CheckConstraint(
                        name="an_appeal_is_signed_where_it_was_made",
                        condition=Q(
                            channel="person",
                            signed="code",
                            code__isnull=False,
                            signature=None,
                            written_by=None,
                            representative=None,
                        )
                        | Q(
                            channel="counter",
                            signed__in=["drawn", "paper"],
                            code=None,
                            signature__isnull=False,
                            written_by__isnull=False,
                        ),
                    ),
                    models.CheckConstraint(
                        name="a_reopened_appeal_has_its_hand",
                        condition=Q(reopened_at=None, reopened_by=None)
                        | Q(reopened_at__isnull=False, reopened_by__isnull=False),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AppealFile",
            fields=[
                key(),
                ("position", models.PositiveSmallIntegerField()),
                ("appeal", to("requests.appeal", related_name="files")),
                ("file", to("core.storedfile", one=True)),
            ],
            options={
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=["appeal", "position"], name="appeal_file_once")],
            },
        ),
        migrations.CreateModel(
            name="FrozenFile",
            fields=[
                key(),
                ("at", models.DateTimeField(default=core.clock.now)),
                ("data", core.sealed.SealedJSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("appeal", to("requests.appeal", one=True, related_name="frozen")),
            ],
        ),
        migrations.CreateModel(
            name="FrozenPage",
            fields=[
                key(),
                ("label", models.CharField(max_length=120)),
                ("position", models.PositiveSmallIntegerField()),
                ("file", to("core.storedfile")),
                ("frozen", to("requests.frozenfile", related_name="pages")),
            ],
            options={
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=["frozen", "position"], name="frozen_page_once")],
            },
        ),
        migrations.CreateModel(
            name="ObjectionDraft",
            fields=[
                key(),
                ("text", core.sealed.EncryptedTextField()),
                ("kept_at", models.DateTimeField(default=core.clock.now)),
                (
                    "case",
                    to("requests.supportrequest", one=True, on_delete=django.db.models.deletion.CASCADE),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ObjectionDraftFile",
            fields=[
                key(),
                ("name", models.CharField(help_text="as the person's device called it", max_length=60)),
                (
                    "draft",
                    to(
                        "requests.objectiondraft",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                    ),
                ),
                ("file", to("core.storedfile", one=True)),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.RunSQL(
            OF_AN_ISSUED_REJECTION_AND_IN_TIME,
            "DROP TRIGGER requests_appeal_at_its_beginning ON requests_appeal; DROP FUNCTION requests_appeal_begins();",
        ),
        migrations.RunSQL(
            REOPENED_BY_AN_APPEAL_ALONE,
            "DROP TRIGGER requests_reopens_on_appeal_alone ON requests_supportrequest; "
            "DROP FUNCTION requests_reopens_on_appeal();",
        ),
        settles_once("requests_appeal", at="reopened_at", settling=("reopened_by_id",)),
        append_only("requests_appealfile"),
        append_only("requests_frozenfile"),
        append_only("requests_frozenpage"),
    ]
