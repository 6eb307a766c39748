"""A page that is watched and a sweep move one import on at once: each row is brought in once, and counted once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from beneficiaries.exchange import actions
from beneficiaries.models import ImportRow, PeopleImport
from tests.beneficiaries.workbooks import FAHD, taken
from tests.cast import sample_id

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
HANDS, ROWS = 4, 12


def brought_by_many_at_once(cast) -> list[str]:
    brought = taken(cast, *[[FAHD[0], sample_id(8100 + row), *FAHD[2:]] for row in range(ROWS)])
    actions.match(brought, by=cast.noura, mapping=brought.mapping)
    actions.advance(brought)
    actions.begin(brought, by=cast.noura)
    start = threading.Barrier(HANDS)

    def advance(_hand):
        start.wait(10)
        try:
            actions.advance(brought)
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(advance, range(HANDS)))
    return list(ImportRow.objects.values_list("outcome", flat=True))


def test_each_row_is_brought_in_once(cast):
    assert brought_by_many_at_once(cast) == [ImportRow.Outcome.BROUGHT] * ROWS


def test_control_without_the_lock_a_row_is_taken_twice(cast, monkeypatch):
    monkeypatch.setattr(actions, "locked", lambda brought: PeopleImport.objects.get(pk=brought.pk))
    assert ImportRow.Outcome.KNOWN in brought_by_many_at_once(cast)
