"""The day before a meeting its members are reminded, once for each time it was set to, and never of what is over."""

from committee.meetings import actions
from committee.models import Meeting
from core import clock, reminders
from core.audit import name_of
from core.models import OutboxRow, Reminder


def sweep() -> int:
    """Carry out due reminders; running it twice sends nothing twice."""
    return reminders.sweep(("meeting_tomorrow",), meeting_tomorrow)


def meeting_tomorrow(reminder: Reminder) -> str:
    """A meeting moved since has a reminder of its own; one called off, begun or over reminds nobody, and nobody is
    told twice in a day."""
    meeting = Meeting.objects.get(pk=reminder.subject_id)
    if not meeting.is_planned or meeting.starts_at is None or meeting.starts_at <= clock.now():
        return "not to come"
    if not reminder.key.endswith(meeting.starts_at.isoformat()):
        return "moved"
    if told_today(meeting):
        return "told already"
    actions.tell_members(meeting, "meeting_tomorrow")
    return "told"


def told_today(meeting: Meeting) -> bool:
    """Whether its time or place was sent to the members today: moved on the eve, before the reminder of that day."""
    subject_type, subject_id = name_of(meeting)
    rows = OutboxRow.objects.filter(subject_type=subject_type, subject_id=subject_id)
    return rows.filter(created_at__date=clock.today()).exists()
