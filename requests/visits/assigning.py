"""What the moves of a case bring with them here: whom it is given to, and what becomes of its appointments."""

from typing import Any

from django.db.models import Count, Q, Value
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.known import home_of
from beneficiaries.models import Home
from core import audit, clock
from core.audit import System
from requests.models import SupportRequest
from requests.states import State
from requests.visits.areas import BARRED, around
from requests.visits.models import AppointmentState


def assigned(case: SupportRequest, by: User, facts: dict[str, Any]) -> None:
    """Give a case referred to research to the researcher whose area lies closest round the person's home, among
    equals to the one with the fewest open studies. Where nobody's does, it waits for a researcher to take it."""
    if case.researcher_id or not (near := nearest(case)):
        return
    hold(near)
    researcher = least_busy(near)
    case.researcher = researcher
    case.save(update_fields=["researcher"])
    audit.record("assigned", case, by=System(), changes={"researcher": [None, researcher.pk]})


def nearest(case: SupportRequest) -> list[int]:
    """The researchers whose area is the closest to the home, without those who may not study this case."""
    home = home_of(case.person.and_merged) or Home()
    areas = around(case.branch_id, Value(home.city), Value(home.district))
    barred = case.exclusions.filter(why__in=BARRED).values("user")
    rows = list(areas.exclude(researcher__in=barred).values_list("researcher", "close"))
    closest = max((close for _researcher, close in rows), default=0)
    return sorted({researcher for researcher, close in rows if close == closest})


def hold(researchers: list[int]) -> None:
    """Two cases referred at once count the studies one after the other, or both would go to the same hands."""
    list(User.objects.select_for_update(no_key=True).filter(pk__in=researchers).order_by("pk"))


def least_busy(researchers: list[int]) -> User:
    busy = loads(researchers)
    return User.objects.get(pk=min(researchers, key=lambda pk: (busy[pk], pk)))


def loads(researchers: list[int]) -> dict[int, int]:
    """How many studies each has open: cases with research, or waiting for papers that research asked for."""
    open_study = Q(state=State.SOCIAL_RESEARCH) | Q(state=State.AWAITING_DOCUMENTS, came_from=State.SOCIAL_RESEARCH)
    rows = SupportRequest.objects.filter(open_study, researcher__in=researchers).values_list("researcher")
    return dict.fromkeys(researchers, 0) | dict(rows.annotate(n=Count("pk")).order_by())


def ended(case: SupportRequest, by: Any, facts: dict[str, Any]) -> None:
    """The request is withdrawn or closed: nobody goes to its appointments any more. The person hears of the end."""
    for appointment in case.appointments.planned().select_for_update():
        appointment.state, appointment.settled_at = AppointmentState.CANCELLED, clock.now()
        appointment.why = _("The request ended.")
        appointment.save(update_fields=["state", "settled_at", "why"])
        audit.record("appointment_cancelled", case, by=System(), changes={"appointment": appointment.pk})
