from django.db import migrations


def carry(apps, schema_editor):
    """The one file of a paper becomes its first page."""
    Check, Page = (apps.get_model("requests", name) for name in ("DocumentCheck", "CheckPage"))
    rows = Check.objects.exclude(file=None).filter(pages=None).values_list("pk", "file_id")
    Page.objects.bulk_create(Page(paper_id=pk, file_id=file, position=1) for pk, file in rows)


class Migration(migrations.Migration):
    dependencies = [("requests", "0009_a_paper_given_before_is_carried")]
    operations = [migrations.RunPython(carry, migrations.RunPython.noop)]
