"""The researcher's appointments with the person, a colleague's second opinion, and what changed in the person's
circumstances while the case was being studied or decided."""

from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.sealed import EncryptedTextField


class How(models.TextChoices):
    HOME = "home", _("visit to the home")
    OFFICE = "office", _("meeting at the office")
    PHONE = "phone", _("telephone call")


class AppointmentState(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    MISSED = "missed", _("did not take place")
    CANCELLED = "cancelled", _("cancelled")


ONE_PLACE = ExclusionConstraint(
    name="a_researcher_is_in_one_place",
    expressions=[
        # As a range of one number, for which PostgreSQL needs no extension.
        (
            Func(
                F("researcher"),
                F("researcher"),
                RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                function="INT8RANGE",
                output_field=BigIntegerRangeField(),
            ),
            RangeOperators.OVERLAPS,
        ),
        (
            Func(
                F("starts_at"), F("ends_at"), RangeBoundary(), function="TSTZRANGE", output_field=DateTimeRangeField()
            ),
            RangeOperators.OVERLAPS,
        ),
    ],
    condition=Q(state=AppointmentState.PLANNED),
)


class AppointmentQuerySet(models.QuerySet):
    def planned(self):
        return self.filter(state=AppointmentState.PLANNED)

    def between(self, start, end):
        """Beginning in [start, end)."""
        return self.filter(starts_at__gte=start, starts_at__lt=end)


class Appointment(models.Model):
    """One appointment of a researcher with the person of a case. Moving it changes its time; the record says from
    when to when. The database holds that a researcher is in one place at a time."""

    case = models.ForeignKey("requests.SupportRequest", on_delete=models.PROTECT, related_name="appointments")
    researcher = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(_("how you meet"), max_length=6, choices=How.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(_("where"), max_length=200, blank=True)
    note = EncryptedTextField(_("a note for yourself"), null=True, blank=True)
    state = models.CharField(max_length=9, choices=AppointmentState.choices, default=AppointmentState.PLANNED)
    moves = models.PositiveSmallIntegerField(default=0, help_text="how often it was moved")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", help_text="empty: the portal"
    )
    settled_at = models.DateTimeField(null=True)
    why = models.CharField(_("why it was cancelled"), max_length=200, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            ONE_PLACE,
            models.CheckConstraint(name="an_appointment_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="a_planned_appointment_is_not_settled",
                condition=Q(state=AppointmentState.PLANNED, settled_at=None)
                | (~Q(state=AppointmentState.PLANNED) & Q(settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_cancelled_appointment_says_why", condition=~Q(state=AppointmentState.CANCELLED) | ~Q(why="")
            ),
        ]
        indexes = [models.Index(fields=["researcher", "starts_at"], name="appointments_of_a_day")]

    class Privacy:
        personal = ("place", "why")
        sensitive = ("note",)
        neither = "id case researcher how starts_at ends_at state moves made_by made_at settled_by settled_at".split()

    def __str__(self):
        return f"{self.case_id} {self.starts_at:%Y-%m-%d %H:%M} {self.state}"

    @property
    def minutes(self) -> int:
        return (self.ends_at - self.starts_at) // timedelta(minutes=1)

    @property
    def day(self):
        """The day in Riyadh."""
        return clock.local_date(self.starts_at)


class OpinionQuerySet(models.QuerySet):
    def asked_of(self, user):
        """Asked of this user and not answered yet."""
        return self.filter(colleague=user, answered_at=None)


class Opinion(models.Model):
    """A second opinion on a study: asked of one colleague, answered once with its reasons, and kept."""

    case = models.ForeignKey("requests.SupportRequest", on_delete=models.PROTECT, related_name="opinions")
    question = EncryptedTextField(_("what you ask of your colleague"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    colleague = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField(null=True)
    reasons = EncryptedTextField(_("your reasons"), null=True)
    answered_at = models.DateTimeField(null=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "colleague"], condition=Q(answered_at=None), name="one_open_question_to_a_colleague"
            ),
            models.CheckConstraint(
                name="an_answered_opinion_is_whole",
                condition=Q(answered_at=None, agrees=None, reasons=None)
                | Q(answered_at__isnull=False, agrees__isnull=False, reasons__isnull=False),
            ),
            models.CheckConstraint(name="nobody_asks_themselves_for_an_opinion", condition=~Q(colleague=F("asked_by"))),
        ]

    class Privacy:
        personal = ("agrees",)
        sensitive = ("question", "reasons")
        neither = ("id", "case", "asked_by", "asked_at", "colleague", "answered_at")

    def __str__(self):
        return f"{self.case_id} {self.colleague_id}"


class Change(models.Model):
    """Something changed in the person's circumstances while their case was with research or the committee, where it
    stands until the case is recommended anew, or while what was approved is handed over, where it is read and moves
    nothing. The row itself only stays."""

    class What(models.TextChoices):
        BIRTH = "birth", _("somebody was born")
        DEATH = "death", _("somebody died")
        WORK_LOST = "work_lost", _("lost their work")
        WORK_FOUND = "work_found", _("found work")
        INCOME = "income", _("another income or support")
        MARRIAGE = "marriage", _("marriage or divorce")
        MOVED = "moved", _("moved to another home")
        HEALTH = "health", _("health")
        OTHER = "other", _("another change")

    class ToldBy(models.TextChoices):
        PERSON = "person", _("the person themselves")
        HOUSEHOLD = "household", _("somebody of their household")
        OTHERS = "others", _("somebody else, or another authority")
        SEEN = "seen", _("we saw it ourselves")

    case = models.ForeignKey("requests.SupportRequest", on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(_("what changed?"), max_length=10, choices=What.choices)
    detail = EncryptedTextField(_("what happened"))
    told_by = models.CharField(_("who told you?"), max_length=9, choices=ToldBy.choices)
    happened_on = models.DateField(_("when it happened"), null=True)
    after = models.ForeignKey(
        "requests.Step", on_delete=models.PROTECT, related_name="+", help_text="the last move before it"
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]

    class Privacy:
        personal = ("told_by", "happened_on")
        sensitive = ("what", "detail")
        neither = ("id", "case", "after", "recorded_by", "recorded_at")

    def __str__(self):
        return f"{self.case_id} {self.recorded_at:%Y-%m-%d}"
