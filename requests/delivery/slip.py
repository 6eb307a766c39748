"""The slip of one receipt, on A5 or a roll: what was received, and no identifier, since slips get lost.

The association's own copy says besides what it was paid from; the person's never does (docs/delivery.md).
"""

from typing import Any

from django.urls import reverse

from requests.models import Award, Instalment

PAPERS = {"a5": "a5", "80": "roll"}


def slip_of(award: Award, instalment: Instalment, *, own_copy: bool = False) -> dict[str, Any]:
    """What `requests/delivery/slip.html` prints; `own_copy` is the one that stays with the association."""
    numbers = [each.number for each in award.case.instalments.live()]
    return {
        "case": award.case,
        "award": award,
        "own_copy": own_copy,
        "each": instalment,
        "items": [line for line in award.items.splitlines() if line.strip()],
        "count": len(numbers),
        "place": numbers.index(instalment.number) + 1,
        "back": reverse("requests:delivery", args=[award.case.reference]),
    }
