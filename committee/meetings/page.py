"""What the page of a meeting shows. Reads only."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import VOTING, Role
from committee import rules as voting_rules
from committee import sheet
from committee.meetings import rules
from committee.models import VOTING_SEATS, AgendaItem, Body, Meeting, Seat, SeatRole
from core import clock
from requests.models import Exclusion, SupportRequest
from requests.states import TONES, State

ORDER = (*VOTING_SEATS, SeatRole.ALTERNATE, SeatRole.SECRETARY)
STANDING = {
    "open": lambda: (_("open"), "wait"),
    "planned": lambda: (_("to come"), "info"),
    "cancelled": lambda: (_("called off"), "no"),
    "closed": lambda: (_("closed"), "off"),
}


def standing_of(meeting: Meeting) -> tuple[str, str]:
    """A word and a tone for where a meeting stands."""
    state = "closed" if meeting.closed_at else "cancelled" if meeting.cancelled_at else "open"
    return STANDING["planned" if meeting.is_planned else state]()


def two_committees(day: date | None = None) -> bool:
    """Whether objections are heard by a committee of their own."""
    return Seat.objects.in_term(day or clock.today()).filter(body=Body.APPEALS, role__in=VOTING_SEATS).exists()


def free_bodies() -> list[tuple[str, str]]:
    """The committees, by value and name, that have no meeting open: each may have one."""
    busy = set(Meeting.objects.open().values_list("body", flat=True))
    bodies = [Body.MAIN, Body.APPEALS] if two_committees() else [Body.MAIN]
    return [(body.value, str(body.label)) for body in bodies if body not in busy]


def name_of(meeting: Meeting) -> str:
    if meeting.body == Body.APPEALS:
        return _("Appeals committee meeting %(number)s") % {"number": meeting.number}
    return _("Committee meeting %(number)s") % {"number": meeting.number}


def attendance(meeting: Meeting) -> list[dict[str, Any]]:
    """Every seat in term on the day, voting seats first: whether its holder is there, left, or sent an apology.

    Whoever opened the meeting keeps it, marked or not; an alternate who did not come is missed by nobody.
    """
    rows = list(meeting.attendance.all())
    here = {row.seat_id: row for row in rows if row.left_at is None}
    left = {row.seat_id for row in rows if row.left_at is not None}
    sorry = {row.seat_id: row for row in meeting.apologies.all()}
    seats = sorted(voting_rules.seats_of(meeting), key=lambda seat: ORDER.index(seat.role))
    return [
        {
            "seat": seat,
            "present": seat.pk in here,
            "left": seat.pk in left,
            "since": here.get(seat.pk),
            "apology": sorry.get(seat.pk),
            "keeps": seat.role == SeatRole.SECRETARY and seat.user_id == meeting.opened_by_id and seat.pk not in left,
            "expected": seat.role != SeatRole.ALTERNATE,
        }
        for seat in seats
    ]


def agenda(meeting: Meeting, cases) -> dict[str, Any]:
    """The items whose case is among `cases`, by what may be done with each, in a constant number of queries."""
    items = meeting.items.filter(case__in=cases).select_related("case__service", "case__study")
    items = items.prefetch_related("motions__votes__seat", "case__decisions", "case__exclusions", "pulled__seat__user")
    rows = [row_of(item) for item in items]
    return {"rows": rows, "groups": grouped(rows), "hidden": meeting.items.count() - len(rows)}


def grouped(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One group for each thing that may be done, and of those that must wait one for each day."""
    order = {kind: place for place, kind in enumerate(GROUPS)}
    found = sorted({row["group"] for row in rows}, key=lambda group: (order[group[0]], group[1] or date.min))
    return [
        {"label": GROUPS[kind](), "day": day, "rows": [row for row in rows if row["group"] == (kind, day)]}
        for kind, day in found
    ]


GROUPS = {
    "today": lambda: _("May be decided today"),
    "later": lambda: _("No decision before"),
    "papers": lambda: _("Waiting for papers"),
    "over": lambda: _("No longer before this meeting"),
}


def row_of(item: AgendaItem) -> dict[str, Any]:
    case = item.case
    return {
        "item": item,
        "case": case,
        "title": sheet.title(case),
        "group": group_of(case),
        "pulled": [row.seat.user.name for row in item.pulled.all()],
        **standing(item),
    }


def group_of(case: SupportRequest) -> tuple[str, date | None]:
    if case.state == State.AWAITING_DOCUMENTS:
        return "papers", None
    if case.state != State.COMMITTEE_REVIEW:
        return "over", None
    day = case.earliest_decision_on
    return ("later", day) if day and day > clock.today() else ("today", None)


def standing(item: AgendaItem) -> dict[str, str]:
    """Where an item stands, in a word and a tone. Reads what `agenda` fetched."""
    case = item.case
    if case.state != State.COMMITTEE_REVIEW:
        return {"label": case.get_state_display(), "tone": TONES[State(case.state)]}
    carried = [decision for decision in case.decisions.all() if decision.settled_at is None]
    if carried:
        return {
            "label": _("Carried, waits to be issued: %(outcome)s") % {"outcome": carried[0].get_outcome_display()},
            "tone": "ok",
        }
    motions = sorted(item.motions.all(), key=lambda motion: motion.pk)
    if motions and motions[-1].closed_at is None:
        over = {"label": _("Not voted on in this meeting"), "tone": "off"}
        return over if item.meeting.closed_at else voting(item, motions[-1])
    if case.postponed_until and case.postponed_until > clock.today():
        return {"label": _("Postponed"), "tone": "wait"}
    return {"label": _("Not carried; waits for another proposal"), "tone": "you"}


def voting(item: AgendaItem, motion) -> dict[str, str]:
    """How many have voted; whoever declared a conflict since is not among them."""
    barred = {row.user_id for row in item.case.exclusions.all() if row.why in Exclusion.FROM_DECIDING}
    cast = sum(vote.seat.user_id not in barred for vote in motion.votes.all())
    if not cast:
        return {"label": _("Not voted on yet"), "tone": "off"}
    return {"label": ngettext("%(n)s vote cast", "%(n)s votes cast", cast) % {"n": cast}, "tone": "wait"}


def together(meeting: Meeting, *, by: User) -> dict[str, Any]:
    """What may be done with many cases in one go: a member agrees, the secretary closes."""
    if not meeting.is_open:
        return {}
    votes = by.holds(*VOTING) and voting_rules.seat_of(by, meeting) is not None
    return {
        "unopposed": len(voting_rules.unopposed(meeting, by=by)) if votes else 0,
        "voted": len(voting_rules.all_voted(meeting, by=by)) if by.holds(Role.SECRETARY) else 0,
    }


def planned(by: User) -> list[dict[str, Any]]:
    """The meetings to come, with what this person may do with each."""
    return [
        {
            "meeting": meeting,
            "name": name_of(meeting),
            "when": rules.when_in_words(meeting),
            "cases": rules.cases_in_words(meeting) if meeting.notice_at else "",
        }
        for meeting in Meeting.objects.planned().order_by("held_on", "number")
    ]
