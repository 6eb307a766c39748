"""One-time codes sent to a mobile (trust.md, «the public side»)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock


class OneTimeCode(models.Model):
    """Six digits sent to one number for one purpose: ten minutes, hashed, single use, tries counted."""

    class Purpose(models.TextChoices):
        SIGN = "sign", _("signing the declaration")
        OPEN = "open", _("opening one's own request")

    purpose = models.CharField(max_length=6, choices=Purpose.choices)
    subject = models.CharField(max_length=80, help_text="what it is for: a form's key, or type and id of a row")
    mobile_lookup = models.CharField(max_length=64, help_text="HMAC of the number it was sent to")
    code_hash = models.CharField(max_length=64, help_text="HMAC of code, subject and number")
    bound_to = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what is signed by it")
    sent_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["purpose", "subject", "-sent_at"], name="code_subject")]
        constraints = [
            models.CheckConstraint(name="a_code_expires", condition=Q(expires_at__gt=models.F("sent_at"))),
        ]

    class Privacy:
        personal = ("subject", "mobile_lookup", "code_hash", "bound_to")
        sensitive = ()
        neither = ("id", "purpose", "sent_at", "expires_at", "tries", "used_at", "asked_by")

    def __str__(self):
        return f"{self.purpose} {self.pk}"
