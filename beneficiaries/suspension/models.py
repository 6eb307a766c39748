"""The consequence of untrue data: a suspension that two people decide, that is told, and open to objection."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.sealed import EncryptedTextField


class Suspension(models.Model):
    """Proposed by one, confirmed or refused by another; lifted with a reason (rule 3, clause PRE-1)."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waits for a second person")
        IN_FORCE = "in_force", _("suspended")
        REFUSED = "refused", _("not confirmed")
        LIFTED = "lifted", _("lifted")
        ENDED = "ended", _("ended on its date")

    person = models.ForeignKey("beneficiaries.Person", on_delete=models.PROTECT, related_name="suspensions")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    about = models.CharField(max_length=12, blank=True, help_text="reference of the request whose data was untrue")
    what = EncryptedTextField(_("what was untrue, and how it was found"))
    told_text = models.CharField(_("what the person is told"), max_length=400)
    until = models.DateField(_("suspended until"), null=True, blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_why = models.CharField(max_length=300, blank=True)
    objection = EncryptedTextField(_("the person's objection"), null=True, blank=True)
    objected_at = models.DateTimeField(null=True)
    objection_answer = models.CharField(_("the answer"), max_length=600, blank=True)
    objection_answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    objection_answered_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_suspension_takes_two",
                condition=Q(state__in=["proposed", "refused"]) | ~Q(settled_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="a_settled_suspension_has_its_hand",
                condition=Q(state="proposed", settled_by__isnull=True, settled_at__isnull=True)
                | (~Q(state="proposed") & Q(settled_by__isnull=False, settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_lifted_suspension_says_who_and_why",
                condition=(~Q(state="lifted") & Q(lifted_by__isnull=True, lifted_at__isnull=True))
                | (Q(state="lifted", lifted_by__isnull=False, lifted_at__isnull=False) & ~Q(lifted_why="")),
            ),
            models.CheckConstraint(
                name="an_objection_is_answered_by_a_third_hand",
                condition=Q(objection_answered_by__isnull=True)
                | (~Q(objection_answered_by=F("proposed_by")) & ~Q(objection_answered_by=F("settled_by"))),
            ),
            models.CheckConstraint(
                name="whoever_proposed_a_suspension_does_not_lift_it",
                condition=Q(lifted_by__isnull=True) | ~Q(lifted_by=F("proposed_by")),
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=["proposed", "in_force"]), name="one_suspension_at_a_time"
            ),
        ]

    class Privacy:
        personal = ("person", "told_text", "until", "about", "objection_answer", "settled_why", "lifted_why")
        sensitive = ("what", "objection")
        neither = (
            "id state proposed_by proposed_at settled_by settled_at objected_at objection_answered_by "
            "objection_answered_at lifted_by lifted_at"
        ).split()

    def __str__(self):
        return f"{self.person_id} {self.state}"
