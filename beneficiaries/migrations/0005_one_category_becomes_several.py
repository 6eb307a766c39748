from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("beneficiaries", "0004_carry_categories_and_dates")]
    operations = [migrations.RemoveField(model_name="person", name="category")]
