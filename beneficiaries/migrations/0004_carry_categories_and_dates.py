from django.db import migrations


def carry(apps, schema_editor):
    """The one category of a file becomes its first; a file was last confirmed when it was opened."""
    Person = apps.get_model("beneficiaries", "Person")
    PersonCategory = apps.get_model("beneficiaries", "PersonCategory")
    Category = apps.get_model("policies", "Category")
    known = dict(Category.objects.values_list("code", "pk"))
    rows = Person.objects.exclude(category="").values_list("pk", "category")
    PersonCategory.objects.bulk_create(
        PersonCategory(person_id=pk, category_id=known[code], is_primary=True) for pk, code in rows if code in known
    )
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("UPDATE beneficiaries_person SET confirmed_on = (created_at AT TIME ZONE 'Asia/Riyadh')::date")


class Migration(migrations.Migration):
    dependencies = [
        ("beneficiaries", "0003_the_file_of_a_person"),
        ("policies", "0006_a_category_may_be_sensitive"),
    ]
    operations = [migrations.RunPython(carry, migrations.RunPython.noop)]
