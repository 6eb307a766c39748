"""The minutes of a meeting: what happened, as it was written down, signed and, where need be, added to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.models import StoredFile
from core.sealed import EncryptedTextField, SealedJSONField


class Minutes(models.Model):
    """The minutes of one meeting. What happened is taken down once; the secretary's own words may change until the
    first signature, which fixes the hash of it all. A database trigger holds both."""

    meeting = models.OneToOneField("committee.Meeting", on_delete=models.PROTECT, related_name="minutes")
    year = models.PositiveSmallIntegerField(help_text="Hijri year of the meeting")
    number = models.PositiveSmallIntegerField()
    data = SealedJSONField(help_text="what happened, in the words that are printed")
    discussion = EncryptedTextField(_("what was discussed"), null=True, blank=True)
    recommendations = EncryptedTextField(_("recommendations of the committee"), null=True, blank=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=clock.now)
    locked_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="minutes_number_once_a_year"),
            models.CheckConstraint(
                name="locked_minutes_have_their_hash",
                condition=Q(locked_at=None, sha256="") | (Q(locked_at__isnull=False) & ~Q(sha256="")),
            ),
        ]

    class Privacy:
        personal = ()
        sensitive = ("data", "discussion", "recommendations", "sha256")
        neither = ("id", "meeting", "year", "number", "drafted_by", "drafted_at", "locked_at")

    def __str__(self):
        return f"{self.year}-{self.number}"

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None


class Addendum(models.Model):
    """A correction of locked minutes. It stands as it was written, and its hash holds that of what it follows."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="addenda")
    number = models.PositiveSmallIntegerField()
    item = models.ForeignKey(
        "committee.AgendaItem",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="the case it speaks of: whoever that case is closed to does not read it",
    )
    text = EncryptedTextField(_("text of the addendum"))
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    follows = models.CharField(max_length=64, help_text="hash of the minutes, or of the addendum before")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["minutes", "number"], name="addendum_number_once")]

    class Privacy:
        personal = ()
        sensitive = ("text", "sha256", "follows")
        neither = ("id", "minutes", "number", "item", "written_by", "written_at")

    def __str__(self):
        return f"{self.minutes}-{self.number}"


class Signature(models.Model):
    """One signature, on the screen or on the printed paper, under the minutes or under one addendum."""

    class How(models.TextChoices):
        DRAWN = "drawn", _("on the screen")
        PAPER = "paper", _("on the printed paper")

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="signatures")
    addendum = models.ForeignKey(Addendum, on_delete=models.PROTECT, null=True, related_name="signatures")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=5, choices=How.choices)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", help_text="the picture drawn, or the paper as scanned"
    )
    reservation = EncryptedTextField(_("reservation"), null=True, blank=True)
    item = models.ForeignKey(
        "committee.AgendaItem", on_delete=models.PROTECT, null=True, related_name="+", help_text="the case reserved on"
    )
    unseen = models.JSONField(default=list, help_text="positions of the cases that were closed to whoever signed")
    sha256 = models.CharField(max_length=64, help_text="hash of what was signed")
    signed_at = models.DateTimeField(default=clock.now)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", help_text="who scanned the paper")

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "user"], condition=Q(addendum=None), name="minutes_signed_once"),
            models.UniqueConstraint(fields=["addendum", "user"], name="addendum_signed_once"),
            models.CheckConstraint(
                name="one_signs_the_screen_oneself", condition=~Q(how="drawn") | Q(taken_by=models.F("user"))
            ),
        ]

    class Privacy:
        personal = ("user", "unseen")
        sensitive = ("file", "reservation", "sha256")
        neither = ("id", "minutes", "addendum", "item", "how", "signed_at", "taken_by")

    def __str__(self):
        return f"{self.minutes} {self.user_id}"

    @property
    def by_another_hand(self) -> bool:
        """Taken down from paper by somebody else: the signer's own voice stays open."""
        return self.how == self.How.PAPER and self.taken_by_id != self.user_id

    @property
    def unconfirmed(self) -> bool:
        return self.by_another_hand and not hasattr(self, "own_word")


class OwnWord(models.Model):
    """What a signer says of a signature that another hand took down from paper: that it is theirs, or what they
    reserve. It stands beside the signature, said once; the signature itself is not touched."""

    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, related_name="own_word")
    reservation = EncryptedTextField(_("reservation"), null=True, blank=True)
    item = models.ForeignKey(
        "committee.AgendaItem", on_delete=models.PROTECT, null=True, related_name="+", help_text="the case reserved on"
    )
    sha256 = models.CharField(max_length=64, help_text="hash of what they read, the one that was signed")
    said_at = models.DateTimeField(default=clock.now)

    class Privacy:
        personal = ()
        sensitive = ("reservation", "sha256")
        neither = ("id", "signature", "item", "said_at")

    def __str__(self):
        return str(self.signature)
