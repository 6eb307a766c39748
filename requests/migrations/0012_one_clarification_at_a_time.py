from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("requests", "0011_the_one_file_of_a_paper_goes")]

    operations = [
        migrations.AddField(
            model_name="clarification",
            name="may_be_shown",
            field=models.BooleanField(
                default=False,
                help_text="it says nothing of the person: the link's holder reads it",
                verbose_name="fit for the status page",
            ),
        ),
        migrations.AddField(
            model_name="clarification",
            name="invited_at",
            field=models.DateTimeField(
                help_text="when the person was texted to come or call for the answer", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="clarification",
            index=models.Index(fields=["answered_at"], condition=Q(told_at=None), name="clarification_to_tell"),
        ),
        migrations.AddConstraint(
            model_name="clarification",
            constraint=models.UniqueConstraint(
                fields=["case"], condition=Q(told_at=None), name="one_open_clarification_at_a_time"
            ),
        ),
    ]
