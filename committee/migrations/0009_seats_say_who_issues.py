from django.db import migrations

WHO_ISSUES = """
INSERT INTO requests_issuer (seat, user_id, body, deputy, starts_on, ends_on)
SELECT id, user_id, body, role = 'deputy', starts_on, ends_on FROM committee_seat WHERE role IN ('chair', 'deputy');
"""
WHICH_BODY = """
ALTER TABLE requests_decision DISABLE TRIGGER requests_decision_settles;
UPDATE requests_decision SET body = carried.body
FROM (
    SELECT DISTINCT ON (decision.id) decision.id, meeting.body
    FROM requests_decision AS decision
    JOIN committee_agendaitem AS item ON item.case_id = decision.case_id
    JOIN committee_meeting AS meeting ON meeting.id = item.meeting_id
    JOIN committee_motion AS motion ON motion.item_id = item.id
    WHERE motion.result = 'carried' AND motion.closed_at <= decision.proposed_at
    ORDER BY decision.id, motion.closed_at DESC
) AS carried
WHERE carried.id = requests_decision.id AND carried.body <> requests_decision.body;
ALTER TABLE requests_decision ENABLE TRIGGER requests_decision_settles;
"""


class Migration(migrations.Migration):
    """What was carried and who sits before this was known below: read once from the meetings and the seats."""

    dependencies = [
        ("committee", "0008_votes_say_whether_they_counted"),
        ("requests", "0023_each_committee_issues_its_own"),
    ]

    operations = [
        migrations.RunSQL(WHO_ISSUES, "DELETE FROM requests_issuer"),
        migrations.RunSQL(WHICH_BODY, migrations.RunSQL.noop),
    ]
