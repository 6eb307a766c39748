import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("beneficiaries", "0009_the_one_file_goes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Calling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calling", to="beneficiaries.person"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(model_name="outreach", index=models.Index(fields=["made_at"], name="outreach_made")),
        migrations.AddIndex(
            model_name="persondocument",
            index=models.Index(fields=["valid_until"], condition=Q(valid_until__isnull=False), name="document_expires"),
        ),
    ]
