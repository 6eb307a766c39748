"""The promise of a message: a row in the same transaction as its cause. Delivery (`channels`) only keeps it."""

import logging
from datetime import timedelta
from typing import Any

from celery import current_app
from django.db import models, transaction

from core import clock
from core.audit import name_of
from core.models import OutboxRow, OutboxState

AHEAD = timedelta(days=1)
log = logging.getLogger(__name__)


def post(
    event: str,
    *,
    to: str,
    about: models.Model,
    once: str = "",
    facts: dict[str, Any] | None = None,
    urgent: bool = False,
) -> None:
    """Promise one message about `about` to one address.

    `once` distinguishes repeated events of one kind on one subject; the same event, subject, `once` is
    promised once only, however often this is called. Nothing is sent when there is no address. An `urgent` one
    goes before whatever waits: a code is good for minutes, and a thousand reminders may stand in the queue.
    """
    if not to:
        return
    subject_type, subject_id = name_of(about)
    OutboxRow.objects.bulk_create(
        [
            OutboxRow(
                key=f"{event}:{subject_type}:{subject_id}:{once}",
                event=event,
                address=to,
                facts=facts or {},
                subject_type=subject_type,
                subject_id=subject_id,
                not_before=clock.now() - (AHEAD if urgent else timedelta(0)),
            )
        ],
        ignore_conflicts=True,
    )
    transaction.on_commit(nudge)


def withhold(about: models.Model, *, why: str) -> None:
    """Keep back what was promised about `about` and has not gone; it stands among the messages not sent, with why.

    In the transaction of the promise, so that no sweep has taken it.
    """
    subject_type, subject_id = name_of(about)
    OutboxRow.objects.filter(subject_type=subject_type, subject_id=subject_id, state=OutboxState.PENDING).update(
        state=OutboxState.FAILED, trouble=why[:200], settled_at=clock.now()
    )


def nudge() -> None:
    """Ask the worker to sweep soon. The row is the promise, so a broker that is down costs only time."""
    try:
        current_app.send_task("channels.tasks.sweep_outbox", retry=False)
    except Exception:  # whatever the broker's fault, the sweep comes by itself
        log.warning("the broker cannot be reached; the sweep will deliver")
