"""What pages show of appointments, second opinions and changes, gathered here so that templates ask nothing.

`opinions` and `changes` are the committee's too: with the partials of those names in templates/requests/visits.
"""

from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Role
from beneficiaries.models import Home, Person
from core import clock
from requests.models import OWED, Appointment, Change, Opinion, Step, Study, SupportRequest
from requests.sight import Sight
from requests.states import State
from requests.visits import rules
from requests.visits.areas import STUDIED
from requests.visits.forms import OpinionForm
from requests.visits.models import AppointmentState, How
from requests.visits.reminding import of_days

TONES = {
    AppointmentState.PLANNED: "wait",
    AppointmentState.HELD: "ok",
    AppointmentState.MISSED: "no",
    AppointmentState.CANCELLED: "off",
}
AHEAD = 7
"""How many days after today the researcher's page looks ahead."""
SHOWN = 20


# The case page


def visits_card(case: SupportRequest, user: User, sight: Sight) -> dict[str, Any]:
    """What the case page shows of the researcher's work: each card empty for whoever it is not for."""
    rows = list(case.appointments.select_related("researcher"))
    return {
        "appointments": [appointment_row(row, user) for row in rows if row.state == AppointmentState.PLANNED],
        "earlier": [appointment_row(row, user) for row in rows[::-1] if row.state != AppointmentState.PLANNED],
        "arranges": rules.why_not_arrange(case, by=user) is None,
        "hands_over": rules.why_not_hand_over(case, by=user) is None,
        "opinions": opinions(case) if sight.study else [],
        "opinion_form": OpinionForm() if (mine := asked_of(case, user)) else None,
        "asked_of_me": mine,
        "asks": rules.why_not_ask(case, by=user) is None,
        "changes": changes(case, by=user, whole=sight.study) if sight.whole or sight.masked else None,
    }


def appointment_row(appointment: Appointment, user: User) -> dict[str, Any]:
    return {
        "row": appointment,
        "tone": TONES[AppointmentState(appointment.state)],
        "day": appointment.day,
        "time": rules.in_words(clock.local(appointment.starts_at).time()),
        "moves": rules.why_not_rearrange(appointment, by=user) is None,
    }


def asked_of(case: SupportRequest, user: User) -> Opinion | None:
    """The second opinion this user was asked for on the case and may give now."""
    opinion = case.opinions.asked_of(user).select_related("asked_by").first()
    return opinion if opinion and rules.why_not_answer(opinion, by=user) is None else None


def opinions(case: SupportRequest) -> list[Opinion]:
    """Every second opinion asked on the study of this case, the first first; an unanswered one says so."""
    return list(case.opinions.select_related("asked_by", "colleague"))


def changes(case: SupportRequest, *, by: User | None = None, whole: bool = True) -> dict[str, Any]:
    """What changed in the person's circumstances, newest first, and whether the study knows of it. The details are
    for whoever reads the study (`whole`), and for whoever wrote them."""
    stands = set(rules.standing(case).values_list("pk", flat=True))
    rows = [
        {
            "row": row,
            "stands": row.pk in stands,
            "after_approval": row.after.to_state in rules.GRANTED,
            "detail": row.detail if whole or (by and row.recorded_by_id == by.pk) else "",
        }
        for row in case.changes.select_related("recorded_by", "after").order_by("-pk")
    ]
    guards = (rules.changed_since(case, by), rules.study_expired(case, by)) if rules.with_committee(case) else ()
    return {
        "case": case,
        "rows": rows,
        "stands": bool(stands),
        "in_the_way": [sentence for sentence in guards if sentence],
        "goes_back": bool(by and by.holds(Role.SECRETARY) and rules.must_go_back(case)),
    }


def changed_since_approval(case: SupportRequest) -> list[Change]:
    """For whoever delivers: what changed, without its details. For `requests/visits/since_approval.html`."""
    return list(rules.after_approval().filter(case=case))


def changed_in_delivery(user: User) -> list[Change]:
    """For the manager: what changed of requests that are being handed over, newest first. No name, no details."""
    if not user.holds(Role.MANAGER):
        return []
    return list(rules.after_approval().filter(case__in=SupportRequest.objects.visible_to(user))[:SHOWN])


# The researcher's days


def days_page(user: User) -> dict[str, Any]:
    """Today, tomorrow and the week ahead, in order of time; what is overdue; and what has no appointment yet."""
    today = clock.today()
    seen = SupportRequest.objects.visible_to(user).values("pk")
    ahead = whole(of_days(user, today, AHEAD + 1).filter(case__in=seen))
    overdue = Appointment.objects.planned().filter(researcher=user, starts_at__lt=start_of(today), case__in=seen)
    rows = [visit_row(row) for row in ahead]
    later = [row for row in rows if row["day"] > today and row["planned"]]
    return {
        "today": today,
        "now": [row for row in rows if row["day"] == today and row["planned"]],
        "done": [row for row in rows if row["day"] == today and row["settled"]],
        "overdue": [visit_row(row) for row in whole(overdue.order_by("starts_at"))[:SHOWN]],
        "ahead": [
            {"day": day, "tomorrow": day == today + timedelta(days=1), "rows": list(those)}
            for day, those in groupby(later, key=lambda row: row["day"])
        ],
        "unarranged": unarranged(user),
    }


def whole(appointments: Any) -> Any:
    """With everything a row shows, in a constant number of queries."""
    open_opinions = Prefetch("case__opinions", queryset=Opinion.objects.filter(answered_at=None), to_attr="open_asked")
    recommended = Prefetch("case__steps", queryset=Step.objects.filter(action="recommend"), to_attr="recommended")
    return appointments.select_related(
        "case__service", "case__study", "case__person__home", "case__person__merged_into__home"
    ).prefetch_related("case__checks", "case__clarifications", "case__changes", open_opinions, recommended)


def visit_row(appointment: Appointment) -> dict[str, Any]:
    case, person = appointment.case, appointment.case.person.current
    home = home_in(case.person)
    start = clock.local(appointment.starts_at)
    return {
        "row": appointment,
        "case": case,
        "person": person,
        "day": start.date(),
        "time": rules.in_words(start.time()),
        "place": appointment.place or (where(home) if appointment.how == How.HOME else ""),
        "way": home.way_there if home and appointment.how == How.HOME else "",
        "map": map_link(home) if appointment.how == How.HOME else "",
        "open": what_is_open(case),
        "planned": appointment.state == AppointmentState.PLANNED,
        "settled": appointment.state in (AppointmentState.HELD, AppointmentState.MISSED),
        "tone": TONES[AppointmentState(appointment.state)],
        "settles": start <= clock.now(),  # its hour has come: what came of it may be said
        "today": start.date() <= clock.today(),
        "missed_label": MISSED[How(appointment.how)](),
    }


MISSED = {
    How.HOME: lambda: _("Not at home"),
    How.OFFICE: lambda: _("Did not come"),
    How.PHONE: lambda: _("No answer"),
}


def home_in(person: Person) -> Home | None:
    """Where they live, from what was fetched: the current file knows best."""
    files = (person.merged_into, person)
    return next((home for each in files if each and (home := getattr(each, "home", None))), None)


def where(home: Home | None) -> str:
    return "، ".join(part for part in (home.district, home.street, home.city) if part) if home else ""


def map_link(home: Home | None) -> str:
    """A link that opens the phone's map at the address: the short address, else district and street. Never a name."""
    if home is None:
        return ""
    wanted = home.short_code or " ".join(part for part in (home.street, home.district, home.city) if part)
    return settings.MAP_LINK.replace("{place}", quote(wanted)) if wanted else ""


def what_is_open(case: SupportRequest) -> list[str]:
    """What waits in this case, in a few words each."""
    owed = sum(check.state in OWED for check in case.checks.all())
    study = getattr(case, "study", None)
    last = max((step.pk for step in case.recommended), default=0)  # type: ignore[attr-defined]
    found = [
        ngettext("%(n)s paper is missing", "%(n)s papers are missing", owed) % {"n": owed} if owed else "",
        _("the person has a question") if any(row.answered_at is None for row in case.clarifications.all()) else "",
        _("their circumstances changed") if any(row.after_id >= last for row in case.changes.all()) else "",
        _("a second opinion is awaited") if case.open_asked else "",  # type: ignore[attr-defined]
        study_state(study),
    ]
    return [words for words in found if words]


def study_state(study: Study | None) -> str:
    if study is None:
        return _("the study has not begun")
    return "" if study.completed_at else _("the study is open")


def unarranged(user: User) -> list[SupportRequest]:
    """The researcher's cases with research that have no appointment planned, the longest-waiting first."""
    planned = Appointment.objects.planned().filter(case=OuterRef("pk"))
    cases = SupportRequest.objects.visible_to(user).filter(researcher=user, state=State.SOCIAL_RESEARCH)
    cases = cases.exclude(Exists(planned)).select_related("person__merged_into", "service")
    return list(cases.order_by("state_since", "pk")[:SHOWN])


def start_of(day: date) -> datetime:
    return clock.at(day, time.min)


# The landing page


def visits_today(user: User) -> dict[str, Any]:
    """How many appointments this researcher has today, and in words; empty for everybody else."""
    if not user.holds(Role.RESEARCHER):
        return {}
    today = of_days(user, clock.today(), 1).planned().count()
    words = ngettext("%(n)s appointment today", "%(n)s appointments today", today) % {"n": today}
    return {"today": today, "words": words}


def opinions_waiting(user: User) -> list[Opinion]:
    """The second opinions asked of this user that they have still to give, the oldest first."""
    seen = SupportRequest.objects.visible_to(user).values("pk")
    asked = Opinion.objects.asked_of(user).filter(case__in=seen, case__state__in=STUDIED)
    asked = asked.exclude(case__researcher=user)  # handed over to them since
    return list(asked.select_related("case__service", "asked_by").order_by("asked_at", "pk")[:SHOWN])
