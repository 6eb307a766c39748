"""What happened in a meeting, read from its rows once it is over, in the Arabic words that will be printed and signed.

No name of a person served is in it: a case is its reference (product.md, projector rule).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.roles import Role
from committee.minutes.votes import Presence, votes_of
from committee.models import VOTING_SEATS, AgendaItem, Body, Meeting, Motion, Seat, SeatRole
from committee.naming import named_in
from committee.rules import seats_of
from core import clock
from core.hijri import format_dual
from policies.models import Association
from requests.decision.words import given
from requests.models import Exclusion, Outcome, SupportRequest
from requests.page import by_example
from requests.states import State

ON_TIME = timedelta(minutes=15)
"""Marking a full room takes a few minutes: whoever is marked within them was there from the beginning."""
ORDER = (*VOTING_SEATS, SeatRole.ALTERNATE, SeatRole.SECRETARY)


def record_of(meeting: Meeting) -> dict[str, Any]:
    """The data of the minutes. Asked only once the meeting is over; in Arabic whoever asks."""
    with translation.override(settings.LANGUAGE_CODE):
        there = Presence.of(meeting)
        rows = [case_row(item, there) for item in items_of(meeting)]
        return {
            "meeting": meeting.number,
            "committee": _("the research committee") if meeting.body == Body.MAIN else str(meeting.get_body_display()),
            "held_on": meeting.held_on.isoformat(),
            "place": meeting.place or ("" if meeting.link else Association.current().address),
            "remote": bool(meeting.link),
            "began": time_of(meeting.opened_at),
            "ended": time_of(meeting.closed_at),
            **people(meeting, there),
            "quorum": quorum(there),
            "cases": rows,
        }


def items_of(meeting: Meeting):
    items = meeting.items.select_related("meeting", "case__person", "case__service", "case__study").order_by("position")
    return items.prefetch_related("motions__votes__seat__user", "case__exclusions", "case__steps")


def end_of(meeting: Meeting) -> datetime:
    return meeting.closed_at or clock.now()


def time_of(instant) -> str:
    return f"{clock.local(instant):%H:%M}" if instant else ""


# Who was there


def people(meeting: Meeting, there: Presence) -> dict[str, Any]:
    """Attendees, apologies, absentees and who signs. A reason for an apology is nobody's business on paper."""
    kept_by = secretary_of(meeting)
    attending = sorted(
        {*there.seats, *([kept_by] if kept_by else [])}, key=lambda seat: (ORDER.index(seat.role), seat.pk)
    )
    presided = presiding(attending)
    excused = {row.seat_id for row in meeting.apologies.all()}
    missing = [seat for seat in all_seats(meeting) if seat not in attending]
    return {
        "attendees": [
            {**said(seat), "presided": seat == presided, "times": there.times_of(seat, ON_TIME)} for seat in attending
        ],
        "apologies": [said(seat) for seat in missing if seat.pk in excused],
        "absentees": [said(seat) for seat in missing if seat.pk not in excused and seat.role != SeatRole.ALTERNATE],
        "signers": [{"user": seat.user_id, **said(seat), "presided": seat == presided} for seat in one_each(attending)],
    }


def said(seat: Seat) -> dict[str, str]:
    return {"name": seat.user.name, "seat": str(OFFICES.get(SeatRole(seat.role)) or seat.get_role_display())}


OFFICES = {
    SeatRole.CHAIR: Role.CHAIR.label,
    SeatRole.DEPUTY: Role.DEPUTY.label,
    SeatRole.SECRETARY: Role.SECRETARY.label,
}


def secretary_of(meeting: Meeting) -> Seat | None:
    """Whoever opened the meeting kept it, marked present or not."""
    return seats_of(meeting).filter(user=meeting.opened_by, role=SeatRole.SECRETARY).first()


def presiding(attending: list[Seat]) -> Seat | None:
    """The chair, or the deputy where the chair did not come."""
    return next((seat for role in VOTING_SEATS[:2] for seat in attending if seat.role == role), None)


def all_seats(meeting: Meeting) -> list[Seat]:
    found = Seat.objects.in_term(meeting.held_on).filter(body=meeting.body).select_related("user")
    return in_order(found)


def in_order(seats: Iterable[Seat]) -> list[Seat]:
    return sorted(seats, key=lambda seat: (ORDER.index(seat.role), seat.pk))


def one_each(seats: list[Seat]) -> list[Seat]:
    """A person signs once, whatever seats they hold."""
    return list({seat.user_id: seat for seat in reversed(seats)}.values())[::-1]


def quorum(there: Presence) -> dict[str, Any]:
    return {"seats": there.voting, "needed": there.needed, "present": there.most}


# One case


def case_row(item: AgendaItem, there: Presence) -> dict[str, Any]:
    """One row of the table: what was recommended, what came of it and why, who did not take part, and the votes."""
    voted = sorted((row for row in item.motions.all() if counted(row)), key=lambda row: (row.closed_at, row.pk))
    last = voted[-1] if voted else None
    return {
        "position": item.position,
        "reference": item.case.reference,
        "service": item.case.service.label,
        **band_of(item),
        "recommended": recommended(item),
        **(outcome(last) if last else unvoted(item, there)),
        "votes": [votes_of(row) for row in voted],
        "recused": [said(seat) for seat in there.seats if seat.user_id in barred(item)],
    }


def counted(motion: Motion) -> bool:
    return motion.closed_at is not None and motion.result != Motion.Result.REPLACED


def band_of(item: AgendaItem) -> dict[str, Any]:
    """The band of need as the study had it when the meeting was over, and whether it came from the example table."""
    study = getattr(item.case, "study", None)
    if study is None:
        return {"band": "", "band_by_example": False}
    kept = study.results.filter(made_at__lte=end_of(item.meeting)).exclude(band="").order_by("-pk").first()
    if kept is None:
        return {"band": study.band, "band_by_example": by_example(study)}
    return {"band": kept.band, "band_by_example": kept.by_example}


def recommended(item: AgendaItem) -> dict[str, Any]:
    """The researcher's recommendation as it was put to the vote."""
    motions = [row for row in item.motions.all() if row.put_by_id is None]
    if not motions:
        return {"outcome": "", "given": []}
    motion = max(motions, key=lambda row: row.pk)
    return {"outcome": str(motion.get_outcome_display()), "given": said_given(motion)}


def barred(item: AgendaItem) -> set[int]:
    """Whoever might not take part in this case while the meeting lasted. Why is not told."""
    return {
        row.user_id
        for row in item.case.exclusions.all()
        if row.why in Exclusion.FROM_DECIDING and row.at <= end_of(item.meeting)
    }


def outcome(motion: Motion) -> dict[str, Any]:
    """What the last vote on a case came to."""
    carried = motion.result == Motion.Result.CARRIED
    return {
        "came_to": str(motion.result),
        "decided": str(Outcome(motion.outcome).label) if carried else NOT_CARRIED[Motion.Result(motion.result)](),
        "code": motion.outcome if carried else "",
        "given": said_given(motion) if carried and motion.outcome == Outcome.APPROVE else [],
        "amount": str(motion.amount or "") if carried and motion.outcome == Outcome.APPROVE else "",
        "reasons": said_reasons(motion) if carried else "",
        "papers": list(motion.papers.values()) if carried else [],
        "until": format_dual(motion.until) if carried and motion.until else "",
    }


def said_given(motion: Motion) -> list[str]:
    """What is given, without the words for it where these name somebody."""
    found = given(motion)
    return found[1:] if named_in(motion.what, motion.item.case) else found


def said_reasons(motion: Motion) -> str:
    """Why, as it is printed. A researcher writes of people by their names; these stay in the study."""
    if named_in(motion.reasons, motion.item.case):
        return _("As in the study: the reasons name somebody, and minutes name nobody served.")
    return motion.reasons


NOT_CARRIED = {
    Motion.Result.LOST: lambda: _("Not settled: the proposal was not carried"),
    Motion.Result.TIED: lambda: _("Postponed: the votes were equal"),
}


def unvoted(item: AgendaItem, there: Presence) -> dict[str, Any]:
    """Why no vote was counted: the case had left, the room was too small for it, or its turn did not come."""
    came_to, words = "not_reached", _("Not voted on; it goes to the next meeting")
    present = len(there.counting(end_of(item.meeting), barred(item)))
    if left_before_the_end(item.case, item.meeting):
        came_to, words = "left", _("No longer with the committee")
    elif present < there.needed:
        came_to = "no_quorum"
        words = _("No quorum for it: present %(present)s, needed %(needed)s") % {
            "present": present,
            "needed": there.needed,
        }
    nothing = {"code": "", "given": [], "amount": "", "reasons": "", "papers": [], "until": ""}
    return {"came_to": came_to, "decided": words, **nothing}


def left_before_the_end(case: SupportRequest, meeting: Meeting) -> bool:
    steps = [step for step in case.steps.all() if step.at <= end_of(meeting)]
    last = max(steps, key=lambda step: step.pk, default=None)
    return last is not None and last.to_state != State.COMMITTEE_REVIEW
