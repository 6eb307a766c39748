from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("policies", "0004_what_is_published_stays")]

    operations = [
        migrations.AlterField(
            model_name="approval",
            name="publish_on_website",
            field=models.BooleanField(
                blank=True,
                help_text="unknown: the approval does not speak of it, and the text is published; no: staff alone read it",
                null=True,
                verbose_name="published on the website",
            ),
        )
    ]
