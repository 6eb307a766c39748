from django.db import migrations

from core.append_only import append_only, settles_once

OPEN_AT_BIRTH = """
CREATE FUNCTION requests_decision_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.settled_at IS NOT NULL OR NEW.issued_by_id IS NOT NULL OR NEW.decided_on IS NOT NULL THEN
        RAISE EXCEPTION 'a decision is proposed first, then settled' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER requests_decision_at_its_beginning BEFORE INSERT ON requests_decision
    FOR EACH ROW EXECUTE FUNCTION requests_decision_begins();
"""


class Migration(migrations.Migration):
    """Rule 5 in the database: what the committee carried stands as it was counted and is settled once; who may not
    act on a case is never forgotten."""

    dependencies = [
        ("requests", "0003_what_begins_begins_at_its_beginning"),
        ("core", "0003_what_settles_settles_once"),
    ]

    operations = [
        migrations.RunSQL(
            OPEN_AT_BIRTH,
            "DROP TRIGGER requests_decision_at_its_beginning ON requests_decision; "
            "DROP FUNCTION requests_decision_begins();",
        ),
        settles_once("requests_decision", at="settled_at", settling=("issued_by_id", "decided_on")),
        append_only("requests_exclusion"),
    ]
