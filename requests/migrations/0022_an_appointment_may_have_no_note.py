import encrypted_fields.fields
from django.db import migrations


class Migration(migrations.Migration):
    """What is sealed and empty is no value at all."""

    dependencies = [("requests", "0021_a_decision_is_told_by_letter")]

    operations = [
        migrations.AlterField(
            model_name="appointment",
            name="note",
            field=encrypted_fields.fields.EncryptedTextField(blank=True, null=True, verbose_name="a note for yourself"),
        ),
    ]
