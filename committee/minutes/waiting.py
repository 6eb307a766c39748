"""What of the minutes waits for one person: meetings to draft, drafts to complete, and what to sign."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import COMMITTEE, Role
from committee.minutes.content import number_in_text
from committee.minutes.rules import signers
from committee.models import Addendum, Attendance, Meeting, Minutes, Signature

SHOWN = 20


@dataclass(frozen=True)
class Waits:
    what: str
    url: str
    day: date


def minutes_waiting(user: User) -> list[Waits]:
    """Oldest meeting first; a few of each kind, for whoever keeps the minutes or attended."""
    if not user.holds(*COMMITTEE):
        return []
    found = [*to_draft(user), *to_sign(user), *addenda_to_sign(user), *to_answer(user)]
    return sorted(found, key=lambda row: row.day)


def to_draft(user: User) -> list[Waits]:
    if not user.holds(Role.SECRETARY):
        return []
    meetings = Meeting.objects.over().filter(minutes=None).order_by("number")[:SHOWN]
    return [
        Waits(
            _("Draft the minutes of meeting %(number)s") % {"number": meeting.number},
            reverse("committee:meeting", args=[meeting.number]),
            meeting.held_on,
        )
        for meeting in meetings
    ]


def of_theirs(user: User) -> QuerySet[Minutes]:
    """Minutes of meetings they attended or kept."""
    attended = Attendance.objects.filter(seat__user=user).values("meeting")
    return Minutes.objects.filter(Q(meeting__in=attended) | Q(meeting__opened_by=user)).select_related("meeting")


def to_sign(user: User) -> list[Waits]:
    """Signed by the secretary and not by them; the secretary's own drafts too."""
    signed = Signature.objects.filter(minutes=OuterRef("pk"), addendum=None, user=user)
    found = of_theirs(user).exclude(Exists(signed))
    if not user.holds(Role.SECRETARY):
        found = found.exclude(locked_at=None)
    return [
        Waits(
            _("Sign minutes %(number)s") % {"number": number_in_text(minutes)},
            address(minutes),
            minutes.meeting.held_on,
        )
        for minutes in found.order_by("year", "number")[:SHOWN]
        if user.pk in signers(minutes)
    ]


def addenda_to_sign(user: User) -> list[Waits]:
    signed = Signature.objects.filter(addendum=OuterRef("pk"), user=user)
    found = Addendum.objects.filter(minutes__in=of_theirs(user)).exclude(Exists(signed))
    return [
        Waits(
            _("Sign addendum %(addendum)s to minutes %(number)s")
            % {"addendum": addendum.number, "number": number_in_text(addendum.minutes)},
            address(addendum.minutes),
            addendum.minutes.meeting.held_on,
        )
        for addendum in found.select_related("minutes__meeting").order_by("pk")[:SHOWN]
        if user.pk in signers(addendum.minutes)
    ]


def to_answer(user: User) -> list[Waits]:
    """Signatures of theirs that another took down from paper: their own voice stays open until they use it."""
    found = Signature.objects.filter(user=user, how=Signature.How.PAPER, own_word=None).exclude(taken_by=user)
    return [
        Waits(
            _("Your signature under minutes %(number)s was taken down from paper: confirm it, or write a reservation")
            % {"number": number_in_text(row.addendum or row.minutes)},
            address(row.minutes),
            row.minutes.meeting.held_on,
        )
        for row in found.select_related("minutes__meeting", "addendum__minutes").order_by("pk")[:SHOWN]
    ]


def address(minutes: Minutes) -> str:
    return reverse("committee:minutes", args=[minutes.year, minutes.number])
