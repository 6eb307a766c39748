from decimal import Decimal

import pytest

from oversight.demo.walk import STEPS
from requests.models import Study, SupportRequest
from tests import recorded
from tests.cast import new_case, walk


@pytest.fixture
def given(cast, day_one):
    """`given(total="1200.00", kind="sponsorship", months=12)`: a case whose registration is complete, as decided so."""

    def bring(*, total: str | None = "1200.00", kind: str = "", months: int | None = None) -> SupportRequest:
        asked = (total, kind, months)
        return recorded.afterwards(lambda: make(*asked), "given", *asked, traveller=day_one)

    def make(total: str | None, kind: str, months: int | None) -> SupportRequest:
        case = walk(new_case(by=cast.noura), cast, to="committee_review")
        amount = Decimal(total) if total else None
        Study.objects.filter(case=case).update(amount=amount, kind=kind, months=months)
        for step in ("carried", "approved", "registered"):
            if step == "approved":
                day_one.move_to(f"{case.earliest_decision_on}T09:00:00+03:00", tick=False)
            STEPS[step](SupportRequest.objects.get(pk=case.pk), cast)
        return SupportRequest.objects.get(pk=case.pk)

    return bring


@pytest.fixture
def registered(given):
    """1,200 riyals, collected at the office; not planned yet."""
    return given()
