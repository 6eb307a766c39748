"""Which band of need an income per person falls into, and what may not become of the table."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from policies.bands.models import NeedBand

EXAMPLE: tuple[tuple[str, int | None], ...] = (
    ("أ: حاجة شديدة", 500),
    ("ب: حاجة متوسطة", 1000),
    ("ج: حاجة محدودة", 1750),
    ("د: فوق حد الحاجة", None),
)
"""The table an association begins with; it is marked as an example until the association edits it."""


def band_of(per_head: Decimal, bands: Iterable[NeedBand]) -> NeedBand | None:
    """The lowest band that reaches this income, riyals a month; below nothing counts as nothing. None where the
    association has no table."""
    amount = max(per_head, Decimal(0))
    return next((band for band in bands if band.up_to is None or amount <= band.up_to), None)


def lacks_the_last(bound: Decimal | None, *, last: NeedBand | None, band: NeedBand) -> str | None:
    """Why a band with this upper bound would leave the highest incomes without one; `last` is the open band."""
    if bound is None or (last and last.pk != band.pk):
        return None
    return _("Leave the upper bound of the last band empty, so that every income falls into a band.")


def bound_taken(bound: Decimal | None, others: Iterable[NeedBand]) -> str | None:
    """Why two bands do not end at one amount: the second would be empty."""
    if all(other.up_to != bound for other in others):
        return None
    if bound is None:
        return _("There is a last band without an upper bound already. Give this one an amount.")
    return _("Another band ends at this amount. Give each band its own.")
