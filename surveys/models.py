"""Satisfaction, «للتطوير لا للعقاب»: an answer carries no key to a person, a request or an invitation (rule 6)."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from core.tokens import sha256
from requests.models import SupportRequest


class Face(models.IntegerChoices):
    VERY_BAD = 1, _("Very bad")
    BAD = 2, _("Bad")
    FAIR = 3, _("Fair")
    GOOD = 4, _("Good")
    VERY_GOOD = 5, _("Excellent")


class InvitationQuerySet(models.QuerySet):
    def holding(self, token: str):
        """The open invitation whose link, first or second, is this one."""
        digest = sha256(token)
        mine = models.Q(token_sha256=digest) | models.Q(second_sha256=digest)
        return self.filter(mine, answered=False, closed=False)


class Invitation(models.Model):
    """One question sent after one delivery. Only hashes of its links are kept; the links are the person's."""

    case = models.OneToOneField(SupportRequest, on_delete=models.CASCADE, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    second_sha256 = models.CharField(max_length=64, unique=True, null=True)
    invited_on = models.DateField(default=clock.today)
    answered = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)

    objects = InvitationQuerySet.as_manager()

    class Privacy:
        personal = ("case", "token_sha256", "second_sha256")
        sensitive = ()
        neither = ("id", "invited_on", "answered", "closed")

    def __str__(self):
        return f"{self.invited_on}"


class Answer(models.Model):
    """One answer: what was asked about, and no way back to who answered. The key is random, so order tells nothing.

    `edit_hash` lets the holder of the link change the answer for a day; it is computed from the link itself,
    which the database does not hold, and is wiped when the day is over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    month = models.CharField(max_length=7)
    service = models.CharField(max_length=50)
    branch = models.CharField(max_length=50)
    channel = models.CharField(max_length=30)
    outcome = models.CharField(max_length=20)
    stage = models.CharField(max_length=20)
    face = models.PositiveSmallIntegerField(choices=Face.choices)
    words = models.TextField(blank=True)
    edit_hash = models.CharField(max_length=64, null=True, unique=True)
    edit_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="five_faces", condition=models.Q(face__gte=1, face__lte=5)),
        ]

    class Privacy:
        personal = ("words",)
        sensitive = ()
        neither = (
            "id",
            "month",
            "service",
            "branch",
            "channel",
            "outcome",
            "stage",
            "face",
            "edit_hash",
            "edit_until",
        )

    def __str__(self):
        return f"{self.month} {self.service} {self.face}"
