"""The researcher's study of a case, and the recommendation it ends in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.sealed import EncryptedTextField


class Recommends(models.TextChoices):
    APPROVE = "approve", _("approve")
    REJECT = "reject", _("reject")


class Study(models.Model):
    case = models.OneToOneField("requests.SupportRequest", on_delete=models.PROTECT, related_name="study")
    researcher = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    household_size = models.PositiveSmallIntegerField(_("people in the household"), null=True, blank=True)
    income = models.DecimalField(_("counted monthly income"), max_digits=12, decimal_places=2, null=True, blank=True)
    obligations = models.DecimalField(
        _("counted monthly obligations"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    findings = EncryptedTextField(_("what was found"), null=True, blank=True)
    recommends = models.CharField(_("recommendation"), max_length=10, choices=Recommends.choices, blank=True)
    what = models.CharField(_("what is recommended"), max_length=200, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, null=True, blank=True)
    reasons = EncryptedTextField(_("reasons"), null=True, blank=True)
    updated_at = models.DateTimeField(default=clock.now)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        personal = ("household_size", "what", "amount", "recommends")
        sensitive = ("income", "obligations", "findings", "reasons")
        neither = ("id", "case", "researcher", "updated_at", "completed_at")

    def __str__(self):
        return f"{self.case_id} {self.recommends}"
