"""Inquiries, remarks and complaints: answered without delay (policy clauses DO-3, PS-D2, PS-D3)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role
from core import clock
from core.references import new_reference
from core.tokens import new_token

INQUIRY_DESK = (Role.OFFICER, Role.RESEARCHER, Role.MANAGER)


class InquiryQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.all() if user.is_active and user.holds(*INQUIRY_DESK) else self.none()

    def unanswered(self):
        return self.filter(answered_at=None)


class Inquiry(models.Model):
    class Kind(models.TextChoices):
        INQUIRY = "inquiry", _("inquiry")
        REMARK = "remark", _("remark or suggestion")
        COMPLAINT = "complaint", _("complaint")

    reference = models.CharField(max_length=9, unique=True, default=new_reference, editable=False)
    status_token = models.CharField(max_length=22, unique=True, default=new_token, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.INQUIRY)
    channel = models.CharField(max_length=30, default="website")
    name = models.CharField(_("your name"), max_length=150, blank=True)
    mobile = models.CharField(_("mobile"), max_length=16)
    text = models.TextField(_("your question or remark"))
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.TextField(_("the answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = InquiryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_answered_inquiry_has_its_answer",
                condition=Q(answered_at=None, answered_by=None, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
            )
        ]

    class Privacy:
        personal = ("reference", "status_token", "name", "mobile", "text", "answer")
        sensitive = ()
        neither = ("id", "kind", "channel", "asked_at", "answered_at", "answered_by")

    def __str__(self):
        return self.reference


from channels.codes.models import OneTimeCode  # noqa: E402

__all__ = ["OneTimeCode"]
