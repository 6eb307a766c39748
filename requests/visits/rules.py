"""Questions about appointments, opinions, changes of circumstances and how long a study holds. No side effects.

It stands beside `requests.rules`, whose rulebook asks some of these, and therefore imports nothing of it.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import COUNTER, Role
from beneficiaries.models import Person
from core import clock
from core.hijri import add_months, format_dual
from policies.models import Association
from policies.rules import hours_of, is_working_day
from requests.models import Appointment, Change, Opinion, Study, SupportRequest
from requests.states import CloseReason, State
from requests.visits.areas import BARRED, STUDIED
from requests.visits.models import AppointmentState

Sentence = str | None
GRANTED = (State.APPROVED, State.REGISTERED)


# Where the case is


def with_research(case: SupportRequest) -> bool:
    """With the researcher, or waiting for papers that research asked for."""
    return case.state == State.SOCIAL_RESEARCH or (
        case.state == State.AWAITING_DOCUMENTS and case.came_from == State.SOCIAL_RESEARCH
    )


def with_committee(case: SupportRequest) -> bool:
    return case.state == State.COMMITTEE_REVIEW or (
        case.state == State.AWAITING_DOCUMENTS and case.came_from == State.COMMITTEE_REVIEW
    )


def not_with_research(case: SupportRequest) -> Sentence:
    return None if with_research(case) else _("This request is not with social research now.")


# Handing over


def why_not_hand_over(case: SupportRequest, *, by: User) -> Sentence:
    """A case changes hands by its researcher's or the manager's; the manager also gives out one that nobody has."""
    if not by.holds(Role.MANAGER) and not (by.holds(Role.RESEARCHER) and case.researcher_id == by.pk):
        return _("A case is handed over by its researcher or by the manager.")
    return not_with_research(case)


def why_not_theirs(case: SupportRequest, researcher: User) -> Sentence:
    """Why this colleague may not have the case: no researcher, has it already, verified it, or a conflict (rule 5)."""
    if not (researcher.is_active and researcher.holds(Role.RESEARCHER)):
        return _("Only a social researcher takes a case for study.")
    if case.researcher_id == researcher.pk:
        return _("%(name)s has this case already.") % {"name": researcher.name}
    row = case.exclusions.filter(user=researcher, why__in=BARRED).first()
    if row:
        return _("%(name)s may not study this case: they %(why)s.") % {
            "name": researcher.name,
            "why": row.get_why_display(),
        }
    return None


def colleagues(case: SupportRequest, *, besides: User | None = None) -> QuerySet[User]:
    """The researchers who may study this case, or be asked about it, other than whoever has it."""
    barred = case.exclusions.filter(why__in=BARRED).values("user")
    found = User.objects.holding(Role.RESEARCHER).exclude(pk=case.researcher_id).exclude(pk__in=barred)
    return (found.exclude(pk=besides.pk) if besides else found).order_by("name")


# Appointments


def why_not_arrange(case: SupportRequest, *, by: User) -> Sentence:
    """Appointments are made by its researcher. Moved and cancelled they are by the manager too, when a researcher
    cannot, and by the counter, when the person asks for it there."""
    if not by.holds(Role.RESEARCHER) or case.researcher_id != by.pk:
        return _("Only the researcher assigned to this case may do this.")
    return not_with_research(case)


def why_not_rearrange(appointment: Appointment, *, by: User) -> Sentence:
    if appointment.state != AppointmentState.PLANNED:
        return _("This appointment is over: %(state)s.") % {"state": appointment.get_state_display()}
    if by.holds(Role.MANAGER):
        return None
    if asks_at_the_counter(appointment.case, by):
        return not_with_research(appointment.case)
    return why_not_arrange(appointment.case, by=by)


def asks_at_the_counter(case: SupportRequest, by: User) -> bool:
    """Whether this is the counter of the case, where the person calls or comes to ask for another time."""
    return by.holds(*COUNTER) and by.serves(case.branch_id) and case.researcher_id != by.pk


def past(starts_at: datetime) -> Sentence:
    return _("This time has passed. Choose one that is still to come.") if starts_at <= clock.now() else None


def clash(researcher: User, starts_at: datetime, ends_at: datetime, *, besides: Appointment | None = None) -> Sentence:
    """Why this researcher cannot be there then: another appointment of theirs runs into it."""
    there = Appointment.objects.planned().filter(researcher=researcher, starts_at__lt=ends_at, ends_at__gt=starts_at)
    other = there.exclude(pk=besides.pk if besides else None).order_by("starts_at").first()
    if other is None:
        return None
    return _("%(name)s has another appointment at that time, %(when)s. Choose another time.") % {
        "name": researcher.name,
        "when": span(other),
    }


def span(appointment: Appointment) -> str:
    start, end = (clock.local(each) for each in (appointment.starts_at, appointment.ends_at))
    return _("from %(start)s to %(end)s") % {"start": in_words(start.time()), "end": in_words(end.time())}


def in_words(at: time) -> str:
    """«10:30 صباحًا»; the hour of noon is called so, for «12 مساءً» might be midnight."""
    sentence = _("%(time)s in the morning") if at.hour < 12 else _("%(time)s in the afternoon")
    if at.hour == 12:
        sentence = _("%(time)s at noon")
    return sentence % {"time": f"{at.hour % 12 or 12}:{at:%M}"}


def when(appointment: Appointment) -> str:
    """The day in both calendars and the hour, as a message says it."""
    start = clock.local(appointment.starts_at)
    return _("%(day)s at %(time)s") % {
        "day": format_dual(start.date(), weekday=True),
        "time": in_words(start.time()),
    }


def unusual(starts_at: datetime, ends_at: datetime, association: Association) -> Sentence:
    """What is unusual about this time, said before it is kept; it stands in nobody's way."""
    start, end = (clock.local(each) for each in (starts_at, ends_at))
    if not is_working_day(start.date(), association):
        return _("%(day)s is not a working day of the association.") % {"day": format_dual(start.date(), weekday=True)}
    open_at = hours_of(association.hours_now)
    if open_at and (start.time() < open_at[0] or end.time() > open_at[1]):
        return _("This lies outside the working hours, which are from %(start)s to %(end)s.") % {
            "start": in_words(open_at[0]),
            "end": in_words(open_at[1]),
        }
    return None


def why_not_settle(appointment: Appointment, *, by: User, state: str) -> Sentence:
    """What came of it is recorded by its researcher: that it was held, on its day or after; that it was missed, once
    its time has come."""
    if appointment.state != AppointmentState.PLANNED:
        return _("This appointment is over: %(state)s.") % {"state": appointment.get_state_display()}
    if appointment.researcher_id != by.pk:
        return _("What came of an appointment is recorded by its researcher.")
    if appointment.day > clock.today() or (state == AppointmentState.MISSED and appointment.starts_at > clock.now()):
        return _("Its time has not come yet: %(when)s.") % {"when": when(appointment)}
    return None


def why_not_take_back(appointment: Appointment, *, by: User) -> Sentence:
    """A slip of the thumb is put right on the same day."""
    if appointment.researcher_id != by.pk:
        return _("What came of an appointment is recorded by its researcher.")
    if appointment.state not in (AppointmentState.HELD, AppointmentState.MISSED):
        return _("Nothing was recorded of this appointment that could be taken back.")
    if appointment.settled_at is None or clock.local_date(appointment.settled_at) != clock.today():
        return _("What was recorded is taken back on the same day only.")
    return clash(appointment.researcher, appointment.starts_at, appointment.ends_at, besides=appointment)


def appointment_open(case: SupportRequest, by: Any) -> Sentence:
    """A guard: whoever was promised a visit is not forgotten when the case goes on."""
    appointment = case.appointments.planned().first()
    if appointment is None:
        return None
    return _("An appointment is still planned, %(when)s. Record what came of it, or cancel it.") % {
        "when": when(appointment)
    }


# Second opinion


def why_not_ask(case: SupportRequest, *, by: User) -> Sentence:
    """Its researcher asks while it is with research, the committee's secretary while it is with the committee."""
    if with_research(case) and by.holds(Role.RESEARCHER) and case.researcher_id == by.pk:
        return None
    if case.state == State.COMMITTEE_REVIEW and by.holds(Role.SECRETARY):
        return None
    return _("A second opinion is asked by the researcher of the case, or by the secretary while the committee has it.")


def why_not_answer(opinion: Opinion, *, by: User) -> Sentence:
    if opinion.colleague_id != by.pk or not by.holds(Role.RESEARCHER):
        return _("This opinion was asked of a colleague.")
    if opinion.case.researcher_id == by.pk:
        return _("This case is yours now; a second opinion on it is somebody else's.")
    if opinion.answered_at:
        return _("You gave this opinion already; it stays as you wrote it.")
    if opinion.case.state not in STUDIED:
        return _("This cannot be done while the request is: %(state)s.") % {"state": opinion.case.get_state_display()}
    return None


def is_asked(case: SupportRequest, by: User) -> bool:
    """Whether this colleague was asked about the study and has still to answer: until then they read it."""
    return case.state in STUDIED and case.opinions.asked_of(by).exists()


# Changes of circumstances


def why_not_record(case: SupportRequest, *, by: User) -> Sentence:
    """Recorded by whoever hears of it: the counter of the case, or its researcher; once it is approved by the counter,
    until the last of it is handed over. Then it stands in nobody's way: those who deliver, and the manager, read it."""
    if not asks_at_the_counter(case, by) and not (by.holds(Role.RESEARCHER) and case.researcher_id == by.pk):
        return _("A change of circumstances is recorded by the counter, or by the researcher of the case.")
    counter = by.holds(*COUNTER) and by.serves(case.branch_id)  # the researcher's own too, where one person is both
    if with_research(case) or with_committee(case) or (counter and case.state in GRANTED):
        return None
    return _(
        "A change of circumstances is recorded while the case is with research or the committee, and after the "
        "approval by the counter, until the service is delivered."
    )


def after_approval() -> QuerySet[Change]:
    """Recorded after the approval, of what is not wholly delivered yet: the decision knows nothing of it."""
    found = Change.objects.filter(after__to_state__in=GRANTED, case__state__in=GRANTED)
    return found.select_related("recorded_by", "case__service").order_by("-pk")


def standing(case: SupportRequest) -> QuerySet[Change]:
    """The changes that the study does not know yet: recorded since the case was last recommended."""
    recommended = case.steps.filter(action="recommend").order_by("-pk").values_list("pk", flat=True).first()
    return case.changes.filter(after__gte=recommended) if recommended else case.changes.all()


def changed_since(case: SupportRequest, by: Any) -> Sentence:
    """A guard: nobody decides on circumstances that are no more; the case goes back and is recommended anew."""
    if not standing(case).exists():
        return None
    return _("The person's circumstances changed after the study. Return the case to research, to be recommended anew.")


# How long a study is valid


def valid_until(study: Study) -> date | None:
    """The last day on which a completed study is valid: `study_valid_months` Hijri months from its completion, as
    `beneficiaries.renewal` counts them. None while it is not complete, and where the association sets no months."""
    months = Association.current().study_valid_months
    if study.completed_at is None or not months:
        return None
    return add_months(clock.local_date(study.completed_at), months) - timedelta(days=1)


def is_valid(study: Study) -> bool:
    """Complete and not expired."""
    last = valid_until(study)
    return study.completed_at is not None and (last is None or clock.today() <= last)


def study_expired(case: SupportRequest, by: Any) -> Sentence:
    """A guard: an expired study is brought up to date before anybody recommends or decides by it."""
    study = getattr(case, "study", None)
    last = valid_until(study) if study else None
    if last is None or clock.today() <= last:
        return None
    return _("The study expired on %(date)s. Return the case to research, to be brought up to date.") % {
        "date": format_dual(last)
    }


def last_valid_study(person: Person, *, besides: SupportRequest | None = None) -> Study | None:
    """The newest completed study of this person that is still valid, under whichever of their files it was made; none
    whose data was untrue, or which does not know what changed since."""
    studies = Study.objects.filter(completed_at__isnull=False, case__person__in=person.current.and_merged)
    if besides:
        studies = studies.exclude(case=besides)
    newest = studies.exclude(case__close_reason=CloseReason.UNTRUE_DATA).order_by("-completed_at").first()
    return newest if newest and is_valid(newest) and not standing(newest.case).exists() else None


def must_go_back(case: SupportRequest) -> bool:
    """Whether the case returns to research without a vote: its study no longer holds."""
    return case.state == State.COMMITTEE_REVIEW and bool(changed_since(case, None) or study_expired(case, None))
