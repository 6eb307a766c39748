"""What the committee's pages send back with a click."""

from committee.models import Motion
from requests.models import Decision


def standing(*references) -> list[int]:
    """The keys on the pages of these cases now: the proposal put to the vote, and what was carried."""
    put = Motion.objects.filter(item__case__reference__in=references, closed_at=None)
    carried = Decision.objects.filter(case__reference__in=references, settled_at=None)
    return [*put.values_list("pk", flat=True), *carried.values_list("pk", flat=True)]
