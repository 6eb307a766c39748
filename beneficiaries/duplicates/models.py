"""Two files that may be one person: merged by two hands, or remembered as two people."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock


class NotSame(models.Model):
    """«Not the same person», said once and remembered."""

    first = models.ForeignKey("beneficiaries.Person", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("beneficiaries.Person", on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=200, blank=True)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="not_the_same_once"),
            models.CheckConstraint(name="not_the_same_in_order", condition=Q(first__lt=F("second"))),
        ]

    class Privacy:
        personal = ("first", "second", "why")
        sensitive = ()
        neither = ("id", "said_by", "said_at")

    def __str__(self):
        return f"{self.first_id} ≠ {self.second_id}"


class Merge(models.Model):
    """Two files of one person made one: proposed by one, done by another, and it can be undone.

    No row moves: `Person.merged_into` is set, reads follow `.current`, undo clears it.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waits for a second person")
        DONE = "done", _("merged")
        REFUSED = "refused", _("refused")
        UNDONE = "undone", _("undone")

    class Numbers(models.TextChoices):
        """Why one person has two ID numbers: without a reason two numbers are two people."""

        NATURALISED = "naturalised", _("a residence number became a national ID")
        RENEWED = "renewed", _("a residence number was replaced by another")
        MISTYPED = "mistyped", _("one of the two numbers was typed wrong")
        SOMEONE_ELSES = "elses", _("one file was opened with another person's number")

    kept = models.ForeignKey("beneficiaries.Person", on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey("beneficiaries.Person", on_delete=models.PROTECT, related_name="merges")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    why = models.CharField(_("why they are one person"), max_length=300)
    numbers = models.CharField(_("why the ID numbers differ"), max_length=12, choices=Numbers.choices, blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_why = models.CharField(max_length=300, blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="nobody_is_merged_into_themselves", condition=~Q(kept=F("merged"))),
            models.CheckConstraint(name="a_merge_takes_two", condition=~Q(settled_by=F("proposed_by"), state="done")),
            models.CheckConstraint(
                name="a_settled_merge_has_its_hand",
                condition=Q(state="proposed", settled_by__isnull=True, settled_at__isnull=True)
                | (~Q(state="proposed") & Q(settled_by__isnull=False, settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="an_undone_merge_says_who_and_why",
                condition=(~Q(state="undone") & Q(undone_by__isnull=True, undone_at__isnull=True))
                | (Q(state="undone", undone_by__isnull=False, undone_at__isnull=False) & ~Q(undone_why="")),
            ),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(state__in=["proposed", "done"]), name="one_merge_at_a_time"
            ),
        ]

    class Privacy:
        personal = ("kept", "merged", "why", "settled_why", "undone_why")
        sensitive = ()
        neither = "id state numbers proposed_by proposed_at settled_by settled_at undone_by undone_at".split()

    def __str__(self):
        return f"{self.merged_id} → {self.kept_id} ({self.state})"
