"""What the portal does without being asked (rule 7): the date is reached, papers are still awaited."""

from core import reminders
from core.models import Reminder
from requests import effects
from requests.delivery import reminding as delivery
from requests.models import SupportRequest
from requests.states import State


def sweep() -> int:
    """Carry out due reminders on cases; running it twice sends nothing twice."""
    return reminders.sweep(tuple(HANDLERS), lambda reminder: HANDLERS[reminder.kind](reminder))


def case_of(reminder: Reminder) -> SupportRequest:
    return SupportRequest.objects.select_related("person").get(pk=reminder.subject_id)


def earliest_date_reached(reminder: Reminder) -> str:
    case = case_of(reminder)
    if case.state != State.COMMITTEE_REVIEW:
        return "not with the committee"
    effects.tell(case, "earliest_date_reached", once=str(reminder.pk))
    return "told"


def papers_awaited(reminder: Reminder) -> str:
    case = case_of(reminder)
    if case.state != State.AWAITING_DOCUMENTS:
        return "not awaited"
    effects.tell(case, "papers_reminder", once=str(reminder.pk))
    return "told"


HANDLERS = {
    "earliest_date_reached": earliest_date_reached,
    "papers_awaited": papers_awaited,
    **delivery.HANDLERS,
}
