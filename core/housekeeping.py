"""What has served its purpose is thrown away: spent form keys, emptied rate buckets, forgotten drafts."""

from datetime import timedelta

from core import clock
from core.models import Draft, FormKey, RateBucket

KEPT = (
    (RateBucket, "at", timedelta(days=2)),
    (FormKey, "used_at", timedelta(days=30)),
    (Draft, "updated_at", timedelta(days=30)),
)


def sweep() -> int:
    """Delete what is past its time; returns how many rows. A draft stays a month after it was last touched."""
    now = clock.now()
    return sum(model.objects.filter(**{f"{moment}__lt": now - kept}).delete()[0] for model, moment, kept in KEPT)
