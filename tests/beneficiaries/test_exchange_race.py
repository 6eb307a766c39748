"""A page that is watched and a sweep move one import on at once: each row is brought in once, and counted once."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from beneficiaries.actions import amend
from beneficiaries.exchange import actions
from beneficiaries.models import ImportRow, PeopleImport, Person
from tests.beneficiaries.workbooks import FAHD, taken
from tests.cast import sample_id
from tests.races import at_once

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
HANDS, ROWS = 4, 12


def brought_by_many_at_once(cast) -> list[str]:
    brought = taken(cast, *[[FAHD[0], sample_id(8100 + row), *FAHD[2:]] for row in range(ROWS)])
    actions.match(brought, by=cast.noura, mapping=brought.mapping)
    actions.advance(brought)
    actions.begin(brought, by=cast.noura)
    at_once(*[lambda: actions.advance(brought)] * HANDS)
    return list(ImportRow.objects.values_list("outcome", flat=True))


def test_each_row_is_brought_in_once(cast):
    assert brought_by_many_at_once(cast) == [ImportRow.Outcome.BROUGHT] * ROWS


def test_control_without_the_lock_a_row_is_taken_twice(cast, monkeypatch):
    monkeypatch.setattr(actions, "locked", lambda brought: PeopleImport.objects.get(pk=brought.pk))
    assert ImportRow.Outcome.KNOWN in brought_by_many_at_once(cast)


def taken_back_while_it_is_written_in(cast) -> str:
    """What became of a file into which a colleague writes at the moment the import is undone."""
    brought = taken(cast, FAHD)
    actions.match(brought, by=cast.noura, mapping=brought.mapping)
    actions.advance(brought)
    actions.begin(brought, by=cast.noura)
    actions.advance(brought)
    actions.undo(brought, by=cast.saad, why="رُفع الملف الخطأ")

    def advance():
        try:
            actions.advance(brought)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as hand:
        with transaction.atomic():
            amend(Person.objects.get(), by=cast.saad, mobile="+966550004242")
            done = hand.submit(advance)
            time.sleep(0.5)  # until it stands before the file that is held here
        done.result(10)
    return ImportRow.objects.get().outcome


def test_a_file_that_is_written_in_just_now_stays(cast):
    assert taken_back_while_it_is_written_in(cast) == ImportRow.Outcome.KEPT
    assert Person.objects.get().mobile == "+966550004242"


def test_control_without_holding_the_file_what_was_written_is_lost(cast, monkeypatch):
    monkeypatch.setattr(actions, "held", lambda pk: Person.objects.get(pk=pk))
    assert taken_back_while_it_is_written_in(cast) == ImportRow.Outcome.UNDONE
    assert not Person.objects.exists()
