from django.db import migrations, models

OF_ONE_NEED = (
    "unpaid_bill price_quote damage_photos damage_report need_letter course_offer library_photos programme_outline "
    "speaker_details venue_consent"
).split()


def mark(apps, schema_editor):
    """As the packs of today say; an association that was set up before them has the same codes."""
    apps.get_model("policies", "RequiredPaper").objects.filter(code__in=OF_ONE_NEED).update(each_time=True)


class Migration(migrations.Migration):
    dependencies = [("policies", "0006_a_category_may_be_sensitive")]
    operations = [
        migrations.AddField(
            model_name="requiredpaper",
            name="each_time",
            field=models.BooleanField(
                default=False,
                help_text="It is about one need, such as a bill or a quotation, so an earlier one does not answer for it.",
                verbose_name="asked for with every request",
            ),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
