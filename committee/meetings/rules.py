"""When a meeting may be called, opened and closed, and what it takes up. Questions only."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Role
from committee.models import VOTING_SEATS, AgendaItem, Body, Meeting, Minutes, Seat
from committee.rules import seats_of
from core import clock
from core.hijri import format_dual
from requests.models import Decision, Step, SupportRequest

NOTICE_WITHIN_DAYS = 180


def not_the_secretary(by: User) -> str | None:
    return None if by.holds(Role.SECRETARY) else _("The secretary keeps the meetings.")


def why_not_plan(*, by: User, starts_at: datetime) -> str | None:
    """A meeting is planned for a time to come, within half a year."""
    if sentence := not_the_secretary(by):
        return sentence
    if starts_at <= clock.now():
        return _("Choose a time after now.")
    if (clock.local_date(starts_at) - clock.today()).days > NOTICE_WITHIN_DAYS:
        return _("Choose a time within six months.")
    return None


def why_not_change(meeting: Meeting, *, by: User) -> str | None:
    if sentence := not_the_secretary(by):
        return sentence
    if meeting.cancelled_at:
        return _("The meeting was called off.")
    return None if meeting.opened_at is None else _("The meeting has begun already.")


def why_not_give_notice(meeting: Meeting, *, by: User) -> str | None:
    if sentence := why_not_change(meeting, by=by):
        return sentence
    if meeting.notice_at:
        return _("Its notice was given already, and its agenda is frozen.")
    return None if ready_queue(meeting.body, on=meeting.held_on).exists() else _("No case is ready for its agenda yet.")


def why_not_open(meeting: Meeting, *, by: User) -> str | None:
    """A planned meeting is opened on its day: before it the members have not been called, after it they have gone."""
    if sentence := why_not_change(meeting, by=by):
        return sentence
    if meeting.held_on != clock.today():
        return _("This meeting is on %(day)s; open it on that day, or move it.") % {
            "day": format_dual(meeting.held_on, weekday=True)
        }
    return another_is_open(meeting.body)


def why_not_open_now(body: str, *, by: User) -> str | None:
    if not by.holds(Role.SECRETARY):
        return _("The secretary opens the meeting.")
    if not Seat.objects.in_term(clock.today()).filter(body=body, role__in=VOTING_SEATS).exists():
        return _("This committee has no members in term.")
    return another_is_open(body)


def another_is_open(body: str) -> str | None:
    if Meeting.objects.open().filter(body=body).exists():
        return _("A meeting is open already; close it first.")
    return None


def why_not_mark(meeting: Meeting, *, by: User) -> str | None:
    if not by.holds(Role.SECRETARY):
        return _("The secretary marks attendance.")
    return None if meeting.is_open else _("The meeting is closed.")


def not_here_yet(meeting: Meeting) -> QuerySet[Seat]:
    """The members' seats whose holder has neither come nor apologised, the alternates' apart."""
    known = [*meeting.attendance.values_list("seat", flat=True), *meeting.apologies.values_list("seat", flat=True)]
    return seats_of(meeting).filter(role__in=VOTING_SEATS).exclude(pk__in=known)


def why_not_close(meeting: Meeting, *, by: User) -> str | None:
    if not by.holds(Role.SECRETARY):
        return _("The secretary closes the meeting.")
    return None if meeting.is_open else _("The meeting is closed.")


def why_not_apologise(meeting: Meeting, seat: Seat, *, by: User) -> str | None:
    """For oneself until the meeting is over; taken down by the secretary until its minutes are drafted, for somebody
    may have telephoned. Nobody is excused who came."""
    if seat.user_id != by.pk and not by.holds(Role.SECRETARY):
        return _("Everybody apologises for themselves, or the secretary takes it down.")
    if not seats_of(meeting).filter(pk=seat.pk).exists():
        return _("This seat does not belong to the meeting.")
    if seat.user_id == meeting.opened_by_id or meeting.attendance.filter(seat=seat).exists():
        return _("Whoever came to the meeting has nothing to apologise for.")
    return why_no_apologies(meeting, by=by)


def why_no_apologies(meeting: Meeting, *, by: User) -> str | None:
    """Why this person takes down no apology for this meeting any more, whosever it is."""
    if meeting.is_planned or meeting.is_open:
        return None
    if meeting.closed_at is None or not by.holds(Role.SECRETARY):
        return _("The meeting is over.")
    if Minutes.objects.filter(meeting=meeting).exists():
        return _("The minutes are drafted, with those who apologised in them.")
    return None


# The agenda


def ready_queue(body: str = Body.MAIN, *, on: date | None = None):
    """What a meeting of this body on that day takes up, earliest date first.

    With the committee, nothing carried yet, not postponed beyond the day, on no other agenda that is still to come.
    Objections go to the appeals committee where there is one, else to the committee without those who decided first.
    """
    day = on or clock.today()
    carried = Decision.objects.filter(settled_at=None).values("case")
    called = AgendaItem.objects.filter(meeting__in=Meeting.objects.planned() | Meeting.objects.open()).values("case")
    ready = SupportRequest.objects.at_committee().exclude(pk__in=carried).exclude(pk__in=called)
    ready = ready.exclude(postponed_until__gt=day).select_related("study")
    return heard_by(body, ready, on=day).order_by("earliest_decision_on", "id")


def heard_by(body: str, cases, *, on: date):
    """Those of `cases` that belong before this body."""
    objections = Exists(Step.objects.filter(case=OuterRef("pk"), action="reopen_on_appeal"))
    if not Seat.objects.in_term(on).filter(body=Body.APPEALS, role__in=VOTING_SEATS).exists():
        return cases if body == Body.MAIN else cases.none()
    return cases.filter(objections) if body == Body.APPEALS else cases.exclude(objections)


def body_of(case: SupportRequest) -> Body:
    """The committee that hears this case today."""
    here = SupportRequest.objects.filter(pk=case.pk)
    return Body.APPEALS if heard_by(Body.APPEALS, here, on=clock.today()).exists() else Body.MAIN


def to_be_noticed(body: str) -> Meeting | None:
    """The next planned meeting of this body whose agenda is not frozen yet."""
    waiting = Meeting.objects.planned().filter(body=body, notice_at=None, held_on__gte=clock.today())
    return waiting.order_by("held_on", "number").first()


# Words


def name_in_words(meeting: Meeting) -> str:
    """«اجتماع اللجنة رقم 12», as it stands inside a sentence."""
    if meeting.body == Body.APPEALS:
        return _("appeals committee meeting number %(number)s") % {"number": meeting.number}
    return _("committee meeting number %(number)s") % {"number": meeting.number}


def when_in_words(meeting: Meeting) -> str:
    """«الأحد 8 صفر 1445هـ الموافق 24 أغسطس 2023م، الساعة 10:30»."""
    day = format_dual(meeting.held_on, weekday=True)
    if meeting.starts_at is None:
        return day
    return _("%(day)s at %(time)s") % {"day": day, "time": date_format(clock.local(meeting.starts_at), "H:i")}


def cases_in_words(meeting: Meeting) -> str:
    count = meeting.items.count()
    return ngettext("%(n)s case", "%(n)s cases", count) % {"n": count}
