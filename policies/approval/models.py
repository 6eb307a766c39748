"""The board's approval of a version, as its document and minutes record it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from policies.models import PolicyVersion


class Approval(models.Model):
    """One date is typed and its calendar named; the other is computed and shown as computed.

    `candidates` are the days an ambiguous typing may mean («2/1/2023»); `date` is empty until one is chosen.
    """

    version = models.OneToOneField(PolicyVersion, on_delete=models.CASCADE, related_name="approval")
    body = models.CharField(_("approved by"), max_length=80, blank=True)
    session_no = models.PositiveSmallIntegerField(_("session"), null=True, blank=True)
    meeting_no = models.PositiveSmallIntegerField(_("meeting"), null=True, blank=True)
    term_no = models.PositiveSmallIntegerField(_("term of the board"), null=True, blank=True)
    weekday = models.CharField(_("weekday"), max_length=12, blank=True)
    date_typed = models.CharField(_("date of approval"), max_length=40, blank=True)
    calendar = models.CharField(max_length=9, blank=True)
    date = models.DateField(null=True, blank=True)
    candidates = ArrayField(models.DateField(), default=list, blank=True)
    second_date_typed = models.CharField(_("the date in the other calendar, as printed"), max_length=40, blank=True)
    updated_on = models.DateField(_("last updated"), null=True, blank=True)
    supersedes = models.CharField(_("replaces"), max_length=200, blank=True)
    publish_on_website = models.BooleanField(
        _("published on the website"),
        null=True,
        blank=True,
        help_text=_("unknown: the approval does not speak of it, and the text is published; no: staff alone read it"),
    )
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Privacy:
        personal = ("scan",)
        sensitive = ()
        neither = (
            "id version body session_no meeting_no term_no weekday date_typed calendar date candidates "
            "second_date_typed updated_on supersedes publish_on_website"
        ).split()

    def __str__(self):
        return f"{self.body} {self.date_typed}".strip()


class Signatory(models.Model):
    """Who signed, in the order of the document."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="signatories")
    position = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=120)
    name = models.CharField(_("name"), max_length=120, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["approval", "position"],
                name="signatory_position_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    class Privacy:
        personal = ("name",)
        sensitive = ()
        neither = ("id", "approval", "position", "title")

    def __str__(self):
        return f"{self.title} {self.name}".strip()
