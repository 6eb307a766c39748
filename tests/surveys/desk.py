"""Deliveries, the links sent after them, and answering."""

import re

from core.models import OutboxRow


def links() -> list[str]:
    """The survey links promised so far, oldest first."""
    rows = OutboxRow.objects.filter(event__startswith="survey").order_by("id")
    return [re.search(r"/s/[^/]+/", row.facts["link"])[0] for row in rows]
