from django.db import migrations

from core.append_only import append_only

AWARD = """
CREATE FUNCTION requests_award_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'what was awarded stays: % is refused', TG_OP USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.id, OLD.case_id, OLD.what, OLD.total, OLD.months, OLD.made_at)
           IS DISTINCT FROM (NEW.id, NEW.case_id, NEW.what, NEW.total, NEW.months, NEW.made_at)
        THEN
            RAISE EXCEPTION 'what the committee decided does not change' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM requests_decision decision
            WHERE decision.case_id = NEW.case_id AND decision.outcome = 'approve'
              AND decision.issued_by_id IS NOT NULL
              AND nullif(decision.amount, 0) IS NOT DISTINCT FROM NEW.total)
    THEN
        RAISE EXCEPTION 'nothing is awarded but what an issued approval says' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER requests_award_is_as_decided BEFORE INSERT OR UPDATE OR DELETE ON requests_award
    FOR EACH ROW EXECUTE FUNCTION requests_award_stands();
"""

INSTALMENTS = """
CREATE FUNCTION requests_instalments_within() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    allowed numeric;
BEGIN
    -- Whoever plans the same award meanwhile waits here, and is counted by the next statement.
    SELECT total INTO allowed FROM requests_award WHERE case_id = NEW.case_id FOR UPDATE;
    IF (SELECT coalesce(sum(amount), 0) FROM requests_instalment
            WHERE case_id = NEW.case_id AND cancelled_at IS NULL) > coalesce(allowed, 0)
    THEN
        RAISE EXCEPTION 'more than was decided' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER requests_instalment_is_within AFTER INSERT OR UPDATE OF amount, case_id, cancelled_at
    ON requests_instalment FOR EACH ROW EXECUTE FUNCTION requests_instalments_within();

CREATE FUNCTION requests_receipt_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.receipted_at IS NOT NULL THEN
        RAISE EXCEPTION 'what was received stays as it was signed: % is refused', TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER requests_instalment_receipt_stands BEFORE UPDATE OR DELETE ON requests_instalment
    FOR EACH ROW EXECUTE FUNCTION requests_receipt_stands();
"""

BACK = """
DROP TRIGGER requests_award_is_as_decided ON requests_award;
DROP TRIGGER requests_instalment_is_within ON requests_instalment;
DROP TRIGGER requests_instalment_receipt_stands ON requests_instalment;
DROP FUNCTION requests_award_stands();
DROP FUNCTION requests_instalments_within();
DROP FUNCTION requests_receipt_stands();
"""


def award_what_was_registered_before(apps, schema_editor):
    """Cases registered before there was an award get theirs from the approval that was issued."""
    Decision, Award = apps.get_model("requests", "Decision"), apps.get_model("requests", "Award")
    issued = Decision.objects.filter(outcome="approve", issued_by__isnull=False, case__instalments__isnull=False)
    for decision in issued.order_by("case_id", "-settled_at").distinct("case_id"):
        Award.objects.create(
            case_id=decision.case_id,
            what=decision.what,
            total=decision.amount or None,
            months=decision.months,
            kind=decision.kind,
        )


class Migration(migrations.Migration):
    """Rules 4 and 5 in the database: nothing is given that was not decided, never more than it, and what somebody
    signed for stays as they signed it."""

    dependencies = [("requests", "0017_what_is_delivered")]

    operations = [
        migrations.RunSQL([AWARD, INSTALMENTS], BACK),
        migrations.RunPython(award_what_was_registered_before, migrations.RunPython.noop),
        append_only("requests_collectioncall"),
        append_only("requests_referralletter"),
    ]
