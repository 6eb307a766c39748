from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("beneficiaries", "0011_names_are_read_in_order")]
    operations = [
        migrations.AddField(
            model_name="importrow",
            name="id_lookup",
            field=models.CharField(blank=True, help_text="HMAC of the ID it holds", max_length=64, default=""),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="importrow",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("waiting", "not yet"),
                    ("ready", "ready"),
                    ("wrong", "to be corrected"),
                    ("known", "already has a file"),
                    ("brought", "brought in"),
                    ("undone", "undone"),
                    ("kept", "kept, for it has been used since"),
                    ("forgot", "emptied, for it is old"),
                ],
                default="waiting",
                max_length=8,
            ),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(fields=["brought", "id_lookup"], name="import_row_ids"),
        ),
    ]
