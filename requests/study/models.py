"""The researcher's study of a case: its sections, its lines of income and obligation, the visit, and what was kept of
it each time it was completed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from beneficiaries.means.models import OBLIGATIONS, Every, Kind, Side
from core import clock
from core.sealed import EncryptedTextField, SealedJSONField
from requests.decision.models import SupportKind


class Recommends(models.TextChoices):
    APPROVE = "approve", _("approve")
    REJECT = "reject", _("reject")


class Place(models.TextChoices):
    HOME = "home", _("at the person's home")
    OFFICE = "office", _("at our office")
    PHONE = "phone", _("by phone")


class Study(models.Model):
    """One study of a case. What is counted here is filled in again at every change of its lines."""

    case = models.OneToOneField("requests.SupportRequest", on_delete=models.PROTECT, related_name="study")
    researcher = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    household_size = models.PositiveSmallIntegerField(_("people in the household"), null=True, blank=True)
    income = models.DecimalField(_("counted monthly income"), max_digits=12, decimal_places=2, null=True, blank=True)
    obligations = models.DecimalField(
        _("counted monthly obligations"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    per_head = models.DecimalField(_("income per person"), max_digits=12, decimal_places=2, null=True, blank=True)
    band = models.CharField(_("band of need"), max_length=60, blank=True)
    visited_on = models.DateField(_("date of the visit"), null=True, blank=True)
    visited_on_typed = models.CharField(max_length=120, blank=True)
    visited_at = models.CharField(_("where you met"), max_length=6, choices=Place.choices, blank=True)
    present = EncryptedTextField(_("who was present"), null=True, blank=True)
    findings = EncryptedTextField(_("what was found"), null=True, blank=True)
    recommends = models.CharField(_("recommendation"), max_length=10, choices=Recommends.choices, blank=True)
    kind = models.CharField(_("kind of support"), max_length=12, choices=SupportKind.choices, blank=True)
    what = models.CharField(_("what is recommended"), max_length=200, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("for how many months"), null=True, blank=True)
    reasons = EncryptedTextField(_("reasons"), null=True, blank=True)
    updated_at = models.DateTimeField(default=clock.now)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        personal = ("household_size", "what", "kind", "amount", "months", "recommends", "visited_on") + (
            "visited_on_typed",
            "visited_at",
        )
        sensitive = ("income", "obligations", "per_head", "band", "present", "findings", "reasons")
        neither = ("id", "case", "researcher", "updated_at", "completed_at")

    def __str__(self):
        return f"{self.case_id} {self.recommends}"


class Agrees(models.TextChoices):
    SAME = "same", _("as in the file")
    DIFFERS = "differs", _("something differs")


class StudySection(models.Model):
    """One section: what was told and what was seen, apart, the researcher's opinion of it, and its own questions."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="sections")
    name = models.CharField(max_length=12)
    agrees = models.CharField(_("compared with the file"), max_length=7, choices=Agrees.choices, blank=True)
    differs = EncryptedTextField(_("what differs"), null=True, blank=True)
    stated = EncryptedTextField(_("what you were told"), null=True, blank=True)
    observed = EncryptedTextField(_("what you saw yourself"), null=True, blank=True)
    opinion = EncryptedTextField(_("your opinion of this section"), null=True, blank=True)
    answers = SealedJSONField(default=dict)
    done_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "name"], name="section_once_in_a_study")]

    class Privacy:
        personal = ("agrees",)
        sensitive = ("differs", "stated", "observed", "opinion", "answers")
        neither = ("id", "study", "name", "done_at", "updated_at")

    def __str__(self):
        return f"{self.study_id} {self.name}"


class KnownBy(models.TextChoices):
    TOLD = "told", _("told")
    PAPER = "paper", _("on a paper")
    SEEN = "seen", _("seen")


class StudyLine(models.Model):
    """One income or obligation in riyals, and whether it counts; when it does not, somebody says why."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="lines")
    side = models.CharField(max_length=10, choices=Side.choices)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    amount = models.DecimalField(_("amount, riyals"), max_digits=10, decimal_places=2)
    every = models.CharField(_("every"), max_length=5, choices=Every.choices, default=Every.MONTH)
    note = models.CharField(_("note"), max_length=120, blank=True)
    known_by = models.CharField(_("how you know it"), max_length=5, choices=KnownBy.choices, default=KnownBy.TOLD)
    counts = models.BooleanField(_("it counts"), default=True)
    why_not = models.CharField(_("why it does not count"), max_length=200, blank=True)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_file = models.BooleanField(default=False, help_text="begun from a line of the person's file")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["side", "pk"]
        constraints = [
            models.CheckConstraint(name="study_lines_are_above_nothing", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="study_lines_stand_on_their_side",
                condition=Q(side=Side.OBLIGATION, kind__in=sorted(OBLIGATIONS))
                | (Q(side=Side.INCOME) & ~Q(kind__in=sorted(OBLIGATIONS))),
            ),
            models.CheckConstraint(
                name="what_does_not_count_says_why_and_who",
                condition=Q(counts=True, why_not="", said_by=None)
                | (Q(counts=False, said_by__isnull=False) & ~Q(why_not="")),
            ),
        ]

    class Privacy:
        personal = ("side", "kind", "every", "note")
        sensitive = ("amount", "counts", "why_not", "known_by")
        neither = ("id", "study", "said_by", "from_file", "added_at")

    def __str__(self):
        return f"{self.kind} {self.amount}"


class PhotoConsent(models.Model):
    """The person agreed that photographs be taken. There is no photograph without one; taken back, they go."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="consents")
    given_by = EncryptedTextField(_("who agreed"))
    given_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study"], condition=Q(withdrawn_at=None), name="one_consent_in_force")
        ]

    class Privacy:
        personal = ("given_by",)
        sensitive = ()
        neither = ("id", "study", "given_at", "recorded_by", "withdrawn_at")

    def __str__(self):
        return f"{self.study_id} {self.given_at:%Y-%m-%d}"


class StudyPhoto(models.Model):
    """A photograph of the visit, standing on the consent of the person."""

    consent = models.ForeignKey(PhotoConsent, on_delete=models.PROTECT, related_name="photos")
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(_("what it shows"), max_length=120, blank=True)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]

    class Privacy:
        personal = ("caption",)
        sensitive = ("file",)
        neither = ("id", "consent", "added_at")

    def __str__(self):
        return f"{self.consent_id} {self.pk}"


class StudyResult(models.Model):
    """What a completed study came to, with everything it was counted from. Rows are never altered (trigger)."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="results")
    formula = models.PositiveSmallIntegerField(help_text="version of the formula, `rules.FORMULA`")
    inputs = SealedJSONField(help_text="lines, household, bands, sections and recommendation as they stood")
    household_size = models.PositiveSmallIntegerField(null=True)
    income = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    obligations = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    per_head = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    band = models.CharField(max_length=60, blank=True)
    by_example = models.BooleanField(default=False, help_text="the table of bands was still the example")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]

    class Privacy:
        personal = ("household_size",)
        sensitive = ("inputs", "income", "obligations", "per_head", "band")
        neither = ("id", "study", "formula", "by_example", "made_by", "made_at")

    def __str__(self):
        return f"{self.study_id} {self.made_at:%Y-%m-%d}"
