"""Verbs of the meeting, from its notice to its end. The secretary keeps it (rule 5)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from committee.meetings import rules
from committee.models import AgendaItem, Apology, Attendance, Body, Meeting, Motion, Seat, Vote
from committee.rules import seats_of, secrecy
from core import audit, clock, outbox, reminders
from core.errors import Refused
from policies.models import Association
from requests.conflict.closing import detect
from requests.models import Agenda, SupportRequest

REMINDED_BEFORE = timedelta(days=1)
AGENDA_TURN = 1448
"""Key of the lock under which agendas are frozen; the portal asks for no other by number."""


@transaction.atomic
def plan(*, by: User, starts_at: datetime, body: str = Body.MAIN, place: str = "", link: str = "") -> Meeting:
    """Put a meeting into the calendar. Nobody is told and no agenda stands yet (`give_notice`)."""
    if sentence := rules.why_not_plan(by=by, starts_at=starts_at):
        raise Refused(sentence)
    meeting = make(
        body=body, starts_at=starts_at, held_on=clock.local_date(starts_at), place=place, link=link, planned_by=by
    )
    audit.record("planned_meeting", meeting, by=by, changes={"starts_at": starts_at.isoformat()})
    return meeting


@transaction.atomic
def move(meeting: Meeting, *, by: User, starts_at: datetime, place: str = "", link: str = "") -> Meeting:
    """Another time or place; whoever was told of the first is told of this one. The agenda stays as it was frozen."""
    meeting = held(meeting)
    if sentence := rules.why_not_change(meeting, by=by) or rules.why_not_plan(by=by, starts_at=starts_at):
        raise Refused(sentence)
    before = {"starts_at": str(meeting.starts_at), "place": meeting.place, "link": meeting.link}
    meeting.starts_at, meeting.held_on = starts_at, clock.local_date(starts_at)
    meeting.place, meeting.link = place, link
    meeting.save(update_fields=["starts_at", "held_on", "place", "link"])
    after = {"starts_at": str(starts_at), "place": place, "link": link}
    changes = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    audit.record("moved_meeting", meeting, by=by, changes=changes)
    if meeting.notice_at and changes:
        tell_members(meeting, "meeting_moved")
        remind_on_the_eve(meeting)
    return meeting


@transaction.atomic
def call_off(meeting: Meeting, *, by: User, why: str) -> Meeting:
    """It will not be held: its cases go back to the queue, and whoever was told of it is told so."""
    meeting = held(meeting)
    if sentence := rules.why_not_change(meeting, by=by) or (None if why.strip() else _("Write the reason.")):
        raise Refused(sentence)
    meeting.cancelled_at, meeting.cancelled_why = clock.now(), why
    meeting.save(update_fields=["cancelled_at", "cancelled_why"])
    audit.record("called_off_meeting", meeting, by=by, why=why)
    if meeting.notice_at:
        tell_members(meeting, "meeting_called_off")
    return meeting


@transaction.atomic
def give_notice(meeting: Meeting, *, by: User) -> Meeting:
    """Freeze the agenda from the ready queue and tell the members: from now on they may read its cases."""
    take_turn()
    meeting = held(meeting)
    if sentence := rules.why_not_give_notice(meeting, by=by):
        raise Refused(sentence)
    freeze(meeting)
    meeting.notice_at = clock.now()
    meeting.save(update_fields=["notice_at"])
    audit.record("gave_notice", meeting, by=by, changes={"cases": meeting.items.count()})
    tell_members(meeting, "meeting_notice")
    remind_on_the_eve(meeting)
    return meeting


@transaction.atomic
def open_planned(meeting: Meeting, *, by: User) -> Meeting:
    """Begin a planned meeting, on its day. What has left the committee since the notice is not put to the vote."""
    take_turn()
    meeting = held(meeting)
    if sentence := rules.why_not_open(meeting, by=by):
        raise Refused(sentence)
    begin(meeting, by=by)
    if meeting.notice_at is None:
        freeze(meeting)
    for item in meeting.items.select_related("case__study"):
        renew(item)
    audit.record("opened_meeting", meeting, by=by, changes={"cases": meeting.items.count()})
    return meeting


@transaction.atomic
def open_meeting(*, by: User, place: str = "", body: str = Body.MAIN) -> Meeting:
    """Open a meeting at once, without notice, and freeze its agenda from the ready queue: earliest date first."""
    take_turn()
    if sentence := rules.why_not_open_now(body, by=by):
        raise Refused(sentence)
    meeting = begin(make(body=body, held_on=clock.today(), place=place), by=by)
    freeze(meeting)
    audit.record("opened_meeting", meeting, by=by, changes={"cases": meeting.items.count()})
    return meeting


def make(**facts: Any) -> Meeting:
    """The next number goes to one meeting: whoever asked at the same moment waits or is refused."""
    last = Meeting.objects.select_for_update().order_by("-number").first()
    try:
        with transaction.atomic():
            return Meeting.objects.create(number=(last.number if last else 0) + 1, **facts)
    except IntegrityError:
        raise Refused(_("Another meeting was made at the same moment; try again.")) from None


def begin(meeting: Meeting, *, by: User) -> Meeting:
    meeting.opened_at, meeting.opened_by, meeting.held_on = clock.now(), by, clock.today()
    try:
        with transaction.atomic():
            meeting.save(update_fields=["opened_at", "opened_by", "held_on"])
    except IntegrityError:  # somebody opened another at the same moment
        raise Refused(_("A meeting is open already; close it first.")) from None
    return meeting


def take_turn() -> None:
    """Agendas are frozen one after another, whichever meeting they are of: read at one moment the queue would put the
    same case on two. Taken before any row; whoever waited reads the queue as the other left it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [AGENDA_TURN])


def freeze(meeting: Meeting) -> None:
    """The agenda as it will stay: what is ready, earliest date first. A case raised later waits for the next one."""
    for position, case in enumerate(rules.ready_queue(meeting.body, on=meeting.held_on), start=1):
        put_on_agenda(meeting, case, position)


def put_on_agenda(meeting: Meeting, case: SupportRequest, position: int) -> AgendaItem:
    """The case, its first motion (the researcher's recommendation), and the right of the seats to read it."""
    detect(case)
    item = AgendaItem.objects.create(meeting=meeting, case=case, position=position)
    put_recommendation(item)
    seats = Seat.objects.in_term(meeting.held_on).filter(body=meeting.body).values_list("user_id", flat=True)
    Agenda.objects.bulk_create([Agenda(case=case, user_id=user) for user in set(seats)], ignore_conflicts=True)
    return item


def put_recommendation(item: AgendaItem) -> Motion:
    study = item.case.study
    return Motion.objects.create(
        item=item,
        outcome=study.recommends,
        what=study.what,
        amount=study.amount,
        kind=study.kind,
        months=study.months,
        reasons=study.reasons or "",
        secret=secrecy(),
    )


def renew(item: AgendaItem) -> None:
    """Between notice and meeting a case may have been studied anew: what is put to the vote is what it says now."""
    detect(item.case)
    motion = item.motions.filter(closed_at=None).first()
    study = getattr(item.case, "study", None)
    if motion and study and study.completed_at and study.completed_at > motion.put_at:
        replace_open(item)
        put_recommendation(item)


def replace_open(item: AgendaItem) -> None:
    """The open proposal makes room for another, and stays in the record; of a secret vote without its choices."""
    erase_secret(Motion.objects.filter(item=item))
    item.motions.filter(closed_at=None).update(closed_at=clock.now(), result=Motion.Result.REPLACED)


def erase_secret(motions: Any) -> None:
    """Who chose what in a secret vote that is not counted is nobody's to read either, not even in the database."""
    Vote.objects.filter(motion__in=motions.filter(closed_at=None, secret=True)).update(choice="")


@transaction.atomic
def apologise(meeting: Meeting, *, by: User, seat: Seat, why: str = "") -> Apology:
    """A seat will not come: said by its holder, or taken down by the secretary. Said twice it stands once."""
    meeting = held(meeting)
    if sentence := rules.why_not_apologise(meeting, seat, by=by):
        raise Refused(sentence)
    apology, _made = Apology.objects.update_or_create(meeting=meeting, seat=seat, defaults={"why": why})
    audit.record("apologised", meeting, by=by, changes={"seat": seat.pk})
    return apology


@transaction.atomic
def take_back_apology(meeting: Meeting, *, by: User, seat: Seat) -> None:
    meeting = held(meeting)
    if sentence := rules.why_not_apologise(meeting, seat, by=by):
        raise Refused(sentence)
    if Apology.objects.filter(meeting=meeting, seat=seat).delete()[0]:
        audit.record("took_back_apology", meeting, by=by, changes={"seat": seat.pk})


@transaction.atomic
def mark_attendance(meeting: Meeting, *, by: User, seat: Seat, present: bool) -> None:
    """A seat comes or goes; quorum is asked anew each time it matters."""
    meeting = held(meeting)
    if sentence := rules.why_not_mark(meeting, by=by):
        raise Refused(sentence)
    here = meeting.attendance.filter(seat=seat, left_at=None)
    if present and not here.exists():
        Attendance.objects.create(meeting=meeting, seat=seat)
    if not present:
        here.update(left_at=clock.now())
    audit.record("attendance", meeting, by=by, changes={"seat": seat.pk, "present": present})


@transaction.atomic
def mark_all_present(meeting: Meeting, *, by: User, shown: Iterable[Seat]) -> list[Seat]:
    """Those of the seats a page showed whose holders are still expected come together; an alternate is marked alone."""
    meeting = held(meeting)
    if sentence := rules.why_not_mark(meeting, by=by):
        raise Refused(sentence)
    come = [seat for seat in rules.not_here_yet(meeting) if seat in shown]
    for seat in come:
        mark_attendance(meeting, by=by, seat=seat, present=True)
    return come


@transaction.atomic
def close_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """Close the meeting; votes still open stay uncounted and their cases go to the next one."""
    meeting = held(meeting)
    if sentence := rules.why_not_close(meeting, by=by):
        raise Refused(sentence)
    erase_secret(Motion.objects.filter(item__meeting=meeting))
    meeting.closed_at = clock.now()
    meeting.save(update_fields=["closed_at"])
    meeting.attendance.filter(left_at=None).update(left_at=meeting.closed_at)
    audit.record("closed_meeting", meeting, by=by)
    return meeting


def held(meeting: Meeting) -> Meeting:
    """The meeting as it stands, locked: nobody comes, goes or closes it meanwhile."""
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def tell_members(meeting: Meeting, event: str) -> None:
    """A message to every seat whose holder has a mobile. No case is named in it."""
    facts = meeting_facts(meeting)
    said_at = clock.now().isoformat()
    for seat in seats_of(meeting):
        outbox.post(event, to=seat.user.mobile, about=meeting, once=f"{seat.pk}:{said_at}", facts=facts)


def remind_on_the_eve(meeting: Meeting) -> None:
    """Set the reminder of the day before, once for each time the meeting is set to. What is said on the eve itself, or
    on the day, needs no reminder: it was said a moment ago."""
    eve = meeting.held_on - REMINDED_BEFORE
    if meeting.starts_at and eve > clock.today():
        reminders.remind("meeting_tomorrow", about=meeting, on=eve, once=meeting.starts_at.isoformat())


def meeting_facts(meeting: Meeting) -> dict[str, str]:
    """The placeholders of a message about a meeting. Its page has what a message must not: the agenda, and the way into
    a meeting from afar."""
    place = meeting.place or (_("remotely") if meeting.link else Association.current().address)
    return {
        "meeting": rules.name_in_words(meeting),
        "when": rules.when_in_words(meeting),
        "place": place,
        "cases": rules.cases_in_words(meeting),
        "link": settings.PORTAL_URL + reverse("committee:meeting", args=[meeting.number]),
    }
