from django.db import migrations

THE_RESEARCHERS = """
ALTER TABLE requests_decision DISABLE TRIGGER requests_decision_settles;
UPDATE requests_decision SET reasons = ''
FROM (
    SELECT DISTINCT ON (decision.id) decision.id, motion.put_by_id
    FROM requests_decision AS decision
    JOIN committee_agendaitem AS item ON item.case_id = decision.case_id
    JOIN committee_motion AS motion ON motion.item_id = item.id
    WHERE motion.result = 'carried' AND motion.closed_at <= decision.proposed_at
    ORDER BY decision.id, motion.closed_at DESC
) AS carried
WHERE carried.id = requests_decision.id AND carried.put_by_id IS NULL AND requests_decision.outcome = 'approve';
ALTER TABLE requests_decision ENABLE TRIGGER requests_decision_settles;
"""


class Migration(migrations.Migration):
    """An approval as the researcher recommended it was kept with the words of the study, which nobody printed then.
    The person reads a decision's reasons now, and the study is not written to them; it stands in its own rows."""

    dependencies = [
        ("committee", "0010_signers_answer_for_their_paper"),
        ("requests", "0029_until_when_is_written_with_the_decision"),
    ]

    operations = [migrations.RunSQL(THE_RESEARCHERS, migrations.RunSQL.noop)]
