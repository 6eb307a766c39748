"""Who speaks for the person: a guardian, or somebody authorised by deed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.sealed import EncryptedTextField


class Representative(models.Model):
    class Kind(models.TextChoices):
        GUARDIAN = "guardian", _("guardian")
        AGENT = "agent", _("authorised representative")

    person = models.ForeignKey("beneficiaries.Person", on_delete=models.CASCADE, related_name="representatives")
    kind = models.CharField(_("capacity"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    national_id = EncryptedTextField(_("national ID or iqama"))
    national_id_lookup = models.CharField(max_length=64, editable=False, db_index=True)
    mobile = models.CharField(_("mobile"), max_length=16)
    relation = models.CharField(_("relation"), max_length=60, blank=True)
    deed_number = models.CharField(_("number of the deed"), max_length=40, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    valid_until_typed = models.CharField(max_length=120, blank=True)
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(ended_at=None), name="one_representative_of_a_kind"
            ),
            models.CheckConstraint(
                name="representation_ended_by_somebody",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    class Privacy:
        personal = (
            "person name national_id national_id_lookup mobile relation deed_number valid_until valid_until_typed"
        ).split()
        sensitive = ()
        neither = ("id", "kind", "added_at", "added_by", "ended_at", "ended_by")

    def __str__(self):
        return self.name
