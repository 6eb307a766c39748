"""Two hands at one award: received once, cancelled or received, never planned beyond the decision; with controls."""

import threading
from contextlib import contextmanager, suppress
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from core.errors import Refused
from requests import workflow
from requests.delivery import rules
from requests.delivery.actions import cancel, receipt
from requests.models import Instalment
from tests.delivery.desk import planned, signed_paper
from tests.races import at_once, waiting_for_all

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def ends(*works) -> list[str]:
    found = at_once(*works, met=(Refused, DatabaseError))
    return sorted(
        "Refused" if isinstance(end, Refused) else "database" if isinstance(end, Exception) else "done" for end in found
    )


def received(case, cast, name: str):
    each, signed = case.instalments.get(number=1), signed_paper()
    return lambda: receipt(each, by=cast.store, how="paper", received_by_name=name, signature=signed)


@pytest.fixture
def in_two(registered, cast):
    planned(registered, cast, 2)
    return registered


def test_one_instalment_is_received_once(in_two, cast):
    assert ends(received(in_two, cast, "محمد"), received(in_two, cast, "سالم")) == ["Refused", "done"]
    assert in_two.instalments.received().count() == 1


def test_control_without_the_lock_the_second_meets_the_database(in_two, cast, monkeypatch):
    monkeypatch.setattr(rules, "settled", waiting_for_all(2, rules.settled))
    monkeypatch.setattr(workflow, "lock", lambda case: case)
    assert ends(received(in_two, cast, "محمد"), received(in_two, cast, "سالم")) == ["database", "done"]


def test_it_is_received_or_cancelled(in_two, cast):
    first = in_two.instalments.get(number=1)
    cancelled = lambda: cancel(in_two, by=cast.store, why="refused", only=first)  # noqa: E731
    assert ends(received(in_two, cast, "محمد"), cancelled) == ["Refused", "done"]
    first.refresh_from_db()
    assert (first.receipted_at is None) != (first.cancelled_at is None)


PATIENCE = 2


def two_more(case) -> Decimal:
    """Two add 600 riyals each to a schedule that has room for one, each holding its row until the other has added."""
    case.instalments.filter(number=2).delete()
    both = threading.Barrier(2)

    def add(number: int):
        with transaction.atomic():
            Instalment.objects.create(case=case, number=number, amount=Decimal("600.00"))
            with suppress(threading.BrokenBarrierError):
                both.wait(PATIENCE)

    at_once(lambda: add(3), lambda: add(4), met=(DatabaseError,))
    return case.instalments.live().total()


def test_two_plans_at_once_do_not_pass_the_decision(in_two):
    assert two_more(in_two) == Decimal("1200.00")


def test_control_without_the_triggers_lock_they_do(in_two):
    with trigger_without(" FOR UPDATE"):
        assert two_more(in_two) == Decimal("1800.00")


@contextmanager
def trigger_without(words: str):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('requests_instalments_within'::regproc)")
        (whole,) = cursor.fetchone()
        assert words in whole
        cursor.execute(whole.replace(words, ""))
        try:
            yield
        finally:
            cursor.execute(whole)
