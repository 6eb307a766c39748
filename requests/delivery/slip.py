"""The slip of one receipt, on A5 or a roll: what was received, and no identifier, since slips get lost."""

from typing import Any

from django.urls import reverse

from requests.models import Award, Instalment

PAPERS = {"a5": "a5", "80": "roll"}


def slip_of(award: Award, instalment: Instalment) -> dict[str, Any]:
    """What `requests/delivery/slip.html` prints."""
    numbers = [each.number for each in award.case.instalments.live()]
    return {
        "case": award.case,
        "award": award,
        "each": instalment,
        "items": [line for line in award.items.splitlines() if line.strip()],
        "count": len(numbers),
        "place": numbers.index(instalment.number) + 1,
        "back": reverse("requests:delivery", args=[award.case.reference]),
    }
