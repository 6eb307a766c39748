import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("beneficiaries", "0007_a_suspension_ends_on_its_date"),
        ("requests", "0007_the_counter"),
    ]

    operations = [
        migrations.AddField(
            model_name="declaration",
            name="representative",
            field=models.ForeignKey(
                blank=True,
                help_text="who signed; empty: the person",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="beneficiaries.representative",
            ),
        ),
    ]
