"""Words to both sides about appointments: to the person as things happen and the evening before, to the researcher one
message the evening before. Nothing of the person, and nothing of why they are visited, leaves the building.

A reminder is a row due on the eve. Each looks again when its time comes: a cancelled appointment, and one moved to
another day, remind nobody.
"""

from datetime import date, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core import clock, outbox, reminders
from core.models import Reminder
from requests import effects
from requests.models import Appointment
from requests.visits import rules
from requests.visits.models import How

ONE_DAY = timedelta(days=1)
EVENING = (time(17), time(21))
"""When the reminders of the eve go out; a sweep that comes later, from a queue that stood still, tells nobody."""


def tell(appointment: Appointment, event: str) -> None:
    """Promise the person a message about their appointment, once for each time it was moved."""
    case = appointment.case
    outbox.post(
        event,
        to=case.mobile_to_tell,
        about=case,
        once=f"{appointment.pk}.{appointment.moves}",
        facts=effects.request_facts(case) | {"when": rules.when(appointment), "place": place(appointment)},
    )


def tell_researcher(appointment: Appointment, event: str, *, by: User) -> None:
    """What somebody else changed of their days, the researcher hears at once: they may be on the way already."""
    user = appointment.researcher
    if user.pk == by.pk or not user.mobile:
        return
    facts = {"when": rules.when(appointment), "link": settings.PORTAL_URL + reverse("requests:visits")}
    outbox.post(event, to=user.mobile, about=user, once=f"{appointment.pk}.{clock.now().isoformat()}", facts=facts)


def place(appointment: Appointment) -> str:
    """How they meet, as a message says it. What the researcher typed is for themselves and is never sent."""
    if appointment.how == How.OFFICE:
        return _("a meeting at our office (%(branch)s)") % {"branch": appointment.case.branch.name}
    return _("a visit to your home") if appointment.how == How.HOME else _("a telephone call from us")


def plan(appointment: Appointment) -> None:
    """Set the reminders of the eve. What was agreed on the eve itself, or later, was said a moment ago: the person is
    not told twice in a day; the researcher's one message counts the whole of the morrow."""
    eve, day = appointment.day - ONE_DAY, str(appointment.day)
    if eve > clock.today():
        reminders.remind("visit_person", about=appointment, on=eve, once=day)
    if eve >= clock.today():
        reminders.remind("visits_researcher", about=appointment.researcher, on=eve, once=day)


def is_evening() -> bool:
    return EVENING[0] <= clock.local(clock.now()).time() < EVENING[1]


def sweep() -> int:
    """Carry out the reminders that are due; running it twice tells nobody twice."""
    return reminders.sweep(tuple(HANDLERS), lambda reminder: HANDLERS[reminder.kind](reminder))


def remind_person(reminder: Reminder) -> str:
    appointment = Appointment.objects.planned().select_related("case__person__merged_into", "case__branch")
    appointment = appointment.filter(pk=reminder.subject_id).first()
    if appointment is None:
        return "not planned"
    if reminder.due_on != clock.today() or appointment.day != reminder.due_on + ONE_DAY:
        return "another day"
    if not rules.with_research(appointment.case):
        return "not with research"
    tell(appointment, "appointment_reminder")
    return "told"


def remind_researcher(reminder: Reminder) -> str:
    """One message for the whole of tomorrow: how many, and when the first begins."""
    user = User.objects.filter(pk=reminder.subject_id, is_active=True).first()
    if user is None or not user.mobile:
        return "no mobile"
    if reminder.due_on != clock.today():
        return "another day"
    rows = list(of_day(user, reminder.due_on + ONE_DAY))
    if not rows:
        return "nothing planned"
    count = ngettext("%(n)s appointment", "%(n)s appointments", len(rows)) % {"n": len(rows)}
    facts = {"visits": count, "when": rules.when(rows[0]), "link": settings.PORTAL_URL + reverse("requests:visits")}
    outbox.post("visits_tomorrow", to=user.mobile, about=user, once=str(reminder.pk), facts=facts)
    return "told"


def of_day(user: User, day: date):
    """What this researcher has planned on a day in Riyadh, in order of time."""
    return of_days(user, day, 1).planned()


def of_days(user: User, first: date, days: int):
    start = clock.at(first, time.min)
    rows = Appointment.objects.filter(researcher=user).between(start, start + days * ONE_DAY)
    return rows.order_by("starts_at", "pk")


HANDLERS = {"visit_person": remind_person, "visits_researcher": remind_researcher}
