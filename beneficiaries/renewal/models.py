"""Reaching people without their asking (rule 7): what came of each attempt."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock


class Outreach(models.Model):
    """One attempt to reach a person about their file."""

    class Result(models.TextChoices):
        REACHED = "reached", _("reached; they will come or send")
        CONFIRMED = "confirmed", _("confirmed by telephone: nothing changed")
        NO_ANSWER = "no_answer", _("no answer")
        WRONG_NUMBER = "wrong_number", _("the number is not theirs")
        DECLINED = "declined", _("does not want to renew")

    person = models.ForeignKey("beneficiaries.Person", on_delete=models.CASCADE, related_name="outreach")
    channel = models.CharField(_("how"), max_length=30)
    mobile = models.CharField(_("the number called"), max_length=16, blank=True)
    result = models.CharField(_("what came of it"), max_length=12, choices=Result.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["made_at"], name="outreach_made")]

    class Privacy:
        personal = ("person", "mobile", "result", "note")
        sensitive = ()
        neither = ("id", "channel", "made_by", "made_at")

    def __str__(self):
        return f"{self.person_id} {self.result}"


class Calling(models.Model):
    """Who is calling this person just now, so that no colleague calls them too; it lapses by itself."""

    person = models.OneToOneField("beneficiaries.Person", on_delete=models.CASCADE, related_name="calling")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    class Privacy:
        personal = ("person",)
        sensitive = ()
        neither = ("id", "by", "until")

    def __str__(self):
        return f"{self.person_id} {self.by_id}"
