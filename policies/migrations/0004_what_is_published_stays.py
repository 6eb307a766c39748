from django.db import migrations, models

from core.append_only import append_only

# Content moves only while a version is a draft; of any other version nothing but the columns of its life, and those
# along four changes of state. Only the owner of the tables may say that a version is a pack, which one person loads.
VERSIONS = """
CREATE FUNCTION policies_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'draft' THEN
            RAISE EXCEPTION 'policy version %: only a draft is deleted', OLD.id USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            RAISE EXCEPTION 'policy version: it begins as a draft' USING ERRCODE = 'restrict_violation';
        END IF;
        IF NEW.pack <> '' AND NOT pg_has_role(
            current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER')
        THEN
            RAISE EXCEPTION 'policy version: only the owner loads a pack' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    moving := CASE OLD.state || ' ' || NEW.state
        WHEN 'draft approved' THEN ARRAY['approved_by_id', 'approved_at']
        WHEN 'approved draft' THEN ARRAY['approved_by_id', 'approved_at']
        WHEN 'approved published' THEN ARRAY['published_by_id', 'published_at']
        WHEN 'published superseded' THEN ARRAY['superseded_at']
        WHEN 'draft published' THEN CASE WHEN OLD.pack <> '' THEN ARRAY['published_at'] END
        WHEN 'draft draft' THEN '{}'::text[]
        WHEN 'approved approved' THEN '{}'::text[]
        WHEN 'published published' THEN '{}'::text[]
        WHEN 'superseded superseded' THEN '{}'::text[]
    END;
    IF moving IS NULL THEN
        RAISE EXCEPTION 'policy version %: from % to % is no step', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    moving := moving || ARRAY['state', 'review_due_on', 'revision', 'modified_at', 'modified_by_id'];
    IF OLD.pack <> NEW.pack OR OLD.id <> NEW.id THEN
        RAISE EXCEPTION 'policy version %: where it came from stays', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'draft' AND NEW.state = 'draft' THEN
        RETURN NEW;
    END IF;
    IF to_jsonb(OLD) - moving <> to_jsonb(NEW) - moving THEN
        RAISE EXCEPTION 'policy version %: only a draft is written', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER policies_version_stays BEFORE INSERT OR UPDATE OR DELETE ON policies_policyversion
    FOR EACH ROW EXECUTE FUNCTION policies_version_frozen();
"""

# FOR SHARE: the version cannot become approved while a clause of it is being written.
PARTS = """
CREATE FUNCTION policies_must_be_draft(version bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    standing text;
BEGIN
    SELECT state INTO standing FROM policies_policyversion WHERE id = version FOR SHARE;
    IF standing IS DISTINCT FROM 'draft' THEN
        RAISE EXCEPTION 'policy version %: only a draft is written', version USING ERRCODE = 'restrict_violation';
    END IF;
END $$;

CREATE FUNCTION policies_part_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM policies_must_be_draft(OLD.version_id);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    PERFORM policies_must_be_draft(NEW.version_id);
    RETURN NEW;
END $$;

CREATE FUNCTION policies_signatory_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM policies_must_be_draft((SELECT version_id FROM policies_approval WHERE id = OLD.approval_id));
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    PERFORM policies_must_be_draft((SELECT version_id FROM policies_approval WHERE id = NEW.approval_id));
    RETURN NEW;
END $$;

CREATE FUNCTION policies_same_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    clause bigint := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
    IF clause IS NOT NULL AND NOT EXISTS (
        SELECT FROM policies_clause WHERE id = clause AND version_id = NEW.version_id)
    THEN
        RAISE EXCEPTION 'policy version %: the clause belongs to another', NEW.version_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION policies_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_database() LIKE 'test\\_%' THEN
        RETURN NULL;  -- the test runner empties its own database between tests
    END IF;
    RAISE EXCEPTION '% is not emptied', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER policies_clause_of_it BEFORE INSERT OR UPDATE ON policies_clause
    FOR EACH ROW EXECUTE FUNCTION policies_same_version('parent_id');
CREATE TRIGGER policies_period_of_it BEFORE INSERT OR UPDATE ON policies_serviceperiod
    FOR EACH ROW EXECUTE FUNCTION policies_same_version('clause_id');
CREATE TRIGGER policies_signatory_stays BEFORE INSERT OR UPDATE OR DELETE ON policies_signatory
    FOR EACH ROW EXECUTE FUNCTION policies_signatory_frozen();
"""
OF_A_VERSION = ("clause", "tool", "approval", "serviceperiod")
ALL = ("policyversion", "signatory", *OF_A_VERSION)
STAY = "".join(
    f"CREATE TRIGGER policies_{table}_stays BEFORE INSERT OR UPDATE OR DELETE ON policies_{table} "
    "FOR EACH ROW EXECUTE FUNCTION policies_part_frozen();"
    for table in OF_A_VERSION
)
NOT_EMPTIED = "".join(
    f"CREATE TRIGGER policies_{table}_not_emptied BEFORE TRUNCATE ON policies_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION policies_not_emptied();"
    for table in ALL
)
UNDO = """
DROP FUNCTION policies_version_frozen() CASCADE;
DROP FUNCTION policies_part_frozen() CASCADE;
DROP FUNCTION policies_signatory_frozen() CASCADE;
DROP FUNCTION policies_same_version() CASCADE;
DROP FUNCTION policies_not_emptied() CASCADE;
DROP FUNCTION policies_must_be_draft(bigint);
"""


class Migration(migrations.Migration):
    """A version that is no longer a draft can be neither added to, altered nor deleted, whoever asks."""

    dependencies = [("policies", "0003_fill_them")]

    operations = [
        migrations.RemoveField(model_name="approval", name="signatories_before"),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_at", None), ("published_at", None), ("state", "draft"), ("superseded_at", None)
                    ),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("published_at", None),
                        ("state", "approved"),
                        ("superseded_at", None),
                    ),
                    models.Q(("published_at__isnull", False), ("state", "published"), ("superseded_at", None)),
                    models.Q(
                        ("published_at__isnull", False), ("state", "superseded"), ("superseded_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="a_version_has_the_moments_of_its_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at", None), ("approved_by", None)),
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    _connector="OR",
                ),
                name="whoever_approved_has_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_by", None), ("state__in", ["draft", "approved"])),
                    models.Q(
                        models.Q(("published_by", models.F("approved_by")), _negated=True),
                        ("approved_by__isnull", False),
                        ("pack", ""),
                        ("published_by__isnull", False),
                        ("state__in", ["published", "superseded"]),
                    ),
                    models.Q(
                        ("approved_by", None),
                        ("published_by", None),
                        ("state__in", ["published", "superseded"]),
                        models.Q(("pack", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="two_people_publish_unless_it_is_a_pack",
            ),
        ),
        migrations.RunSQL(VERSIONS + PARTS + STAY + NOT_EMPTIED, UNDO),
        append_only("policies_acknowledgement"),
    ]
