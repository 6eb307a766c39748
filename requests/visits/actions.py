"""Verbs of the researcher's days: handing a case over, appointments, second opinions, changes of circumstances."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit, clock
from core.errors import Refused, refuse
from requests import workflow
from requests.models import Appointment, Change, Exclusion, Opinion, Study, SupportRequest
from requests.visits import reminding, rules
from requests.visits.assigning import hold
from requests.visits.models import AppointmentState, How


@transaction.atomic
def hand_over(case: SupportRequest, *, by: User, to: User, why: str) -> SupportRequest:
    """Give the case to a colleague, with its study and the appointments still planned. Raises Refused where the
    colleague may not have it, or is elsewhere at the time of one of the appointments."""
    case = visible(case, by)
    refuse(rules.why_not_hand_over(case, by=by) or rules.why_not_theirs(case, to))
    hold(sorted({to.pk, case.researcher_id or to.pk}))
    for appointment in case.appointments.planned().select_for_update():
        refuse(rules.clash(to, appointment.starts_at, appointment.ends_at))
        appointment.researcher = to
        appointment.save(update_fields=["researcher"])
        reminding.plan(appointment)
    before, case.researcher = case.researcher_id, to
    case.save(update_fields=["researcher"])
    if Study.objects.filter(case=case).update(researcher=to) and before:  # who wrote of it decides nothing of it
        Exclusion.objects.get_or_create(case=case, user_id=before, why=Exclusion.Why.RESEARCHER)
    audit.record("handed_over", case, by=by, changes={"researcher": [before, to.pk]}, why=why)
    return case


# Appointments


@transaction.atomic
def make(
    case: SupportRequest, *, by: User, how: str, starts_at: datetime, ends_at: datetime, place: str = "", note: str = ""
) -> Appointment:
    """Agree an appointment with the person and tell them of it. Raises Refused where the researcher is elsewhere."""
    case = visible(case, by)
    refuse(rules.why_not_arrange(case, by=by) or rules.past(starts_at))
    hold([by.pk])
    refuse(rules.clash(by, starts_at, ends_at))
    appointment = Appointment.objects.create(
        case=case, researcher=by, how=How(how), starts_at=starts_at, ends_at=ends_at, place=place, note=note, made_by=by
    )
    audit.record("appointment_made", case, by=by, changes=named(appointment) | {"at": starts_at.isoformat()})
    reminding.tell(appointment, "appointment_made")
    reminding.plan(appointment)
    return appointment


@transaction.atomic
def move(appointment: Appointment, *, by: User, starts_at: datetime, ends_at: datetime, **facts: Any) -> Appointment:
    """Another time for it, another way to meet or another place; the person is told where they would wait in vain."""
    appointment = held(appointment, by)
    refuse(rules.why_not_rearrange(appointment, by=by))
    changed = {"starts_at": starts_at, "ends_at": ends_at} | facts
    before = {name: getattr(appointment, name) for name in changed}
    if starts_at != appointment.starts_at:
        refuse(rules.past(starts_at))
    hold([appointment.researcher_id])
    refuse(rules.clash(appointment.researcher, starts_at, ends_at, besides=appointment))
    told = any(before[name] != changed.get(name, before[name]) for name in ("starts_at", "how") if name in before)
    for name, value in changed.items():
        setattr(appointment, name, value)
    appointment.moves += told
    appointment.save(update_fields=[*changed, "moves"])
    at = [before["starts_at"].isoformat(), starts_at.isoformat()]
    audit.record("appointment_moved", appointment.case, by=by, changes=named(appointment) | {"at": at})
    if any(before[name] != changed[name] for name in changed):
        reminding.tell_researcher(appointment, "visit_moved", by=by)
    if told:
        reminding.tell(appointment, "appointment_moved")
        reminding.plan(appointment)
    return appointment


@transaction.atomic
def cancel(appointment: Appointment, *, by: User, why: str) -> Appointment:
    """Call it off, with the reason, and tell the person."""
    appointment = held(appointment, by)
    refuse(rules.why_not_rearrange(appointment, by=by))
    close(appointment, AppointmentState.CANCELLED, by=by, why=why)
    audit.record("appointment_cancelled", appointment.case, by=by, changes=named(appointment), why=why)
    if appointment.starts_at > clock.now():
        reminding.tell(appointment, "appointment_cancelled")
        reminding.tell_researcher(appointment, "visit_cancelled", by=by)
    return appointment


@transaction.atomic
def settle(appointment: Appointment, *, by: User, state: str) -> Appointment:
    """Record what came of it: held, or missed."""
    appointment = held(appointment, by)
    refuse(rules.why_not_settle(appointment, by=by, state=state))
    close(appointment, AppointmentState(state), by=by)
    audit.record(f"appointment_{state}", appointment.case, by=by, changes=named(appointment))
    return appointment


@transaction.atomic
def take_back(appointment: Appointment, *, by: User) -> Appointment:
    """It was not so: the appointment is planned again."""
    appointment = held(appointment, by)
    hold([appointment.researcher_id])
    refuse(rules.why_not_take_back(appointment, by=by))
    was, appointment.state = appointment.state, AppointmentState.PLANNED
    appointment.settled_by, appointment.settled_at = None, None
    appointment.save(update_fields=["state", "settled_by", "settled_at"])
    changes = named(appointment) | {"state": [was, appointment.state]}
    audit.record("appointment_taken_back", appointment.case, by=by, changes=changes)
    return appointment


def close(appointment: Appointment, state: AppointmentState, *, by: User, why: str = "") -> None:
    appointment.state, appointment.why = state, why
    appointment.settled_by, appointment.settled_at = by, clock.now()
    appointment.save(update_fields=["state", "why", "settled_by", "settled_at"])


def named(appointment: Appointment) -> dict[str, Any]:
    """Which appointment a row of the record is about."""
    return {"appointment": appointment.pk}


# Second opinion


@transaction.atomic
def ask_opinion(case: SupportRequest, *, by: User, colleague: User, question: str) -> Opinion:
    """Ask a colleague for a second opinion; until they give it they may read the case with its study."""
    case = visible(case, by)
    refuse(rules.why_not_ask(case, by=by))
    if not rules.colleagues(case, besides=by).filter(pk=colleague.pk).exists():
        raise Refused(_("This colleague cannot be asked about this case. Choose another."))
    if case.opinions.asked_of(colleague).exists():
        raise Refused(_("%(name)s was asked already and has not answered yet.") % {"name": colleague.name})
    opinion = Opinion.objects.create(case=case, asked_by=by, colleague=colleague, question=question)
    audit.record("opinion_asked", case, by=by, changes={"opinion": opinion.pk, "of": colleague.pk})
    return opinion


@transaction.atomic
def answer_opinion(opinion: Opinion, *, by: User, agrees: bool, reasons: str) -> Opinion:
    """Give the opinion asked for, with its reasons; it stays as it was written."""
    case = visible(opinion.case, by)
    opinion = Opinion.objects.select_for_update().get(pk=opinion.pk)
    opinion.case = case
    refuse(rules.why_not_answer(opinion, by=by))
    opinion.agrees, opinion.reasons, opinion.answered_at = agrees, reasons, clock.now()
    opinion.save(update_fields=["agrees", "reasons", "answered_at"])
    audit.record("opinion_given", case, by=by, changes={"opinion": opinion.pk, "agrees": agrees})
    return opinion


# Changes of circumstances


@transaction.atomic
def record_change(
    case: SupportRequest, *, by: User, what: str, detail: str, told_by: str, happened_on: date | None = None
) -> Change:
    """Write down that the person's circumstances changed. A study that was complete is open again; with the committee
    it stands in the way of the decision until the case was recommended anew. No date of the case moves (rule 1)."""
    case = visible(case, by)
    refuse(rules.why_not_record(case, by=by))
    change = Change.objects.create(
        case=case,
        what=Change.What(what),
        detail=detail,
        told_by=Change.ToldBy(told_by),
        happened_on=happened_on,
        after=case.steps.latest("pk"),
        recorded_by=by,
    )
    reopened = rules.with_research(case) and Study.objects.filter(case=case).exclude(completed_at=None).update(
        completed_at=None
    )
    audit.record("circumstances_changed", case, by=by, changes={"change": change.pk, "reopened": bool(reopened)})
    return change


# What every verb here begins with


def visible(case: SupportRequest, by: User) -> SupportRequest:
    """The case, locked, if this user sees it; the view answered 404 already."""
    case = workflow.lock(case)
    refuse(workflow.out_of_sight(case, by))
    return case


def held(appointment: Appointment, by: User) -> Appointment:
    """The appointment as it stands now, its case locked before it."""
    case = visible(appointment.case, by)
    appointment = Appointment.objects.select_for_update(of=["self"]).select_related("researcher").get(pk=appointment.pk)
    appointment.case = case
    return appointment
