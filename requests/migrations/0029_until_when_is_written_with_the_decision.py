from django.db import migrations, models
from django.db.models import Q

from core.append_only import only_updates

SETTLES = """
CREATE TRIGGER requests_decision_settles BEFORE UPDATE OR DELETE ON requests_decision
    FOR EACH ROW EXECUTE FUNCTION portal_settles_once({columns});
"""
OFF = "DROP TRIGGER requests_decision_settles ON requests_decision;"
BEFORE = ("settled_at", "issued_by_id", "decided_on")
NOW = (*BEFORE, "objections_until")
COUNTED = """
UPDATE requests_decision SET objections_until = decided_on + coalesce(
    (SELECT appeal_days FROM policies_association ORDER BY id LIMIT 1), 30)
    WHERE decided_on IS NOT NULL;
"""


def settles(columns: tuple[str, ...]) -> str:
    named = ", ".join(f"'{column}'" for column in columns)
    return f"{SETTLES.format(columns=named)} {only_updates('requests_decision', *columns)}"


class Migration(migrations.Migration):
    """The last day to object is written as a decision is issued: no setting changed later moves the day in a letter."""

    dependencies = [("requests", "0028_without_an_amount_as_often_as_decided")]

    operations = [
        migrations.AddField("decision", "objections_until", models.DateField(null=True)),
        migrations.RunSQL(OFF, settles(BEFORE)),
        migrations.RunSQL(COUNTED, migrations.RunSQL.noop),
        migrations.RunSQL(settles(NOW), OFF),
        migrations.AddConstraint(
            "decision",
            models.CheckConstraint(
                name="issued_says_until_when",
                condition=Q(decided_on=None, objections_until=None)
                | Q(decided_on__isnull=False, objections_until__isnull=False),
            ),
        ),
    ]
