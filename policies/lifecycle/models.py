"""What follows a publication: each member of staff reads it and says so («تعميم», policy clause PRE-2)."""

from django.db import models

from accounts.models import User
from core import clock
from policies.models import PolicyVersion


class Acknowledgement(models.Model):
    """One person read one version; said once and never taken back (the table only grows)."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="acknowledgements")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="acknowledged_once")]

    class Privacy:
        personal = ("user",)
        sensitive = ()
        neither = ("id", "version", "read_at")

    def __str__(self):
        return f"{self.version_id} {self.user_id}"
