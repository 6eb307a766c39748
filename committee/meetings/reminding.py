"""The day before a meeting its members are reminded, once for each time it was set to."""

from committee.meetings import actions
from committee.models import Meeting
from core import reminders
from core.models import Reminder


def sweep() -> int:
    """Carry out due reminders; running it twice sends nothing twice."""
    return reminders.sweep(("meeting_tomorrow",), meeting_tomorrow)


def meeting_tomorrow(reminder: Reminder) -> str:
    """A meeting moved since has a reminder of its own; one called off or begun reminds nobody."""
    meeting = Meeting.objects.get(pk=reminder.subject_id)
    if not meeting.is_planned or meeting.starts_at is None:
        return "not to come"
    if not reminder.key.endswith(meeting.starts_at.isoformat()):
        return "moved"
    actions.tell_members(meeting, "meeting_tomorrow")
    return "told"
