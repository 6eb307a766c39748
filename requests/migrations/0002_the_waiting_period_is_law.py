from django.db import migrations

from core.append_only import append_only

ARITHMETIC = """
ALTER TABLE requests_supportrequest
    ADD CONSTRAINT earliest_is_start_plus_pinned_days
        CHECK (earliest_decision_on IS NULL OR earliest_decision_on = waiting_from + min_decision_days::integer),
    ADD CONSTRAINT waiting_starts_on_the_day_told
        CHECK (waiting_starts_at <> 'informed' OR waiting_from IS NULL
               OR waiting_from = (informed_at AT TIME ZONE 'Asia/Riyadh')::date);
"""
NEVER_MOVES = """
CREATE FUNCTION requests_never_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.policy_version_id <> OLD.policy_version_id OR NEW.min_decision_days <> OLD.min_decision_days
       OR NEW.waiting_starts_at <> OLD.waiting_starts_at OR NEW.received_at <> OLD.received_at
       OR (OLD.informed_at IS NOT NULL AND NEW.informed_at IS DISTINCT FROM OLD.informed_at)
       OR (OLD.waiting_from IS NOT NULL AND NEW.waiting_from IS DISTINCT FROM OLD.waiting_from)
       OR (OLD.earliest_decision_on IS NOT NULL AND NEW.earliest_decision_on IS DISTINCT FROM OLD.earliest_decision_on)
    THEN
        RAISE EXCEPTION 'request %: what it is pinned to never moves', OLD.reference USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER requests_pinned BEFORE UPDATE ON requests_supportrequest
    FOR EACH ROW EXECUTE FUNCTION requests_never_moves();
"""


class Migration(migrations.Migration):
    """Rule 1 and rule 2 in the database: the arithmetic of the earliest date, and that it never moves."""

    dependencies = [("requests", "0001_initial"), ("core", "0002_roles_and_record")]

    operations = [
        migrations.RunSQL(
            ARITHMETIC,
            "ALTER TABLE requests_supportrequest DROP CONSTRAINT earliest_is_start_plus_pinned_days, "
            "DROP CONSTRAINT waiting_starts_on_the_day_told;",
        ),
        migrations.RunSQL(
            NEVER_MOVES,
            "DROP TRIGGER requests_pinned ON requests_supportrequest; DROP FUNCTION requests_never_moves();",
        ),
        append_only("requests_step"),
        append_only("requests_permitstep"),
        append_only("requests_declaration"),
    ]
