"""What a code is, and how many may be sent (trust.md, «the public side»). Questions without side effects."""

from datetime import timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from channels.codes.models import OneTimeCode
from core import clock
from core.identifiers import lookup_hash
from core.limits import Limit

DIGITS = 6
LIFETIME = timedelta(minutes=10)
MOST_TRIES = 5

TO_ONE_NUMBER = Limit("codes-number", 5, timedelta(hours=1))
BY_ONE_OFFICER = Limit("codes-officer", 60, timedelta(hours=1))
FROM_ONE_ADDRESS = Limit("codes-address", 20, timedelta(hours=1))
IN_A_DAY = Limit("codes-day", 1000, timedelta(days=1))
"""Beyond the day's budget no code is sent, and the page goes on: whoever asks offers another way."""


class Spent(StrEnum):
    """Which budget is used up."""

    NUMBER = "number"
    ASKER = "asker"
    DAY = "day"


SENTENCES: dict[Spent, str | Promise] = {
    Spent.NUMBER: _("Several codes went to this mobile in a short while. Another can be sent in a quarter of an hour."),
    Spent.ASKER: _("Many codes were asked for from here. Another can be sent in a quarter of an hour."),
    Spent.DAY: _("No more codes are sent today; tomorrow they are sent again."),
}

NOT_ACCEPTED = _(
    "This code is not accepted: it is wrong, or ten minutes have passed, or it was used. Check it, or send a new one."
)
"""One sentence for every code that is none: which of these it was helps only whoever guesses."""


def fingerprint(code: str, *, purpose: str, subject: str, mobile: str) -> str:
    """The keyed hash of a code, true for one subject, one number and one purpose alone."""
    return lookup_hash(f"code\n{purpose}\n{subject}\n{mobile}\n{code}")


def is_open(row: OneTimeCode) -> bool:
    """Whether the code can still be used: not used, not expired, not guessed at too often."""
    return row.used_at is None and row.expires_at > clock.now() and row.tries < MOST_TRIES
