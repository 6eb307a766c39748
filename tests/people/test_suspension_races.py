"""Two who decide one suspension at once: one decision, one message; with the control that without the lock there
are two."""

import pytest

from beneficiaries.models import Suspension
from beneficiaries.suspension import actions, rules
from core.errors import Refused
from core.models import AuditRow
from tests.cast import new_person
from tests.people.test_suspension import UNTRUE
from tests.races import at_once, waiting_for_all

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def decided_at_once(cast) -> int:
    """How many of two decided: one confirms, the other refuses."""
    row = actions.propose(new_person(by=cast.noura), by=cast.noura, **UNTRUE)
    ends = at_once(lambda: actions.confirm(row, by=cast.saad), lambda: actions.refuse(row, by=cast.manager, why="x"))
    return sum(not isinstance(end, Refused) for end in ends)


def decisions() -> int:
    return AuditRow.objects.filter(verb__in=("suspended", "suspension_refused")).count()


def test_one_decides(cast, day_one):
    assert decided_at_once(cast) == 1
    assert decisions() == 1


def test_control_without_the_lock_both_do(cast, day_one, monkeypatch):
    monkeypatch.setattr(rules, "why_not_settle", waiting_for_all(2, rules.why_not_settle))
    monkeypatch.setattr(actions, "held", lambda suspension: Suspension.objects.get(pk=suspension.pk))
    assert decided_at_once(cast) == 2
