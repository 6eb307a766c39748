"""The sweep over core's outbox: claim with a lease, send, settle. Safe to run twice, or by two workers at once.

pending → sending → sent | failed | uncertain. A row whose sender died is uncertain: the provider may have
accepted it, so staff settle it; it is never resent blindly.
"""

import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction

from channels import gateways, wording
from channels.codes.actions import OF_CODES
from channels.codes.rules import LIFETIME
from core import clock
from core.models import OutboxRow, OutboxState

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 8
CLAIMING_FOR = timedelta(seconds=80)
"""With the mail server's patience on top, a sweep ends before its task is killed (`CELERY_TASK_TIME_LIMIT`)."""


def sweep(limit: int = 500) -> int:
    """Send what is due, oldest first. Returns how many were settled as sent.

    What is still due after `CLAIMING_FOR` is left to the next sweep, which comes anyway.
    """
    give_up_expired_leases()
    sent, until = 0, clock.now() + CLAIMING_FOR
    for _turn in range(limit):
        row = claim_one() if clock.now() < until else None
        if row is None:
            break
        sent += deliver(row)
    return sent


@transaction.atomic
def claim_one() -> OutboxRow | None:
    """Take one pending row for this worker alone; a row another worker holds is passed over."""
    row = (
        OutboxRow.objects.filter(state=OutboxState.PENDING, not_before__lte=clock.now())
        .select_for_update(skip_locked=True)
        .order_by("not_before", "id")
        .first()
    )
    if row is None:
        return None
    row.state, row.claim, row.lease_until = OutboxState.SENDING, uuid.uuid4(), clock.now() + LEASE
    row.attempts += 1
    row.save(update_fields=["state", "claim", "lease_until", "attempts"])
    return row


def deliver(row: OutboxRow) -> bool:
    """Send one claimed row and settle it. True when it was sent."""
    if is_code(row) and row.created_at + LIFETIME < clock.now():
        return settle(row, OutboxState.FAILED, trouble="the code expired before it could be sent") and False
    try:
        gateways.send(row.address, wording.render(row.event, row.facts))
    except gateways.NotSent as error:
        if row.attempts < MOST_ATTEMPTS:
            settle(row, OutboxState.PENDING, trouble=str(error), wait=timedelta(minutes=2**row.attempts))
        else:
            settle(row, OutboxState.FAILED, trouble=str(error))
    except (gateways.Rejected, KeyError) as error:
        settle(row, OutboxState.FAILED, trouble=f"{type(error).__name__}: {error}")
    except gateways.Unsure as error:
        settle(row, OutboxState.UNCERTAIN, trouble=str(error))
    else:
        return settle(row, OutboxState.SENT)
    return False


def settle(row: OutboxRow, state: str, *, trouble: str = "", wait: timedelta | None = None) -> bool:
    """Write the outcome, only while the claim is still ours. What the message said is forgotten once sent,
    and a code's digits whatever came of it."""
    now = clock.now()
    changes: dict[str, Any] = {"state": state, "claim": None, "lease_until": None, "trouble": trouble[:200]}
    if wait:
        changes["not_before"] = now + wait
    else:
        changes["settled_at"] = now
    if state == OutboxState.SENT or (is_code(row) and not wait):
        changes["facts"] = {}
    return OutboxRow.objects.filter(pk=row.pk, claim=row.claim).update(**changes) == 1


def is_code(row: OutboxRow) -> bool:
    """A one-time code: late it is useless, and its digits are kept no longer than they must be."""
    return row.event in OF_CODES


def give_up_expired_leases() -> int:
    """A sender that died mid-way leaves a doubt, and a doubt is shown, not resent."""
    expired = OutboxRow.objects.filter(state=OutboxState.SENDING, lease_until__lt=clock.now())
    expired.filter(event__in=OF_CODES).update(facts={})
    return expired.update(
        state=OutboxState.UNCERTAIN,
        claim=None,
        lease_until=None,
        settled_at=clock.now(),
        trouble="the sender stopped",
    )
