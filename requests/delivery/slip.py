"""The slip of one receipt, on A5 or a roll: what was received, and no identifier, since slips get lost.

It is printed from what was signed for, whatever the award says by now. Before the receipt it is the paper to be signed.
The association's own copy says besides what it was paid from; the person's never does (docs/delivery.md).
"""

from typing import Any

from django.urls import reverse

from requests.delivery import rules
from requests.delivery.kinds import asks_of
from requests.models import Award, Instalment

PAPERS = {"a5": "a5", "80": "roll"}


def slip_of(award: Award, instalment: Instalment, *, own_copy: bool = False) -> dict[str, Any]:
    """What `requests/delivery/slip.html` prints; `own_copy` is the one that stays with the association."""
    numbers = [each.number for each in award.case.instalments.live()]
    facts = said(instalment)
    return {
        "case": award.case,
        "award": award,
        "own_copy": own_copy,
        "each": instalment,
        "to_sign": instalment.receipted_at is None,
        "what": facts["what"],
        "items": [line for line in facts["items"].splitlines() if line.strip()],
        "payee_label": asks_of(facts["kind"]).payee,
        "payee": facts.get("payee", ""),
        "count": len(numbers),
        "place": numbers.index(instalment.number) + 1,
        "back": reverse("requests:delivery", args=[award.case.reference]),
    }


def said(instalment: Instalment) -> dict[str, Any]:
    """What it says: as signed, or as it would be signed now. Of an old receipt whose award was described anew before
    receipts kept what they say, only what the committee decided is certain."""
    if instalment.signed_for is not None:
        return instalment.signed_for
    facts = rules.received(instalment, recipient="", name="")
    return facts if instalment.receipted_at is None else facts | {"items": "", "payee": ""}
