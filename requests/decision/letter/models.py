"""The letter that tells a person the decision, kept as it was issued."""

import secrets

from django.db import models

from core import clock
from core.sealed import SealedJSONField
from requests.decision.models import Decision

TOKEN_DIGITS = 10


def new_token() -> str:
    """Ten random digits beside the number: letters are numbered in order, so the number alone would be guessed."""
    return str(secrets.randbelow(9 * 10 ** (TOKEN_DIGITS - 1)) + 10 ** (TOKEN_DIGITS - 1))


class Letter(models.Model):
    """One issued decision in the words the person reads. Rows are never altered (trigger): a letter printed again is
    the same letter."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="letter")
    year = models.PositiveSmallIntegerField(help_text="Hijri year of the decision")
    number = models.PositiveIntegerField()
    token = models.CharField(max_length=TOKEN_DIGITS, unique=True, default=new_token)
    content = SealedJSONField(help_text="the letter, word for word")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="letter_number_once_a_year")]

    class Privacy:
        personal = ("token",)
        sensitive = ("content", "sha256")
        neither = ("id", "decision", "year", "number", "made_at")

    def __str__(self):
        return f"{self.year}-{self.number}"
