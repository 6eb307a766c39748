"""The receipt of a request, shown, printed and handed over. No name and no identifier on it: slips get lost."""

from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.audit import name_of
from core.identifiers import mask_mobile
from core.models import OutboxRow, OutboxState
from policies.models import Association, WaitingStart
from requests.models import SupportRequest
from requests.rules import days_in_words

RECEIVED_EVENTS = "request_received"
USUAL_LINES = 7
"""Papers owed and lines of hours on a roll of 280 mm."""
UNSETTLED = (OutboxState.PENDING, OutboxState.SENDING)
TONES = {OutboxState.SENT: "ok", OutboxState.FAILED: "no", OutboxState.UNCERTAIN: "you"}


def receipt_of(case: SupportRequest) -> dict[str, Any]:
    """What `parts/receipt.html` prints."""
    link = settings.PORTAL_URL + reverse("requests:status_link", args=[case.status_token])
    return {
        "reference": case.reference,
        "received": case.received_at,
        "earliest": case.earliest_decision_on,
        "waiting_sentence": waiting_sentence(case),
        "service": case.service.label,
        "officer": case.received_by.name if case.received_by else "",
        "branch": case.branch.name,
        "papers": [check.label for check in case.checks.all() if check.owed],
        "qr": qr(link),
        "follow_url": settings.PORTAL_URL + reverse("requests:status"),
        "hours": hours(Association.current()),
    }


def is_long(receipt: dict[str, Any]) -> bool:
    """Whether it outgrows the usual length of a roll: a browser cannot ask the printer for just what it needs."""
    return len(receipt["papers"]) + len(receipt["hours"]) > USUAL_LINES


def hours(association: Association) -> list[str]:
    """When to come: in Ramadan its hours, and those after it, for a slip is kept longer than a month."""
    now, usual = association.hours_now, association.hours
    if now == usual:
        return [usual] if usual else []
    return [
        _("In Ramadan: %(hours)s") % {"hours": now},
        *([_("After it: %(hours)s") % {"hours": usual}] if usual else []),
    ]


def waiting_sentence(case: SupportRequest) -> str:
    """What stands in the place of a date that is not known yet (rule 1)."""
    if case.earliest_decision_on:
        return ""
    if case.waiting_starts_at == WaitingStart.COMMITTEE_REFERRAL:
        return referral_sentence(case.min_decision_days)
    return _("No decision is issued before %(period)s from the day we tell you so.") % {
        "period": days_in_words(case.min_decision_days)
    }


def referral_sentence(days: int) -> str:
    """The promise where the period counts from the committee (association setting `waiting_starts_at`)."""
    return _("No decision is issued before %(period)s from raising your request to the committee.") % {
        "period": days_in_words(days)
    }


def qr(link: str) -> SafeString:
    """The link as a picture that needs no other request and no inline style."""
    return format_html(
        '<img src="{}" alt="{}" width="132" height="132">',
        segno.make(link, micro=False, error="m").svg_data_uri(border=2),
        _("A code that opens the request's page"),
    )


def message_state(case: SupportRequest) -> dict[str, Any]:
    """Whether the message about this request went out: a tone and one sentence with the masked mobile; `live` while
    that may still change."""
    subject_type, subject_id = name_of(case)
    rows = OutboxRow.objects.filter(subject_type=subject_type, subject_id=subject_id, event__startswith=RECEIVED_EVENTS)
    row = rows.only("state").first()
    sentences = {
        OutboxState.SENT: _("A message was sent to %(mobile)s."),
        OutboxState.FAILED: _("The message to %(mobile)s did not arrive; hand over the printed receipt."),
        OutboxState.UNCERTAIN: _(
            "It is not known whether the message to %(mobile)s arrived; hand over the printed receipt."
        ),
    }
    waiting = _("A message will be sent to %(mobile)s within minutes.")
    if row is None:
        return {
            "state": "none",
            "live": False,
            "tone": "you",
            "text": _("No message is sent for this request; hand over the printed receipt."),
        }
    text = sentences.get(OutboxState(row.state), waiting)
    # The isolate marks keep the masked digits in their order inside the Arabic sentence.
    return {
        "state": row.state,
        "live": row.state in UNSETTLED,
        "tone": TONES.get(OutboxState(row.state), "info"),
        "text": text % {"mobile": f"\u2066{mask_mobile(case.mobile_to_tell)}\u2069"},
    }
