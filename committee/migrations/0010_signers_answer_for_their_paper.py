import django.db.models.deletion
import encrypted_fields.fields
from django.db import migrations, models

import core.clock
from core.append_only import append_only

OWN = """
CREATE FUNCTION committee_own_word_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM committee_signature WHERE id = NEW.signature_id AND how = 'paper'
            AND taken_by_id <> user_id AND sha256 = NEW.sha256)
    THEN
        RAISE EXCEPTION 'an own word is of a signature that another took down, under the same hash'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER committee_own_word_fitting BEFORE INSERT ON committee_ownword
    FOR EACH ROW EXECUTE FUNCTION committee_own_word_fits();
"""

BACK = """
DROP TRIGGER committee_own_word_fitting ON committee_ownword;
DROP FUNCTION committee_own_word_fits();
"""


class Migration(migrations.Migration):
    """A signature that another hand took down from paper leaves its signer's own voice open; what they say stands."""

    dependencies = [("committee", "0009_seats_say_who_issues")]

    operations = [
        migrations.CreateModel(
            name="OwnWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reservation",
                    encrypted_fields.fields.EncryptedTextField(blank=True, null=True, verbose_name="reservation"),
                ),
                (
                    "sha256",
                    models.CharField(help_text="hash of what they read, the one that was signed", max_length=64),
                ),
                ("said_at", models.DateTimeField(default=core.clock.now)),
                (
                    "item",
                    models.ForeignKey(
                        help_text="the case reserved on",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="committee.agendaitem",
                    ),
                ),
                (
                    "signature",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_word",
                        to="committee.signature",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(OWN, BACK),
        append_only("committee_ownword"),
    ]
