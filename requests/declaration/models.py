"""What the applicant signed, and how."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from beneficiaries.models import Representative
from channels.models import OneTimeCode
from core import clock
from core.models import StoredFile
from core.sealed import SealedJSONField


class Declaration(models.Model):
    """What the applicant signed, word for word, and what was declared, as at submission (rule 3)."""

    class Signed(models.TextChoices):
        DRAWN = "drawn", _("drawn on the screen")
        PAPER = "paper", _("on paper")
        CODE = "code", _("by a code sent to the mobile")

    case = models.OneToOneField("requests.SupportRequest", on_delete=models.PROTECT, related_name="declaration")
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    signed = models.CharField(max_length=10, choices=Signed.choices)
    signature = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    code = models.OneToOneField(OneTimeCode, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    representative = models.ForeignKey(
        Representative,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="who signed; empty: the person",
    )
    signed_at = models.DateTimeField(default=clock.now)
    witness = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    data = SealedJSONField()
    data_sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_drawn_signature_is_kept",
                condition=~Q(signed="drawn") | Q(signature__isnull=False),
            ),
            models.CheckConstraint(
                name="a_signature_by_code_has_its_code",
                condition=Q(signed="code", code__isnull=False) | (~Q(signed="code") & Q(code__isnull=True)),
            ),
        ]

    class Privacy:
        personal = ("witness", "representative", "data_sha256", "code")
        sensitive = ("signature", "data")
        neither = ("id", "case", "text", "text_sha256", "signed", "signed_at")

    def __str__(self):
        return f"{self.case} {self.signed}"

    @property
    def speaker(self) -> Representative | None:
        """Who signed for the person, as written at the signing or with the paper scanned later."""
        return self.representative or (self.scan.representative if self.scan else None)

    @property
    def read_aloud(self) -> bool:
        """Whether it was read to the applicant before they signed, as the officer ticked; not so with a letter."""
        told = self.case.informed_at
        return told is not None and told <= self.signed_at

    @property
    def scan(self) -> "SignedPaper | None":
        return getattr(self, "paper", None)

    @property
    def seen_signature(self) -> StoredFile | None:
        """The drawn signature, or the signed paper scanned then or later; a code leaves none."""
        return self.signature or (self.scan.file if self.scan else None)


class SignedPaper(models.Model):
    """The paper signed at the counter, scanned after the registration; the declaration itself never changes."""

    declaration = models.OneToOneField(Declaration, on_delete=models.PROTECT, related_name="paper")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    representative = models.ForeignKey(
        Representative, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="who signed it"
    )
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Privacy:
        personal = ("representative",)
        sensitive = ("file",)
        neither = ("id", "declaration", "added_by", "added_at")

    def __str__(self):
        return f"{self.declaration} {self.added_at:%Y-%m-%d}"
