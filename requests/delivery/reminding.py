"""What is ready is said when its day comes, and once more; no message names the service or an amount (rule 7)."""

from core import reminders
from core.models import Reminder
from requests import effects, rules
from requests.delivery.rules import FETCHED, REMIND_AGAIN_AFTER, died
from requests.models import Instalment, ReceiveBy, SupportRequest
from requests.states import State


def instalment_due(reminder: Reminder) -> str:
    """Its day has come. Whoever has to come for it is told once more a week later; a transfer needs nobody to come."""
    instalment = waiting(reminder)
    if instalment is None or instalment.due_on != reminder.due_on:
        return "received, cancelled, or planned anew"
    case = instalment.case
    event = event_of(case)
    if event is None:
        return "by transfer"
    effects.tell(case, event, once=str(reminder.pk))
    if case.receive_by in FETCHED:
        again = reminder.due_on + REMIND_AGAIN_AFTER
        reminders.remind("instalment_uncollected", about=instalment, on=again, once=again.isoformat())
    return "told"


def instalment_uncollected(reminder: Reminder) -> str:
    instalment = waiting(reminder)
    if instalment is None or instalment.due_on is None:
        return "received or cancelled"
    if instalment.due_on + REMIND_AGAIN_AFTER != reminder.due_on:
        return "planned anew"
    if instalment.case.receive_by not in FETCHED:
        return "not fetched any more"
    effects.tell(instalment.case, "service_still_ready", once=str(reminder.pk))
    return "told"


def event_of(case: SupportRequest) -> str | None:
    """What is said when it is ready; of a transfer nothing."""
    if case.receive_by == ReceiveBy.TRANSFER:
        return None
    return "service_ready" if case.receive_by in FETCHED else "service_ready_at_home"


def waiting(reminder: Reminder) -> Instalment | None:
    """The instalment, while it is still to be handed over and nothing holds it back; nobody writes to the dead."""
    found = Instalment.objects.outstanding().filter(pk=reminder.subject_id, case__state=State.REGISTERED)
    instalment = found.select_related("case__person").first()
    if instalment is None or rules.suspended(instalment.case, None) or died(instalment.case):
        return None
    return instalment


HANDLERS = {"instalment_due": instalment_due, "instalment_uncollected": instalment_uncollected}
