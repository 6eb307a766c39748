from django.db import migrations

WITHIN = """
CREATE OR REPLACE FUNCTION requests_instalments_within() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    award record;
BEGIN
    -- Whoever plans the same award meanwhile waits here, and is counted by the next statement.
    SELECT total, months INTO award FROM requests_award WHERE case_id = NEW.case_id FOR UPDATE;
    IF (SELECT coalesce(sum(amount), 0) FROM requests_instalment
            WHERE case_id = NEW.case_id AND cancelled_at IS NULL) > coalesce(award.total, 0)
    THEN
        RAISE EXCEPTION 'more than was decided' USING ERRCODE = 'restrict_violation';
    END IF;
    {oftener}
    RETURN NULL;
END $$;
"""
OFTENER = """
    IF award.total IS NULL AND NEW.cancelled_at IS NULL
        AND (SELECT count(*) FROM requests_instalment WHERE case_id = NEW.case_id AND cancelled_at IS NULL)
            > coalesce(award.months, 1)
    THEN
        RAISE EXCEPTION 'more often than was decided' USING ERRCODE = 'restrict_violation';
    END IF;
"""


class Migration(migrations.Migration):
    """Where no amount was decided the sum bounds nothing: it is handed over once in each month decided, else once."""

    dependencies = [("requests", "0027_what_was_signed_for_is_kept")]

    operations = [migrations.RunSQL(WITHIN.format(oftener=OFTENER), WITHIN.format(oftener=""))]
