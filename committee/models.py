"""The committee: seats, meetings, who is there, what is put to the vote, and the votes."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from requests.models import Body, Outcome, SupportKind, SupportRequest


class SeatRole(models.TextChoices):
    CHAIR = "chair", _("chair")
    DEPUTY = "deputy", _("deputy chair")
    MEMBER = "member", _("member")
    ALTERNATE = "alternate", _("alternate")
    SECRETARY = "secretary", _("secretary")


VOTING_SEATS = (SeatRole.CHAIR, SeatRole.DEPUTY, SeatRole.MEMBER)


class SeatQuerySet(models.QuerySet):
    def in_term(self, day: date):
        return self.filter(Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day)))


class Seat(models.Model):
    """A place on the committee for a term. Voting seats make the quorum's denominator; alternates fill in."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="seats", verbose_name=_("staff user"))
    body = models.CharField(_("committee"), max_length=7, choices=Body.choices, default=Body.MAIN)
    role = models.CharField(_("seat"), max_length=10, choices=SeatRole.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("committee seat")
        verbose_name_plural = _("committee seats")
        constraints = [
            models.CheckConstraint(
                name="a_term_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
            )
        ]

    class Privacy:
        personal = ("user",)
        sensitive = ()
        neither = ("id", "body", "role", "starts_on", "ends_on")

    def __str__(self):
        return f"{self.user} ({self.get_role_display()})"


class MeetingQuerySet(models.QuerySet):
    def open(self):
        return self.filter(opened_at__isnull=False, closed_at=None)

    def planned(self):
        """Those to come: neither opened nor called off."""
        return self.filter(opened_at=None, cancelled_at=None)

    def over(self):
        return self.exclude(closed_at=None)


class Meeting(models.Model):
    """A meeting of one body: planned, its members told with the agenda, opened, closed; or called off.

    The agenda is drawn from the ready queue and frozen with the notice; a meeting opened without one freezes it then.
    """

    number = models.PositiveIntegerField(unique=True)
    body = models.CharField(_("committee"), max_length=7, choices=Body.choices, default=Body.MAIN)
    held_on = models.DateField(_("date"))
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    link = models.URLField(_("link for those who attend from afar"), max_length=300, blank=True)
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    notice_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_why = models.CharField(max_length=300, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body"], condition=Q(opened_at__isnull=False, closed_at=None), name="one_open_meeting_of_a_body"
            ),
            models.CheckConstraint(
                name="opened_by_somebody",
                condition=Q(opened_at=None, opened_by=None) | Q(opened_at__isnull=False, opened_by__isnull=False),
            ),
            models.CheckConstraint(
                name="closed_after_it_was_opened", condition=Q(closed_at=None) | Q(opened_at__isnull=False)
            ),
            models.CheckConstraint(
                name="called_off_before_it_was_opened",
                condition=Q(cancelled_at=None, cancelled_why="")
                | (Q(cancelled_at__isnull=False, opened_at=None) & ~Q(cancelled_why="")),
            ),
        ]

    class Privacy:
        personal = ()
        sensitive = ()
        neither = (
            "id number body held_on starts_at place link planned_by notice_at opened_at opened_by closed_at "
            "cancelled_at cancelled_why"
        ).split()

    def __str__(self):
        return str(self.number)

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None

    @property
    def is_planned(self) -> bool:
        return self.opened_at is None and self.cancelled_at is None


class Apology(models.Model):
    """Who said that they would not come, beforehand or while the others sat, for the minutes."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="apologies")
    seat = models.ForeignKey("Seat", on_delete=models.PROTECT, related_name="+")
    why = models.CharField(_("reason"), max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="apology_once")]

    class Privacy:
        personal = ("seat", "why")
        sensitive = ()
        neither = ("id", "meeting", "at")

    def __str__(self):
        return f"{self.meeting} {self.seat_id}"


class Attendance(models.Model):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT)
    arrived_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], condition=Q(left_at=None), name="present_once")
        ]

    class Privacy:
        personal = ("seat",)
        sensitive = ()
        neither = ("id", "meeting", "arrived_at", "left_at")

    def __str__(self):
        return f"{self.meeting} {self.seat_id}"


class AgendaItem(models.Model):
    """A case on a meeting's agenda, frozen from the ready queue with the notice, else when the meeting opens."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey(SupportRequest, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["meeting", "case"], name="case_once_per_meeting")]

    class Privacy:
        personal = ()
        sensitive = ()
        neither = ("id", "meeting", "case", "position")

    def __str__(self):
        return f"{self.meeting} {self.position}"


class Pulled(models.Model):
    """A member asked that a case be discussed by itself: it leaves those agreed to together."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="pulled")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "seat"], name="pulled_once")]

    class Privacy:
        personal = ("seat",)
        sensitive = ()
        neither = ("id", "item", "at")

    def __str__(self):
        return f"{self.item} {self.seat_id}"


class Motion(models.Model):
    """What is put to the vote: at first the researcher's recommendation; if it fails, the secretary puts another.

    Its count is written once, when the vote is closed: who leaves or recuses themselves afterwards changes nothing.
    """

    class Result(models.TextChoices):
        CARRIED = "carried", _("carried")
        LOST = "lost", _("lost")
        TIED = "tied", _("tied")
        REPLACED = "replaced", _("replaced by another proposal")

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="motions")
    outcome = models.CharField(_("proposal"), max_length=20, choices=Outcome.choices)
    what = models.CharField(_("what is given"), max_length=200, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, null=True, blank=True)
    kind = models.CharField(_("kind of support"), max_length=12, choices=SupportKind.choices, blank=True)
    months = models.PositiveSmallIntegerField(_("for how many months"), null=True, blank=True)
    partial = models.BooleanField(_("part of what was asked"), default=False)
    reasons = models.TextField(_("reasons, as the person will read them"), blank=True)
    papers = models.JSONField(default=dict)
    until = models.DateField(null=True, blank=True)
    put_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    put_at = models.DateTimeField(default=clock.now)
    secret = models.BooleanField(_("secret vote"), default=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)
    yes = models.PositiveSmallIntegerField(null=True)
    no = models.PositiveSmallIntegerField(null=True)
    abstained = models.PositiveSmallIntegerField(null=True)
    present = models.PositiveSmallIntegerField(null=True)
    seats = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(closed_at=None), name="one_open_motion_per_item"),
            models.CheckConstraint(
                name="a_closed_motion_has_its_result",
                condition=Q(closed_at=None, result="") | (Q(closed_at__isnull=False) & ~Q(result="")),
            ),
            models.CheckConstraint(
                name="a_count_is_whole",
                condition=Q(yes=None, no=None, abstained=None, present=None, seats=None)
                | Q(
                    yes__isnull=False,
                    no__isnull=False,
                    abstained__isnull=False,
                    present__isnull=False,
                    seats__isnull=False,
                    closed_at__isnull=False,
                ),
            ),
        ]

    class Privacy:
        personal = ("what", "amount")
        sensitive = ("reasons",)
        neither = (
            "id item outcome kind months partial papers until put_by put_at secret closed_at closed_by result "
            "yes no abstained present seats"
        ).split()

    def __str__(self):
        return f"{self.item} {self.outcome}"


class Vote(models.Model):
    """One voice of a seat. Of a secret vote the choices are erased as it is counted: only who voted stays.

    `counted` is written with the count: whether it counted, or whose it was had been recused or replaced by then.
    """

    class Choice(models.TextChoices):
        YES = "yes", _("agree")
        NO = "no", _("do not agree")
        ABSTAIN = "abstain", _("abstain")

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="votes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT)
    choice = models.CharField(max_length=10, choices=Choice.choices, blank=True)
    at = models.DateTimeField(default=clock.now)
    counted = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["motion", "seat"], name="one_vote_per_seat")]

    class Privacy:
        personal = ("seat", "choice")
        sensitive = ()
        neither = ("id", "motion", "at", "counted")

    def __str__(self):
        return f"{self.motion_id} {self.seat_id} {self.choice}"


class Reason(models.Model):
    """A reason in plain Arabic, as the person will read it; the association edits the list."""

    outcome = models.CharField(_("proposal"), max_length=20, choices=Outcome.choices, default=Outcome.REJECT)
    label = models.CharField(_("short name"), max_length=80)
    text = models.TextField(_("as the person will read it"), max_length=600)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        ordering = ["outcome", "position", "pk"]
        verbose_name = _("reason of a decision")
        verbose_name_plural = _("reasons of decisions")

    class Privacy:
        personal = ()
        sensitive = ()
        neither = ("id", "outcome", "label", "text", "position", "is_active")

    def __str__(self):
        return self.label


from committee.minutes.models import Addendum, Minutes, OwnWord, Signature  # noqa: E402

__all__ = [
    "Addendum",
    "AgendaItem",
    "Apology",
    "Attendance",
    "Body",
    "Meeting",
    "Minutes",
    "Motion",
    "OwnWord",
    "Pulled",
    "Reason",
    "Seat",
    "SeatRole",
    "Signature",
    "VOTING_SEATS",
    "Vote",
]
