"""The committee: seats, meetings, who is there, what is put to the vote, and the votes."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from requests.models import Outcome, SupportRequest


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
        neither = ("id", "role", "starts_on", "ends_on")

    def __str__(self):
        return f"{self.user} ({self.get_role_display()})"


class Meeting(models.Model):
    number = models.PositiveIntegerField(unique=True)
    held_on = models.DateField()
    place = models.CharField(_("place"), max_length=120, blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["held_on"], condition=Q(closed_at=None), name="one_open_meeting_a_day")
        ]

    class Privacy:
        personal = ()
        sensitive = ()
        neither = ("id", "number", "held_on", "place", "opened_at", "opened_by", "closed_at")

    def __str__(self):
        return str(self.number)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


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
    """A case on a meeting's agenda, frozen from the ready queue when the meeting opens."""

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


class MotionQuerySet(models.QuerySet):
    def voted_on(self):
        """Those whose vote was closed and counted; one that another proposal replaced never was."""
        return self.exclude(closed_at=None).exclude(result=Motion.Result.REPLACED)


class Motion(models.Model):
    """What is put to the vote: at first the researcher's recommendation; if it fails, the secretary puts another."""

    class Result(models.TextChoices):
        CARRIED = "carried", _("carried")
        LOST = "lost", _("lost")
        TIED = "tied", _("tied")
        REPLACED = "replaced", _("replaced by another proposal")

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="motions")
    outcome = models.CharField(_("proposal"), max_length=20, choices=Outcome.choices)
    what = models.CharField(_("what is given"), max_length=200, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, null=True, blank=True)
    reasons = models.TextField(_("reasons, as the person will read them"), blank=True)
    papers = models.JSONField(default=dict)
    until = models.DateField(null=True, blank=True)
    put_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    put_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)

    objects = MotionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(closed_at=None), name="one_open_motion_per_item"),
            models.CheckConstraint(
                name="a_closed_motion_has_its_result",
                condition=Q(closed_at=None, result="") | (Q(closed_at__isnull=False) & ~Q(result="")),
            ),
        ]

    class Privacy:
        personal = ("what", "amount")
        sensitive = ("reasons",)
        neither = ("id", "item", "outcome", "papers", "until", "put_by", "put_at", "closed_at", "result")

    def __str__(self):
        return f"{self.item} {self.outcome}"


class Vote(models.Model):
    class Choice(models.TextChoices):
        YES = "yes", _("agree")
        NO = "no", _("do not agree")
        ABSTAIN = "abstain", _("abstain")

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="votes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT)
    choice = models.CharField(max_length=10, choices=Choice.choices)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["motion", "seat"], name="one_vote_per_seat")]

    class Privacy:
        personal = ("seat", "choice")
        sensitive = ()
        neither = ("id", "motion", "at")

    def __str__(self):
        return f"{self.motion_id} {self.seat_id} {self.choice}"
