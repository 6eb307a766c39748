from django.db import migrations


def carry(apps, schema_editor):
    """The one file of a document becomes its first page."""
    Document, Page = (apps.get_model("beneficiaries", name) for name in ("PersonDocument", "DocumentPage"))
    rows = Document.objects.exclude(file=None).filter(pages=None).values_list("pk", "file_id")
    Page.objects.bulk_create(Page(document_id=pk, file_id=file, position=1) for pk, file in rows)


class Migration(migrations.Migration):
    dependencies = [("beneficiaries", "0007_a_suspension_ends_on_its_date")]
    operations = [migrations.RunPython(carry, migrations.RunPython.noop)]
