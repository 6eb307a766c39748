from django.db import migrations

TRUE_AT_BIRTH = """
CREATE FUNCTION requests_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'received' OR NEW.decided_on IS NOT NULL OR NEW.decision_told_at IS NOT NULL
       OR NEW.postponed_until IS NOT NULL OR NEW.came_from <> '' OR NEW.close_reason <> '' OR NEW.receive_by <> ''
    THEN
        RAISE EXCEPTION 'request %: it begins as received, with nothing decided', NEW.reference
            USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM policies_policyversion
                   WHERE id = NEW.policy_version_id AND state = 'published'
                     AND min_decision_days = NEW.min_decision_days)
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
CREATE TRIGGER requests_at_its_beginning BEFORE INSERT ON requests_supportrequest
    FOR EACH ROW EXECUTE FUNCTION requests_begins();
"""

# The owner of the tables loads sample data of the past and runs the tests; whoever serves people has the true clock only.
# Ten minutes are what two machines' clocks may differ by.
NO_OTHER_TIME = """
CREATE FUNCTION requests_moments() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    earliest timestamptz := now() - interval '10 minutes';
    latest date := ((clock_timestamp() + interval '10 minutes') AT TIME ZONE 'Asia/Riyadh')::date;
    fresh boolean := TG_OP = 'INSERT';
BEGIN
    IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
        RETURN NEW;
    END IF;
    IF (fresh AND NEW.received_at < earliest)
       OR ((fresh OR OLD.informed_at IS NULL) AND NEW.informed_at < earliest)
       OR ((fresh OR OLD.waiting_from IS NULL)
           AND NEW.waiting_from < (earliest AT TIME ZONE 'Asia/Riyadh')::date)
       OR ((fresh OR OLD.decided_on IS DISTINCT FROM NEW.decided_on) AND NEW.decided_on > latest)
    THEN
        RAISE EXCEPTION 'request %: nobody was told in the past or decides in the future', NEW.reference
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER requests_true_moments BEFORE INSERT OR UPDATE ON requests_supportrequest
    FOR EACH ROW EXECUTE FUNCTION requests_moments();
"""

PERMIT_AT_BIRTH = """
CREATE FUNCTION requests_permit_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'proposed' OR NEW.external_reference <> '' OR NEW.answer_note <> ''
       OR NEW.raised_on IS NOT NULL OR NEW.answered_on IS NOT NULL
    THEN
        RAISE EXCEPTION 'programme %: it begins as proposed, with no answer', NEW.reference
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER requests_permit_at_its_beginning BEFORE INSERT ON requests_programmepermit
    FOR EACH ROW EXECUTE FUNCTION requests_permit_begins();
"""


class Migration(migrations.Migration):
    """Rules 1 and 2 for the row that is new: pinned to what is in force, undecided, told now and not in the past."""

    dependencies = [("requests", "0002_the_waiting_period_is_law"), ("policies", "0001_initial")]

    operations = [
        migrations.RunSQL(
            TRUE_AT_BIRTH,
            "DROP TRIGGER requests_at_its_beginning ON requests_supportrequest; DROP FUNCTION requests_begins();",
        ),
        migrations.RunSQL(
            NO_OTHER_TIME,
            "DROP TRIGGER requests_true_moments ON requests_supportrequest; DROP FUNCTION requests_moments();",
        ),
        migrations.RunSQL(
            PERMIT_AT_BIRTH,
            "DROP TRIGGER requests_permit_at_its_beginning ON requests_programmepermit; "
            "DROP FUNCTION requests_permit_begins();",
        ),
    ]
