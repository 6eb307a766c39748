"""Referral for clarification: the researcher answers what is unclear; the case stays where it is (clause PS-3)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role
from core import clock
from requests.decision.models import Exclusion


class ClarificationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The questions put to this researcher: their own, and their branch's that are not answered yet.

        It opens the question alone, not the case (least privilege); nobody reads one of a case they are recused from.
        """
        if not (user.is_active and user.holds(Role.RESEARCHER)):
            return self.none()
        here = Q() if user.sees_every_branch else Q(case__branch=user.branch_id)
        conflict = Exclusion.objects.filter(user=user, why__in=Exclusion.CONFLICTS)
        mine = Q(researcher=user) | (Q(answered_at=None) & here)
        return self.filter(mine).exclude(case__in=conflict.values("case"))

    def unanswered(self):
        return self.filter(answered_at=None)

    def to_tell(self):
        """Answered, and the person does not know the answer yet."""
        return self.filter(answered_at__isnull=False, told_at=None)


class Clarification(models.Model):
    """One question of the person about the procedure, its answer, and that the person was told it."""

    class Told(models.TextChoices):
        COUNTER = "counter", _("at the counter")
        PHONE = "phone", _("by phone")
        MESSAGE = "message", _("by text message")

    case = models.ForeignKey("requests.SupportRequest", on_delete=models.PROTECT, related_name="clarifications")
    question = models.CharField(_("what is unclear to the person"), max_length=600)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    researcher = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(_("the answer"), max_length=1200, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    may_be_shown = models.BooleanField(
        _("fit for the status page"),
        default=False,
        help_text="it says nothing of the person: the link's holder reads it",
    )
    invited_at = models.DateTimeField(null=True, help_text="when the person was texted to come or call for the answer")
    told_how = models.CharField(_("how the person was told"), max_length=8, choices=Told.choices, blank=True)
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(null=True)

    objects = ClarificationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="an_answered_clarification_is_whole",
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_told_clarification_is_whole",
                condition=Q(told_how="", told_at__isnull=True, told_by__isnull=True)
                | (~Q(told_how="") & ~Q(answer="") & Q(told_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(told_at=None), name="one_open_clarification_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(answered_at=None), name="clarification_open"),
            models.Index(fields=["answered_at"], condition=Q(told_at=None), name="clarification_to_tell"),
        ]

    class Privacy:
        personal = ("question", "answer")
        sensitive = ()
        neither = (
            "id case asked_by asked_at researcher answered_by answered_at may_be_shown invited_at "
            "told_how told_by told_at"
        ).split()

    def __str__(self):
        return f"{self.case_id} {self.asked_at:%Y-%m-%d}"
