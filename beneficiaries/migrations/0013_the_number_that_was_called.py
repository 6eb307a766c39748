from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("beneficiaries", "0012_rows_know_their_id")]

    operations = [
        migrations.AddField(
            model_name="outreach",
            name="mobile",
            field=models.CharField(blank=True, default="", max_length=16, verbose_name="the number called"),
            preserve_default=False,
        ),
    ]
