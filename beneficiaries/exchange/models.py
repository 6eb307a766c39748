"""People brought in from a workbook: each row accounted for, and the whole of it can be undone."""

from collections import Counter
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Branch, User
from accounts.roles import Role
from core import clock
from core.sealed import SealedJSONField


class PeopleImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The imports of one's own branch; head office sees all of them."""
        if not user.is_active or not user.holds(Role.OFFICER):
            return self.none()
        return self if user.sees_every_branch else self.filter(branch=user.branch)


class PeopleImport(models.Model):
    class State(models.TextChoices):
        MAPPED = "mapped", _("columns to be matched")
        CHECKED = "checked", _("tried without saving")
        RUNNING = "running", _("being brought in")
        DONE = "done", _("brought in")
        UNDONE = "undone", _("undone")

    state = models.CharField(max_length=8, choices=State.choices, default=State.MAPPED)
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    columns = models.JSONField(default=list, help_text="headings of the workbook, in order")
    mapping = models.JSONField(default=dict, help_text="our field → the workbook's column")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+")
    brought_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_why = models.CharField(max_length=300, blank=True)

    objects = PeopleImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_undone_import_says_who_and_why",
                condition=(~Q(state="undone") & Q(undone_by__isnull=True, undone_at__isnull=True))
                | (Q(state="undone", undone_by__isnull=False, undone_at__isnull=False) & ~Q(undone_why="")),
            )
        ]

    class Privacy:
        personal = ("file_name",)
        sensitive = ()
        neither = (
            "id state sha256 columns mapping branch brought_by brought_at finished_at undone_by undone_at undone_why"
        ).split()

    def __str__(self):
        return f"{self.file_name} {self.state}"

    def counts(self) -> Counter:
        """How many rows came to each outcome; what no row came to counts nothing."""
        rows = self.rows.order_by().values_list("outcome").annotate(rows=models.Count("pk"))
        return Counter(dict(rows))


class ImportRow(models.Model):
    """One line of the workbook: its cells (emptied once it is settled), what is wrong with it, what became of it."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("not yet")
        READY = "ready", _("ready")
        WRONG = "wrong", _("to be corrected")
        KNOWN = "known", _("already has a file")
        BROUGHT = "brought", _("brought in")
        UNDONE = "undone", _("undone")
        KEPT = "kept", _("kept, for it has been used since")
        FORGOTTEN = "forgot", _("emptied, for it is old")

    brought = models.ForeignKey(PeopleImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="the row's number in the workbook")
    cells: Any = SealedJSONField(default=list)
    id_lookup = models.CharField(max_length=64, blank=True, help_text="HMAC of the ID it holds")
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.WAITING)
    errors = models.JSONField(default=list, help_text="[field, sentence] pairs")
    person = models.ForeignKey(
        "beneficiaries.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["brought", "number"], name="a_row_once_per_import")]
        indexes = [
            models.Index(fields=["brought", "outcome", "number"], name="import_rows"),
            models.Index(fields=["brought", "id_lookup"], name="import_row_ids"),
        ]

    class Privacy:
        personal = ("cells", "errors", "person", "id_lookup")
        sensitive = ()
        neither = ("id", "brought", "number", "outcome")

    def __str__(self):
        return f"{self.brought_id}:{self.number} {self.outcome}"
