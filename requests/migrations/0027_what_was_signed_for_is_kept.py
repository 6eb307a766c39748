import json
from hashlib import sha256

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

import core.sealed

OPEN = "ALTER TABLE requests_instalment DISABLE TRIGGER requests_instalment_receipt_stands"
CLOSED = "ALTER TABLE requests_instalment ENABLE TRIGGER requests_instalment_receipt_stands"


def keep_what_the_hash_still_proves(apps, schema_editor):
    """A receipt recorded before has the hash of what it says. Where the award still gives that hash, the facts are
    certain and are kept; where it was described anew since, they are not known any more, and nothing is guessed."""
    Instalment, Award = apps.get_model("requests", "Instalment"), apps.get_model("requests", "Award")
    for each in Instalment.objects.filter(receipted_at__isnull=False).select_related("case"):
        award = Award.objects.get(case_id=each.case_id)
        facts = {
            "reference": each.case.reference,
            "instalment": each.number,
            "amount": str(each.amount or ""),
            "kind": award.kind,
            "what": award.what,
            "items": award.items,
            "recipient": each.recipient,
            "name": each.received_by_name,
        }
        written = json.dumps(facts, ensure_ascii=False, sort_keys=True)
        if sha256(written.encode()).hexdigest() == each.received_sha256:
            each.signed_for = facts
            each.save(update_fields=["signed_for"])


class Migration(migrations.Migration):
    """What was signed for stands with its signature, whatever the award says later; no receipt on a file without the
    file; and the IBAN that was verified is known again. The two checks hold every receipt from now on: what was
    recorded before them stays as it was recorded."""

    dependencies = [
        ("requests", "0026_referral_letters_are_a_series"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="award",
            name="iban_lookup",
            field=models.CharField(blank=True, help_text="keyed hash of the IBAN that was verified", max_length=64),
        ),
        migrations.AddField(
            model_name="award",
            name="iban_verified_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="award",
            name="iban_verified_by",
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
            name="signed_for",
            field=core.sealed.SealedJSONField(
                blank=True, help_text="what the receipt says, as it was signed", null=True
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=Q(iban_lookup="", iban_verified_at=None, iban_verified_by=None)
                | (~Q(iban_lookup="") & Q(iban_verified_at__isnull=False, iban_verified_by__isnull=False)),
                name="a_verified_iban_says_by_whom",
            ),
        ),
        migrations.RunSQL(OPEN, CLOSED),
        migrations.RunPython(keep_what_the_hash_still_proves, migrations.RunPython.noop),
        migrations.RunSQL(CLOSED, OPEN),
        AddConstraintNotValid(
            model_name="instalment",
            constraint=models.CheckConstraint(
                condition=~Q(receipted_how__in=("drawn", "paper", "transfer")) | Q(signature__isnull=False),
                name="a_receipt_on_a_file_has_it",
            ),
        ),
        AddConstraintNotValid(
            model_name="instalment",
            constraint=models.CheckConstraint(
                condition=Q(receipted_at=None) | Q(signed_for__isnull=False),
                name="a_receipt_keeps_what_was_signed_for",
            ),
        ),
    ]
