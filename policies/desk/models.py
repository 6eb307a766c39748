"""The files of the tools on the officer's desk."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.models import StoredFile
from policies.models import PolicyVersion, Tool


class DeskDocumentQuerySet(models.QuerySet):
    def current(self, version: PolicyVersion):
        """The file each tool of a version has now."""
        return self.filter(tool__version=version, replaced_at=None)


class DeskDocument(models.Model):
    """The file of a tool; a newer one replaces it and the older stays, so it may change after publishing."""

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="documents")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)
    replaced_at = models.DateTimeField(null=True)

    objects = DeskDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["tool"], condition=Q(replaced_at=None), name="one_current_file_per_tool")
        ]

    class Privacy:
        personal = ("uploaded_by",)
        sensitive = ()
        neither = ("id", "tool", "file", "name", "uploaded_at", "replaced_at")

    def __str__(self):
        return self.name
