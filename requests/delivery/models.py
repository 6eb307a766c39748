"""What was approved, handed over in one or more instalments, each receipted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import StoredFile


class Receipted(models.TextChoices):
    DRAWN = "drawn", _("signed on the screen")
    PAPER = "paper", _("signed on paper")
    TRANSFER = "transfer", _("bank transfer slip")


class Instalment(models.Model):
    case = models.ForeignKey("requests.SupportRequest", on_delete=models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    receipted_at = models.DateTimeField(null=True, blank=True)
    receipted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    receipted_how = models.CharField(max_length=10, choices=Receipted.choices, blank=True)
    received_by_name = models.CharField(max_length=120, blank=True)
    signature = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="instalment_number_once"),
            models.CheckConstraint(
                name="receipted_says_by_whom_and_how",
                condition=Q(receipted_at=None, receipted_by=None, receipted_how="")
                | (Q(receipted_at__isnull=False, receipted_by__isnull=False) & ~Q(receipted_how="")),
            ),
        ]

    class Privacy:
        personal = ("amount", "received_by_name", "note")
        sensitive = ("signature",)
        neither = ("id", "case", "number", "due_on", "receipted_at", "receipted_by", "receipted_how")

    def __str__(self):
        return f"{self.case_id} #{self.number}"
