import encrypted_fields.fields
from django.db import migrations


class Migration(migrations.Migration):
    """Why a member recused themselves tells of the person served: it leaves the record for a sealed column."""

    dependencies = [("requests", "0024_members_say_in_which_street_they_live")]

    operations = [
        migrations.AddField(
            model_name="exclusion",
            name="said",
            field=encrypted_fields.fields.EncryptedTextField(blank=True, null=True, verbose_name="in their own words"),
        ),
    ]
