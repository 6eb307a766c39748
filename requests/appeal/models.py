"""The objection to a rejection (تظلم): what the person wrote, once, and the file as it stood when they wrote it.

A fact that the guard of reopening reads (`requests.rules.appeal_is_open`): without its row nothing reopens.
"""

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from beneficiaries.models import Representative
from channels.models import OneTimeCode
from core import clock
from core.models import StoredFile
from core.sealed import EncryptedTextField, SealedJSONField
from requests.decision.models import Decision


class AppealQuerySet(models.QuerySet):
    def waiting(self):
        """Those nobody has put before the committee yet."""
        return self.filter(reopened_at=None)

    def with_final(self):
        """Each with `final`, the outcome issued after it; None while there is none."""
        later = Decision.objects.filter(case=OuterRef("case"), issued_by__isnull=False)
        later = later.exclude(pk=OuterRef("decision")).order_by("-settled_at")
        return self.annotate(final=Subquery(later.values("outcome")[:1]))


class Appeal(models.Model):
    """One objection to one rejection, and one in the life of a request: what follows from it is final.

    The database holds that: unique, of an issued rejection, and not after its last day. What was written stands.
    """

    class By(models.TextChoices):
        PERSON = "person", _("by the person, on their request's page")
        COUNTER = "counter", _("written down at the counter")

    class Signed(models.TextChoices):
        CODE = "code", _("by a code sent to the mobile")
        DRAWN = "drawn", _("drawn on the screen")
        PAPER = "paper", _("on paper")

    case = models.OneToOneField("requests.SupportRequest", on_delete=models.PROTECT, related_name="appeal")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="appeal")
    text = EncryptedTextField(_("the objection, in the person's words"))
    submitted_at = models.DateTimeField(default=clock.now)
    last_day = models.DateField(help_text="the last day on which this decision could be objected to")
    channel = models.CharField(max_length=8, choices=By.choices)
    signed = models.CharField(max_length=6, choices=Signed.choices)
    code = models.OneToOneField(
        OneTimeCode, on_delete=models.PROTECT, null=True, related_name="+", help_text="the one that opened the page"
    )
    signature = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    representative = models.ForeignKey(
        Representative, on_delete=models.PROTECT, null=True, related_name="+", help_text="who signed; empty: the person"
    )
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", help_text="empty: the person served"
    )
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = AppealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_appeal_is_signed_where_it_was_made",
                condition=Q(
                    channel="person",
                    signed="code",
                    code__isnull=False,
                    signature=None,
                    written_by=None,
                    representative=None,
                )
                | Q(
                    channel="counter",
                    signed__in=["drawn", "paper"],
                    code=None,
                    signature__isnull=False,
                    written_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="a_reopened_appeal_has_its_hand",
                condition=Q(reopened_at=None, reopened_by=None)
                | Q(reopened_at__isnull=False, reopened_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["submitted_at"], condition=Q(reopened_at=None), name="appeal_waiting"),
        ]

    class Privacy:
        personal = ("code", "representative")
        sensitive = ("text", "signature")
        neither = ("id case decision submitted_at last_day channel signed written_by reopened_at reopened_by").split()

    def __str__(self):
        return f"{self.case_id} {self.submitted_at:%Y-%m-%d}"

    @property
    def waits(self) -> bool:
        return self.reopened_at is None


class AppealFile(models.Model):
    """A paper or photograph that came with the objection."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["appeal", "position"], name="appeal_file_once")]

    class Privacy:
        personal = ()
        sensitive = ("file",)
        neither = ("id", "appeal", "position")

    def __str__(self):
        return f"{self.appeal} {self.position}"


class FrozenFile(models.Model):
    """The file of the first decision as it stood when it was objected to: the request, its study, its papers and
    the decision. Sealed, with its hash also in the record; whatever is changed afterwards stands beside it."""

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, related_name="frozen")
    at = models.DateTimeField(default=clock.now)
    data = SealedJSONField()
    sha256 = models.CharField(max_length=64)

    class Privacy:
        personal = ("sha256",)
        sensitive = ("data",)
        neither = ("id", "appeal", "at")

    def __str__(self):
        return f"{self.appeal} {self.at:%Y-%m-%d}"


class FrozenPage(models.Model):
    """One page of a paper, as it was before the first decision; it stays on the disk. Photographs of the study are not
    kept so: they stand on a consent, and of them the frozen file holds the hashes alone."""

    frozen = models.ForeignKey(FrozenFile, on_delete=models.PROTECT, related_name="pages")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["frozen", "position"], name="frozen_page_once")]

    class Privacy:
        personal = ()
        sensitive = ("file",)
        neither = ("id", "frozen", "label", "position")

    def __str__(self):
        return f"{self.frozen} {self.label}"


class ObjectionDraft(models.Model):
    """What the person has written so far behind the code; the check page shows it, and a signal lost loses nothing.

    Swept away after a day (`requests.appeal.drafts`).
    """

    case = models.OneToOneField("requests.SupportRequest", on_delete=models.CASCADE, related_name="+")
    text = EncryptedTextField()
    kept_at = models.DateTimeField(default=clock.now)

    class Privacy:
        personal = ()
        sensitive = ("text",)
        neither = ("id", "case", "kept_at")

    def __str__(self):
        return str(self.case_id)


class ObjectionDraftFile(models.Model):
    draft = models.ForeignKey(ObjectionDraft, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60, help_text="as the person's device called it")

    class Meta:
        ordering = ["pk"]

    class Privacy:
        personal = ("name",)
        sensitive = ("file",)
        neither = ("id", "draft")

    def __str__(self):
        return f"{self.draft_id} {self.pk}"
