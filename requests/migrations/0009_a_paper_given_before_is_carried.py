import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("beneficiaries", "0009_the_one_file_goes"),
        ("requests", "0008_who_signed_the_declaration"),
    ]
    operations = [
        migrations.AddField(
            model_name="documentcheck",
            name="carried",
            field=models.ForeignKey(
                blank=True,
                help_text="given for an earlier request, and still valid when this one was received",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="beneficiaries.persondocument",
            ),
        ),
    ]
