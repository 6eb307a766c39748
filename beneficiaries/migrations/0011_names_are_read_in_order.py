import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models.functions import Collate


class Migration(migrations.Migration):
    """The counter's box: names from their beginning out of a btree; merged files, which are few, beside the others."""

    dependencies = [("beneficiaries", "0010_who_is_calling_whom")]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                Collate("name_key", "C"),
                condition=models.Q(merged_into=None),
                include=["id"],
                name="person_name_beginning",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                models.F("branch"),
                Collate("name_key", "C"),
                condition=models.Q(merged_into=None),
                include=["id"],
                name="person_branch_name",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(merged_into__isnull=False), fields=["national_id_lookup"], name="person_merged_id"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("name_key", name="gin_trgm_ops"),
                condition=models.Q(merged_into__isnull=False),
                name="person_merged_trigrams",
            ),
        ),
    ]
