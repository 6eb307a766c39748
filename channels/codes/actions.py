"""Sending a code and using it. The digits exist in the message alone: here only their keyed hash is kept."""

import secrets
from datetime import UTC, datetime
from hmac import compare_digest

from django.db import transaction
from django.db.models import F, QuerySet

from accounts.models import User
from channels.codes import rules
from channels.codes.models import OneTimeCode
from channels.codes.rules import Spent
from core import clock, outbox
from core.audit import name_of
from core.errors import Refused
from core.limits import within
from core.models import OutboxRow

EVENTS = {OneTimeCode.Purpose.SIGN: "code_to_sign", OneTimeCode.Purpose.OPEN: "code_to_open"}
OF_CODES = (*EVENTS.values(), "code_to_receive")
NONE_SENT = OneTimeCode(pk=0, code_hash="0" * 64, expires_at=datetime.min.replace(tzinfo=UTC))
"""Stands in for a code that was never sent, so that the path is the same."""


class BudgetSpent(Refused):
    """No code is sent now; `which` says why, for the page that offers another way."""

    def __init__(self, which: Spent):
        super().__init__(rules.SENTENCES[which])
        self.which = which


def send(
    *,
    purpose: OneTimeCode.Purpose,
    subject: str,
    mobile: str,
    bound_to: str = "",
    by: User | None = None,
    address="",
    event: str = "",
) -> OneTimeCode:
    """Send six digits to `mobile`, the number on file. Asked for by staff (`by`) or from an `address`.

    `bound_to` is the SHA-256 of what the code signs, and `event` the message that says so where the purpose's own
    does not. An earlier code for the same subject is no longer good.
    Raises BudgetSpent; the budgets are counted in their own transactions, so do not call it inside one.
    """
    if which := take_budget(mobile, by=by, address=address):
        raise BudgetSpent(which)
    return promise(purpose=purpose, subject=subject, mobile=mobile, bound_to=bound_to, by=by, event=event)


def take_budget(mobile: str, *, by: User | None, address: str) -> Spent | None:
    """Count one sending against the number, whoever asks, and the day; the budget that is used up, if any."""
    if not within(rules.TO_ONE_NUMBER, mobile):
        return Spent.NUMBER
    if not (within(rules.BY_ONE_OFFICER, str(by.pk)) if by else within(rules.FROM_ONE_ADDRESS, address)):
        return Spent.ASKER
    return None if within(rules.IN_A_DAY) else Spent.DAY


@transaction.atomic
def promise(*, purpose: str, subject: str, mobile: str, bound_to: str, by: User | None, event: str = "") -> OneTimeCode:
    """Keep the hash and promise the message; what was promised before it for the same subject is kept back."""
    for earlier in OneTimeCode.objects.filter(purpose=purpose, subject=subject, used_at=None):
        withdraw(earlier)
    code, now = f"{secrets.randbelow(10**rules.DIGITS):0{rules.DIGITS}}", clock.now()
    row = OneTimeCode.objects.create(
        purpose=purpose,
        subject=subject,
        mobile_lookup=rules.lookup_hash(mobile),
        code_hash=rules.fingerprint(code, purpose=purpose, subject=subject, mobile=mobile),
        bound_to=bound_to,
        sent_at=now,
        expires_at=now + rules.LIFETIME,
        asked_by=by,
    )
    event = event or EVENTS[OneTimeCode.Purpose(purpose)]
    outbox.post(event, to=mobile, about=row, facts={"code": code}, urgent=True)
    return row


def withdraw(code: OneTimeCode) -> None:
    """Keep its message back if it has not gone, so that nobody reads two codes; its digits are not kept."""
    outbox.withhold(code, why="a newer code was asked for")
    subject_type, subject_id = name_of(code)
    OutboxRow.objects.filter(subject_type=subject_type, subject_id=subject_id, settled_at__isnull=False).update(
        facts={}
    )


def held(*, purpose: str, subject: str) -> OneTimeCode | None:
    """The last code sent for a subject, its row held: of guesses at once each sees the tries before it."""
    return sent_for(purpose, subject).select_for_update().first()


@transaction.atomic(durable=True)
def find(*, purpose: str, subject: str, mobile: str, typed: str) -> OneTimeCode | None:
    """The code that `typed` is; None for a wrong, expired, used or retired one and for one never sent.

    A wrong one is counted, for good: in its own transaction, whatever becomes of the page that asked. All of
    them take the same path: one row locked, one hash compared, one row written.
    """
    row = held(purpose=purpose, subject=subject) or NONE_SENT
    same = compare_digest(row.code_hash, rules.fingerprint(typed, purpose=purpose, subject=subject, mobile=mobile))
    good = rules.is_open(row) and same
    OneTimeCode.objects.filter(pk=row.pk).update(tries=F("tries") + (0 if good else 1))
    return row if good else None


@transaction.atomic
def use(code: OneTimeCode) -> OneTimeCode:
    """Use the code up, in the transaction of what it is for. Of two at once, one. Raises Refused."""
    now = clock.now()
    if not OneTimeCode.objects.filter(pk=code.pk, used_at=None, expires_at__gt=now).update(used_at=now):
        raise Refused(rules.NOT_ACCEPTED)
    code.used_at = now
    return code


def latest(*, purpose: str, subject: str) -> OneTimeCode | None:
    """The last code sent for a subject."""
    return sent_for(purpose, subject).first()


def sent_for(purpose: str, subject: str) -> QuerySet[OneTimeCode]:
    return OneTimeCode.objects.filter(purpose=purpose, subject=subject).order_by("-sent_at", "-pk")
