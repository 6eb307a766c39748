"""Numbers of papers: 1, 2, 3 … within a series, without a gap and never twice."""

from django.db import transaction

from core.models import Series


def take(series: str) -> int:
    """The next number of a series, from 1. Its row is held until the caller's transaction ends: whoever asks meanwhile
    waits, and a transaction that fails gives its number back."""
    assert transaction.get_connection().in_atomic_block, "take a number inside the transaction of its paper"  # noqa: S101
    Series.objects.get_or_create(name=series)
    row = held(series)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def held(series: str) -> Series:
    return Series.objects.select_for_update().get(name=series)
