import pikepdf
from django.db import migrations, models


def count(apps, schema_editor):
    """Files kept before were cleaned already, so they are opened here; a picture is one page."""
    for stored in apps.get_model("core", "StoredFile").objects.filter(kind="pdf"):
        try:
            with stored.file.open("rb") as content, pikepdf.open(content) as pdf:
                stored.pages = len(pdf.pages)
        except OSError:
            continue  # a copy of the database without its files
        stored.save(update_fields=["pages"])


class Migration(migrations.Migration):
    dependencies = [("core", "0005_a_draft_is_kept_by_the_one_clock")]
    operations = [
        migrations.AddField("storedfile", "pages", models.PositiveSmallIntegerField(default=1)),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
