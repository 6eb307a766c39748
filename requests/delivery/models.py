"""What was approved, handed over in one or more instalments, each receipted."""

from typing import Any

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from beneficiaries.models import Representative
from channels.models import OneTimeCode
from core import clock
from core.identifiers import lookup_hash
from core.models import StoredFile
from core.sealed import SealedJSONField
from requests.decision.models import SupportKind


class Award(models.Model):
    """What is given for one case, word for word as the committee decided it, and how the service officer gives it.

    Made when registration is completed. The decision's part never changes (a trigger); an instalment is never planned
    beyond its total (another).
    """

    case = models.OneToOneField("requests.SupportRequest", on_delete=models.PROTECT, related_name="award")
    what = models.CharField(max_length=200, blank=True)
    total = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.CharField(_("kind of support"), max_length=12, choices=SupportKind.choices, blank=True)
    zakat = models.BooleanField(_("paid from zakat"), default=False)
    payee = models.CharField(max_length=120, blank=True, help_text="who is paid or written to; by kind")
    payee_number = models.CharField(max_length=60, blank=True, help_text="their invoice, account or file number")
    items = models.TextField(_("what is handed over, one a line"), blank=True)
    iban_lookup = models.CharField(max_length=64, blank=True, help_text="keyed hash of the IBAN that was verified")
    iban_verified_at = models.DateTimeField(null=True, blank=True)
    iban_verified_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    planned_at = models.DateTimeField(null=True, blank=True)
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="planned_says_by_whom",
                condition=Q(planned_at=None, planned_by=None) | Q(planned_at__isnull=False, planned_by__isnull=False),
            ),
            models.CheckConstraint(name="a_total_is_money", condition=Q(total=None) | Q(total__gt=0)),
            models.CheckConstraint(
                name="a_verified_iban_says_by_whom",
                condition=Q(iban_lookup="", iban_verified_at=None, iban_verified_by=None)
                | (~Q(iban_lookup="") & Q(iban_verified_at__isnull=False, iban_verified_by__isnull=False)),
            ),
        ]

    class Privacy:
        personal = ("what", "total", "zakat", "payee", "payee_number", "items", "iban_lookup")
        sensitive = ()
        neither = "id case months kind iban_verified_at iban_verified_by planned_at planned_by made_at".split()

    def __str__(self):
        return f"{self.case_id} {self.kind}"

    def verify_iban(self, iban: str, *, by: User) -> None:
        """Keep which IBAN's certificate was seen, by whom and when; not the IBAN, only its hash. Saves nothing."""
        self.iban_lookup, self.iban_verified_at, self.iban_verified_by = lookup_hash(iban), clock.now(), by

    def forget_iban(self) -> None:
        """It is not received by transfer any more. Saves nothing."""
        self.iban_lookup, self.iban_verified_at, self.iban_verified_by = "", None, None


class Receipted(models.TextChoices):
    DRAWN = "drawn", _("signed on the screen")
    CODE = "code", _("by a code to the mobile")
    PAPER = "paper", _("signed on paper")
    TRANSFER = "transfer", _("bank transfer slip")


ON_A_FILE = (Receipted.DRAWN, Receipted.PAPER, Receipted.TRANSFER)
"""What these ways leave is a picture or a scan, kept with the receipt; a code is its own proof."""


class Recipient(models.TextChoices):
    PERSON = "person", _("the person in person")
    REPRESENTATIVE = "represents", _("a representative in the file")
    DELEGATE = "delegate", _("a delegate they sent")


class CancelReason(models.TextChoices):
    DIED = "died", _("the person died")
    MOVED = "moved", _("moved out of our area")
    NEED_ENDED = "need_ended", _("the need ended")
    REFUSED = "refused", _("the person does not want it")
    UNTRUE_DATA = "untrue_data", _("untrue data")


class WhyReceivedAnew(models.TextChoices):
    """From a list, since why somebody cannot come is often their health: the record keeps no words of it."""

    ASKED = "asked", _("the person asked for it")
    CANNOT_COME = "cannot_come", _("they cannot come")
    ACCOUNT = "account", _("opened an account, or changed it")
    DELEGATE = "delegate", _("sends somebody else")
    OURS = "ours", _("our way of handing over changed")


class InstalmentQuerySet(models.QuerySet):
    def live(self):
        return self.filter(cancelled_at=None)

    def received(self):
        return self.filter(receipted_at__isnull=False)

    def outstanding(self):
        """Neither received nor cancelled."""
        return self.live().filter(receipted_at=None)

    def total(self):
        return self.aggregate(total=Sum("amount"))["total"] or 0


class Instalment(models.Model):
    case = models.ForeignKey("requests.SupportRequest", on_delete=models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    receipted_at = models.DateTimeField(null=True, blank=True)
    receipted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    receipted_how = models.CharField(max_length=10, choices=Receipted.choices, blank=True)
    recipient = models.CharField(max_length=10, choices=Recipient.choices, blank=True)
    representative = models.ForeignKey(
        Representative, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_by_name = models.CharField(max_length=120, blank=True)
    signature = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    code = models.OneToOneField(OneTimeCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_for: Any = SealedJSONField(null=True, blank=True, help_text="what the receipt says, as it was signed")
    received_sha256 = models.CharField(max_length=64, blank=True, help_text="hash of what the receipt says")
    note = models.CharField(max_length=300, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_why = models.CharField(max_length=12, choices=CancelReason.choices, blank=True)
    cancelled_note = models.CharField(max_length=300, blank=True)

    objects = InstalmentQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="instalment_number_once"),
            models.CheckConstraint(
                name="receipted_says_by_whom_and_how",
                condition=Q(receipted_at=None, receipted_by=None, receipted_how="")
                | (Q(receipted_at__isnull=False, receipted_by__isnull=False) & ~Q(receipted_how="")),
            ),
            models.CheckConstraint(
                name="cancelled_says_by_whom_and_why",
                condition=Q(cancelled_at=None, cancelled_by=None, cancelled_why="")
                | (Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancelled_why="")),
            ),
            models.CheckConstraint(
                name="what_is_received_is_not_cancelled", condition=Q(receipted_at=None) | Q(cancelled_at=None)
            ),
            models.CheckConstraint(
                name="a_receipt_by_code_has_its_code",
                condition=Q(receipted_how="code", code__isnull=False) | (~Q(receipted_how="code") & Q(code=None)),
            ),
            models.CheckConstraint(
                name="a_receipt_on_a_file_has_it",
                condition=~Q(receipted_how__in=ON_A_FILE) | Q(signature__isnull=False),
            ),
            models.CheckConstraint(
                name="a_receipt_keeps_what_was_signed_for",
                condition=Q(receipted_at=None) | Q(signed_for__isnull=False),
            ),
            models.CheckConstraint(name="an_instalment_is_money", condition=Q(amount=None) | Q(amount__gt=0)),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "case"],
                name="instalment_outstanding",
                condition=Q(receipted_at=None, cancelled_at=None),
            )
        ]

    class Privacy:
        personal = ("amount", "received_by_name", "note", "recipient", "representative", "code", "received_sha256")
        sensitive = ("signature", "signed_for", "cancelled_why", "cancelled_note")
        neither = ("id case number due_on receipted_at receipted_by receipted_how cancelled_at cancelled_by").split()

    def __str__(self):
        return f"{self.case_id} #{self.number}"

    @property
    def outstanding(self) -> bool:
        return self.receipted_at is None and self.cancelled_at is None

    @property
    def ended_by_death(self) -> bool:
        return self.cancelled_why == CancelReason.DIED


class ProofPhoto(models.Model):
    """A photograph of what was given. People are in it only where they agreed."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("before")
        AFTER = "after", _("after")
        HANDOVER = "handover", _("the handing over")

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="photographs")
    instalment = models.ForeignKey(
        Instalment, on_delete=models.SET_NULL, null=True, blank=True, related_name="photographs"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    moment = models.CharField(max_length=10, choices=Moment.choices)
    caption = models.CharField(max_length=200, blank=True)
    shows_people = models.BooleanField(default=False)
    agreed = models.BooleanField(default=False)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="people_in_a_photograph_agreed", condition=Q(shows_people=False) | Q(agreed=True)
            )
        ]

    class Privacy:
        personal = ("caption", "shows_people", "agreed")
        sensitive = ("file",)
        neither = ("id", "award", "instalment", "moment", "added_by", "added_at")

    def __str__(self):
        return f"{self.award_id} {self.moment}"


class CollectionCall(models.Model):
    """A call to somebody whose instalment lies uncollected, and what came of it."""

    class Result(models.TextChoices):
        WILL_COME = "will_come", _("reached; will come on a day")
        REACHED = "reached", _("reached; no day yet")
        NO_ANSWER = "no_answer", _("no answer")
        WRONG_NUMBER = "wrong_number", _("the number is not theirs")

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="calls")
    result = models.CharField(max_length=12, choices=Result.choices)
    comes_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="whoever_will_come_said_when",
                condition=Q(result="will_come", comes_on__isnull=False) | (~Q(result="will_come") & Q(comes_on=None)),
            )
        ]

    class Privacy:
        personal = ("note", "comes_on")
        sensitive = ()
        neither = ("id", "award", "result", "by", "at")

    def __str__(self):
        return f"{self.award_id} {self.result}"


class ReferralLetter(models.Model):
    """A letter that commends somebody to another body: numbered within its Hijri year, and never changed."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="letters")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    dated_on = models.DateField()
    addressee = models.CharField(max_length=120)
    body = models.TextField()
    signatory = models.CharField(max_length=120)
    signatory_title = models.CharField(max_length=80)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["year", "serial"], name="letter_number_once")]

    class Privacy:
        personal = ("body",)
        sensitive = ()
        neither = "id award year serial dated_on addressee signatory signatory_title by at".split()

    def __str__(self):
        return self.number

    @property
    def number(self) -> str:
        return f"{self.year}-{self.serial}"
