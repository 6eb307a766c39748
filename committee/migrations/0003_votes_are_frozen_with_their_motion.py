from django.db import migrations

from core.append_only import only_updates, settles_once, updates_again

FROZEN = """
CREATE FUNCTION committee_votes_freeze() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_motion bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.motion_id ELSE NEW.motion_id END;
BEGIN
    PERFORM FROM committee_motion WHERE id = its_motion FOR SHARE;  -- whoever closes it meanwhile waits, or we do
    IF TG_OP = 'DELETE' OR NOT EXISTS (
        SELECT FROM committee_motion motion
            JOIN committee_agendaitem item ON item.id = motion.item_id
            JOIN committee_meeting meeting ON meeting.id = item.meeting_id
        WHERE motion.id = its_motion AND motion.closed_at IS NULL AND meeting.closed_at IS NULL)
    THEN
        RAISE EXCEPTION 'votes stay, and stand as they are once their vote is closed: % is refused', TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.motion_id, NEW.seat_id, NEW.id) IS DISTINCT FROM (OLD.motion_id, OLD.seat_id, OLD.id) THEN
        RAISE EXCEPTION 'a vote is changed, not moved to another motion or seat' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER committee_vote_freezes BEFORE INSERT OR UPDATE OR DELETE ON committee_vote
    FOR EACH ROW EXECUTE FUNCTION committee_votes_freeze();
CREATE TRIGGER committee_vote_stays BEFORE TRUNCATE ON committee_vote
    FOR EACH STATEMENT EXECUTE FUNCTION portal_append_only();
"""


class Migration(migrations.Migration):
    """Rule 5 in the database: a vote may change until its motion or its meeting is closed, and then never again."""

    dependencies = [
        ("committee", "0002_a_replaced_motion_stays"),
        ("core", "0003_what_settles_settles_once"),
    ]

    operations = [
        settles_once("committee_motion", at="closed_at", settling=("result",)),
        migrations.RunSQL(
            f"{FROZEN} {only_updates('committee_vote', 'choice', 'at')}",
            "DROP TRIGGER committee_vote_freezes ON committee_vote; DROP TRIGGER committee_vote_stays ON committee_vote; "
            f"DROP FUNCTION committee_votes_freeze(); {updates_again('committee_vote')}",
        ),
    ]
