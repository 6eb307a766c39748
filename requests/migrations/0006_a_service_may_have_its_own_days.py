from django.db import migrations

OWN_DAYS = """
CREATE OR REPLACE FUNCTION requests_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'received' OR NEW.decided_on IS NOT NULL OR NEW.decision_told_at IS NOT NULL
       OR NEW.postponed_until IS NOT NULL OR NEW.came_from <> '' OR NEW.close_reason <> '' OR NEW.receive_by <> ''
    THEN
        RAISE EXCEPTION 'request %: it begins as received, with nothing decided', NEW.reference
            USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM policies_policyversion version
                   LEFT JOIN policies_serviceperiod own
                          ON own.version_id = version.id AND own.service_id = NEW.service_id
                   WHERE version.id = NEW.policy_version_id AND version.state = 'published'
                     AND COALESCE(own.days, version.min_decision_days) = NEW.min_decision_days)
    THEN
        RAISE EXCEPTION 'request %: it is pinned to the version in force and to its days', NEW.reference
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.waiting_starts_at <> (SELECT waiting_starts_at FROM policies_association ORDER BY id LIMIT 1)
       OR (NEW.waiting_starts_at <> 'informed' AND NEW.waiting_from IS NOT NULL)
    THEN
        RAISE EXCEPTION 'request %: its period starts where the association says', NEW.reference
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    """A new request may have its service's own days, where a clause of the version gives them (rule 1)."""

    dependencies = [
        ("requests", "0005_an_answer_comes_after_its_question"),
        ("policies", "0004_what_is_published_stays"),
    ]

    operations = [migrations.RunSQL(OWN_DAYS, migrations.RunSQL.noop)]
