"""Verbs on inquiries."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from channels.models import INQUIRY_DESK, Inquiry
from core import audit, clock, outbox
from core.errors import Refused
from core.references import format_reference


@transaction.atomic
def ask(*, by: audit.Actor, **facts: Any) -> Inquiry:
    """Take an inquiry, a remark or a complaint, and tell the person it came."""
    inquiry = Inquiry.objects.create(**facts)
    audit.record("asked", inquiry, by=by)
    tell(inquiry, "inquiry_received")
    return inquiry


@transaction.atomic
def give_answer(inquiry: Inquiry, *, by: User, text: str) -> Inquiry:
    """Answer once; the person is told where to read it."""
    inquiry = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if not by.holds(*INQUIRY_DESK):
        raise Refused(_("Inquiries are answered by the association's officers."))
    if inquiry.answered_at:
        raise Refused(_("A colleague has answered this inquiry already."))
    inquiry.answer, inquiry.answered_at, inquiry.answered_by = text, clock.now(), by
    inquiry.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record("answered", inquiry, by=by)
    tell(inquiry, "inquiry_answered")
    return inquiry


def tell(inquiry: Inquiry, event: str) -> None:
    link = settings.PORTAL_URL + reverse("channels:inquiry_status", args=[inquiry.status_token])
    outbox.post(
        event,
        to=inquiry.mobile,
        about=inquiry,
        facts={"reference": format_reference(inquiry.reference), "link": link},
    )
