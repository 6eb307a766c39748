from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("requests", "0010_a_paper_has_pages")]
    operations = [migrations.RemoveField(model_name="documentcheck", name="file")]
