"""Verbs of the committee. The secretary closes the vote and proposes; the chair issues (rule 5)."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from committee import rules
from committee.models import AgendaItem, Attendance, Meeting, Motion, Seat, SeatRole, Vote
from core import audit, clock
from core.errors import Refused
from requests import workflow
from requests.actions import declare_conflict as exclude_by_declaration
from requests.actions import postpone
from requests.models import Agenda, Decision, Exclusion, Outcome, SupportRequest

POSTPONED_FOR = timedelta(days=7)
SEAT_ROLES = {
    SeatRole.CHAIR: Role.CHAIR,
    SeatRole.DEPUTY: Role.DEPUTY,
    SeatRole.MEMBER: Role.MEMBER,
    SeatRole.ALTERNATE: Role.MEMBER,
    SeatRole.SECRETARY: Role.SECRETARY,
}


@transaction.atomic
def appoint(*, by: audit.Actor, user: User, role: SeatRole, starts_on, ends_on=None) -> Seat:
    """Give a seat for a term, and the role that goes with it: `accounts` reads roles, not seats."""
    seat = Seat.objects.create(user=user, role=role, starts_on=starts_on, ends_on=ends_on)
    if SEAT_ROLES[role] not in user.roles:
        user.roles = [*user.roles, str(SEAT_ROLES[role])]
        user.save(update_fields=["roles"])
    audit.record("appointed", seat, by=by, changes={"role": str(role)})
    return seat


@transaction.atomic
def end_term(seat: Seat, *, by: audit.Actor, ends_on) -> Seat:
    """Set or clear the last day of a seat's term; who sat in it stays in the record."""
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    before, seat.ends_on = seat.ends_on, ends_on
    seat.save(update_fields=["ends_on"])
    audit.record("ended_term", seat, by=by, changes={"ends_on": [str(before), str(ends_on)]})
    take_role(seat, by=by)
    return seat


def sweep_terms() -> int:
    """Take the roles of the terms that have ended since; returns how many."""
    return sum(take_role(seat, by=audit.System()) for seat in Seat.objects.filter(ends_on__lt=clock.today()))


@transaction.atomic
def take_role(seat: Seat, *, by: audit.Actor) -> bool:
    """With the term ends what it gave: reading cases, voting, issuing. A seat that goes on keeps its own role."""
    user = User.objects.select_for_update().get(pk=seat.user_id)
    going_on = Seat.objects.filter(user=user).exclude(ends_on__lt=clock.today())
    role, kept = str(SEAT_ROLES[SeatRole(seat.role)]), {str(SEAT_ROLES[SeatRole(each.role)]) for each in going_on}
    if role not in user.roles or role in kept:
        return False
    user.roles = [each for each in user.roles if each != role]
    user.save(update_fields=["roles"])
    audit.record("role_ended", user, by=by, changes={"role": role})
    return True


@transaction.atomic
def open_meeting(*, by: User, place: str = "") -> Meeting:
    """Open a meeting and freeze its agenda from the ready queue: earliest date first."""
    if not by.holds(Role.SECRETARY):
        raise Refused(_("The secretary opens the meeting."))
    if Meeting.objects.select_for_update().filter(closed_at=None).exists():
        raise Refused(_("A meeting is open already; close it first."))
    last = Meeting.objects.aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(number=last + 1, held_on=clock.today(), place=place, opened_by=by)
    except IntegrityError:  # somebody opened one at the same moment; its number is unique
        raise Refused(_("A meeting is open already; close it first.")) from None
    for position, case in enumerate(ready_queue(), start=1):
        put_on_agenda(meeting, case, position)
    audit.record("opened_meeting", meeting, by=by, changes={"cases": meeting.items.count()})
    return meeting


def ready_queue():
    """What a meeting opened now takes up: with the committee, nothing carried yet, not postponed beyond today."""
    carried = Decision.objects.filter(settled_at=None).values("case")
    ready = SupportRequest.objects.at_committee().exclude(pk__in=carried).exclude(postponed_until__gt=clock.today())
    return ready.select_related("study").order_by("earliest_decision_on", "id")


def put_on_agenda(meeting: Meeting, case: SupportRequest, position: int) -> AgendaItem:
    """The case, its first motion (the researcher's recommendation), and the right of the seats to read it."""
    item = AgendaItem.objects.create(meeting=meeting, case=case, position=position)
    study = case.study
    Motion.objects.create(
        item=item, outcome=study.recommends, what=study.what, amount=study.amount, reasons=study.reasons or ""
    )
    seats = Seat.objects.in_term(meeting.held_on).values_list("user_id", flat=True)
    Agenda.objects.bulk_create([Agenda(case=case, user_id=user) for user in set(seats)], ignore_conflicts=True)
    return item


@transaction.atomic
def mark_attendance(meeting: Meeting, *, by: User, seat: Seat, present: bool) -> None:
    """A seat comes or goes; quorum is asked anew each time it matters."""
    meeting = held(meeting)
    if not by.holds(Role.SECRETARY):
        raise Refused(_("The secretary marks attendance."))
    if not meeting.is_open:
        raise Refused(_("The meeting is closed."))
    here = meeting.attendance.filter(seat=seat, left_at=None)
    if present and not here.exists():
        Attendance.objects.create(meeting=meeting, seat=seat)
    if not present:
        here.update(left_at=clock.now())
    audit.record("attendance", meeting, by=by, changes={"seat": seat.pk, "present": present})


@transaction.atomic
def close_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """Close the meeting; votes still open stay uncounted and their cases go to the next one."""
    meeting = held(meeting)
    if not by.holds(Role.SECRETARY):
        raise Refused(_("The secretary closes the meeting."))
    if not meeting.is_open:
        raise Refused(_("The meeting is closed."))
    meeting.closed_at = clock.now()
    meeting.save(update_fields=["closed_at"])
    meeting.attendance.filter(left_at=None).update(left_at=meeting.closed_at)
    audit.record("closed_meeting", meeting, by=by)
    return meeting


@transaction.atomic
def cast_vote(item: AgendaItem, *, by: User, choice: str) -> Vote:
    """Cast or change one's vote while the motion is open. Raises Refused with a sentence."""
    item = hold(item)
    if sentence := rules.why_not_vote(item, by=by):
        raise Refused(sentence)
    seat = rules.seat_of(by, item.meeting)
    vote, _created = Vote.objects.update_or_create(
        motion=rules.open_motion(item), seat=seat, defaults={"choice": Vote.Choice(choice), "at": clock.now()}
    )
    Exclusion.objects.get_or_create(case=item.case, user=by, why=Exclusion.Why.VOTED)
    audit.record("voted", item.case, by=by)
    return vote


@transaction.atomic
def declare_conflict(case: SupportRequest, *, by: User, why: str) -> None:
    """Recuse oneself, in a meeting or before it: a vote already cast is void, and the file is closed to this person."""
    case = workflow.lock(case)
    if sentence := rules.why_not_recuse(case):
        raise Refused(sentence)
    exclude_by_declaration(case, by=by, why=why)


@transaction.atomic
def put_motion(item: AgendaItem, *, by: User, outcome: str, **facts: Any) -> Motion:
    """Put another proposal to the vote after one was lost or tied, or before anyone has voted.

    The one it replaces stays in the record, with whatever was voted by those who have recused themselves since.
    """
    item = hold(item)
    if sentence := rules.why_not_put(item, by=by):
        raise Refused(sentence)
    if outcome == Outcome.REJECT and not facts.get("reasons", "").strip():
        raise Refused(_("Write the reasons as the person will read them."))
    if outcome == Outcome.ASK_FOR_PAPERS and not facts.get("papers"):
        raise Refused(_("Choose the papers you need, at least one."))
    item.motions.filter(closed_at=None).update(closed_at=clock.now(), result=Motion.Result.REPLACED)
    motion = Motion.objects.create(item=item, outcome=Outcome(outcome), put_by=by, **facts)
    audit.record("put_motion", item.case, by=by, changes={"outcome": str(outcome)})
    return motion


@transaction.atomic
def close_vote(item: AgendaItem, *, by: User) -> Motion:
    """Close the vote, count it, and propose what was carried; a tie is postponed (rule 5).

    Approval and rejection wait for the chair's issuing; the other outcomes are carried out at once.
    """
    item = hold(item)
    if sentence := rules.why_not_close_vote(item, by=by):
        raise Refused(sentence)
    motion = item.motions.get(closed_at=None)
    tally, q = rules.tally(motion), rules.quorum(item.meeting, item.case)
    motion.closed_at, motion.result = clock.now(), tally.result
    motion.save(update_fields=["closed_at", "result"])
    audit.record(
        "closed_vote",
        item.case,
        by=by,
        changes={"result": str(motion.result), "yes": tally.yes, "no": tally.no},
    )
    if motion.result == Motion.Result.CARRIED:
        carry_out(motion, tally, q, by=by)
    elif motion.result == Motion.Result.TIED:
        postpone(item.case, by=by, until=clock.today() + POSTPONED_FOR, why=_("The votes were equal."))
    return motion


def carry_out(motion: Motion, tally: rules.Tally, q: rules.Quorum, *, by: User) -> None:
    case = motion.item.case
    if motion.outcome == Outcome.POSTPONE:
        postpone(case, by=by, until=motion.until or clock.today() + POSTPONED_FOR, why=motion.reasons)
        return
    Decision.objects.create(
        case=case,
        outcome=motion.outcome,
        what=motion.what,
        amount=motion.amount,
        reasons=motion.reasons,
        yes=tally.yes,
        no=tally.no,
        abstained=tally.abstained,
        present=q.present,
        seats=q.seats,
        casting_vote=tally.casting_vote,
        proposed_by=by,
    )
    if motion.outcome == Outcome.ASK_FOR_PAPERS:
        workflow.perform(case, "ask_for_papers", by=by, papers=motion.papers, why=motion.reasons)
    if motion.outcome == Outcome.RETURN_TO_RESEARCH:
        workflow.perform(case, "return_to_research", by=by, why=motion.reasons)


@transaction.atomic
def issue(case: SupportRequest, *, by: User) -> SupportRequest:
    """Issue the carried decision, on or after its earliest date; needs no meeting (rule 5)."""
    decision = case.decisions.filter(settled_at=None, outcome__in=Decision.ISSUED).first()
    return workflow.perform(case, decision.outcome if decision else "approve", by=by)


def hold(item: AgendaItem) -> AgendaItem:
    """The item as it stands, with its case and its meeting held until the end of the transaction.

    The case first, then the meeting, everywhere. Without the meeting, one closed between the check and the count
    would empty the room, and a carried motion would be counted as a tie.
    """
    workflow.lock(item.case)
    held(item.meeting)
    return AgendaItem.objects.select_related("meeting", "case").get(pk=item.pk)


def held(meeting: Meeting) -> Meeting:
    """The meeting as it stands, locked: nobody comes, goes or closes it meanwhile."""
    return Meeting.objects.select_for_update().get(pk=meeting.pk)
