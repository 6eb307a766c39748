from django.db import migrations


class Migration(migrations.Migration):
    """File numbers follow each other; a sequence gives each once, whoever asks at the same moment."""

    dependencies = [("beneficiaries", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE beneficiaries_file_number START 1001", "DROP SEQUENCE beneficiaries_file_number"
        )
    ]
