from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("beneficiaries", "0008_a_document_has_pages")]
    operations = [migrations.RemoveField(model_name="persondocument", name="file")]
