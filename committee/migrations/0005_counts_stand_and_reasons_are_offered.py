from django.db import migrations

from core.append_only import settles_once

COUNTED = ("result", "yes", "no", "abstained", "present", "seats", "closed_by_id")

FROZEN = """
CREATE OR REPLACE FUNCTION committee_votes_freeze() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_motion bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.motion_id ELSE NEW.motion_id END;
BEGIN
    PERFORM FROM committee_motion WHERE id = its_motion FOR SHARE;  -- whoever closes it meanwhile waits, or we do
    IF TG_OP = 'DELETE' OR NOT EXISTS (
        SELECT FROM committee_motion motion
            JOIN committee_agendaitem item ON item.id = motion.item_id
            JOIN committee_meeting meeting ON meeting.id = item.meeting_id
        WHERE motion.id = its_motion AND motion.closed_at IS NULL
            AND meeting.opened_at IS NOT NULL AND meeting.closed_at IS NULL)
    THEN
        RAISE EXCEPTION 'votes stay, and stand as they are once their vote is closed: % is refused', TG_OP
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.motion_id, NEW.seat_id, NEW.id) IS DISTINCT FROM (OLD.motion_id, OLD.seat_id, OLD.id) THEN
        RAISE EXCEPTION 'a vote is changed, not moved to another motion or seat' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""

REASONS = [
    ("reject", "الدخل كافٍ", "دخل أسرتك بعد الالتزامات أعلى من الحد المعتمد لهذه الخدمة."),
    ("reject", "خارج خدماتنا", "ما طلبته ليس من الخدمات التي تقدمها الجمعية."),
    ("reject", "مساعدة قائمة", "تتلقى لهذه الحاجة نفسها مساعدة من جهة أخرى."),
    ("reject", "زالت الحاجة", "تبيّن لنا عند الدراسة أن الحاجة التي طلبت من أجلها قد زالت."),
    ("reject", "لم تثبت الحاجة", "لم نجد في الأوراق والزيارة ما يكفي لإثبات الحاجة."),
    ("reject", "خارج النطاق", "سكنك خارج المنطقة التي تخدمها الجمعية."),
    ("approve", "جزء من المطلوب", "وافقنا على جزء مما طلبته، وهو ما تسمح به موارد الجمعية الآن."),
    ("approve", "نوع آخر أنفع", "رأت اللجنة أن هذا النوع من المساعدة أنفع لأسرتك مما طلبته."),
    ("ask_for_papers", "ورقة ناقصة", "نحتاج هذه الورقة حتى تكتمل دراسة طلبك."),
    ("return_to_research", "زيارة أخرى", "يحتاج الطلب إلى زيارة قبل القرار."),
    ("return_to_research", "دخل غير واضح", "تفصيل الدخل أو الالتزامات غير واضح."),
    ("postpone", "انتظار جهة أخرى", "ننتظر رد جهة أخرى على الطلب."),
    ("postpone", "ضيق الوقت", "لم يتسع وقت الاجتماع لمناقشة الطلب."),
]


def offer_reasons(apps, schema_editor):
    reasons = apps.get_model("committee", "Reason")
    reasons.objects.bulk_create(
        reasons(outcome=outcome, label=label, text=text, position=position)
        for position, (outcome, label, text) in enumerate(REASONS)
    )


class Migration(migrations.Migration):
    """Rule 5 in the database: the count of a vote is written once, as it is closed; nobody votes before a meeting opens.

    The reasons are a beginning, in plain words; the association makes the list its own.
    """

    dependencies = [("committee", "0004_meetings_are_called")]

    operations = [
        migrations.RunSQL(
            "DROP TRIGGER committee_motion_settles ON committee_motion; "
            "DROP TRIGGER committee_motion_stays ON committee_motion;",
            migrations.RunSQL.noop,
        ),
        settles_once("committee_motion", at="closed_at", settling=COUNTED),
        migrations.RunSQL(FROZEN, migrations.RunSQL.noop),
        migrations.RunPython(offer_reasons, migrations.RunPython.noop),
    ]
