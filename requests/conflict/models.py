"""What a member of the committee says of themselves, so that a tie to a case is found without their asking (rule 5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.sealed import EncryptedTextField


class Disclosure(models.Model):
    """One member's own name, home and account. Read by the comparison alone, and by the member who wrote it."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="disclosure")
    full_name = models.CharField(_("your name as on the ID"), max_length=200)
    mobile = models.CharField(_("your own mobile"), max_length=16, blank=True)
    short_code = models.CharField(_("short address of your home"), max_length=8, blank=True)
    building_number = models.CharField(_("building number"), max_length=4, blank=True)
    street = models.CharField(_("street"), max_length=80, blank=True)
    district = models.CharField(_("district"), max_length=80, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    iban = EncryptedTextField(_("your IBAN"), null=True, blank=True)
    updated_at = models.DateTimeField(default=clock.now)

    class Privacy:
        personal = "user full_name mobile short_code building_number street district city iban".split()
        sensitive = ()
        neither = ("id", "updated_at")

    def __str__(self):
        return str(self.user_id)


class DeclaredRelative(models.Model):
    """Somebody near to the member, by ID, or by name where the ID is not known."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="relatives")
    name = models.CharField(_("name"), max_length=200)
    national_id = EncryptedTextField(_("national ID or iqama"), null=True, blank=True)
    national_id_lookup = models.CharField(max_length=64, blank=True, editable=False)
    relation = models.CharField(_("relation"), max_length=60)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]

    class Privacy:
        personal = ("disclosure", "name", "national_id", "national_id_lookup", "relation")
        sensitive = ()
        neither = ("id", "added_at")

    def __str__(self):
        return self.name
