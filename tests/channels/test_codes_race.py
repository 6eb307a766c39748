"""The same code used by many hands at once: one (trust.md), with the control that a careless use lets them all."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from channels.codes import actions, rules
from channels.codes.models import OneTimeCode
from core import clock
from core.errors import Refused
from core.models import OutboxRow
from tests.races import at_once

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
AT_ONCE = 8
ASK = {"purpose": OneTimeCode.Purpose.SIGN, "subject": "form:1", "mobile": "+966550001234"}


def used_at_once(use) -> int:
    """How many of as many hands, each with the right digits, used the code."""
    actions.send(**ASK, address="192.0.2.7")
    digits, start = OutboxRow.objects.get(event="code_to_sign").facts["code"], threading.Barrier(AT_ONCE)

    def hand(_n) -> bool:
        try:
            code = actions.find(**ASK, typed=digits)
            start.wait(10)
            with transaction.atomic():
                use(code)
            return True
        except Refused:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as hands:
        return sum(hands.map(hand, range(AT_ONCE)))


def test_one_code_is_used_once(db):
    assert used_at_once(actions.use) == 1


def test_control_a_use_that_looks_first_and_writes_after_lets_several(db):
    looked = threading.Barrier(AT_ONCE)

    def careless(code):
        unused = OneTimeCode.objects.get(pk=code.pk).used_at is None
        looked.wait(10)
        if not unused:
            raise Refused("")
        OneTimeCode.objects.filter(pk=code.pk).update(used_at=clock.now())

    assert used_at_once(careless) == AT_ONCE


def guessed_at_once(monkeypatch, together=None) -> int:
    """How many of as many wrong guesses at once were compared with a code still open."""
    actions.send(**ASK, address="192.0.2.7")
    digits = OutboxRow.objects.get(event="code_to_sign").facts["code"]
    wrong, is_open, opened = f"{(int(digits) + 1) % 1_000_000:06}", rules.is_open, []

    def looked(row) -> bool:
        opened.append(is_open(row))
        if together:
            together.wait(10)
        return opened[-1]

    monkeypatch.setattr(rules, "is_open", looked)
    at_once(*[lambda: actions.find(**ASK, typed=wrong)] * AT_ONCE, met=())
    assert OneTimeCode.objects.get().tries == AT_ONCE
    return opened.count(True)


def test_of_guesses_at_once_five_are_looked_at(db, monkeypatch):
    assert guessed_at_once(monkeypatch) == rules.MOST_TRIES


def test_control_without_the_row_held_all_of_them_are(db, monkeypatch):
    monkeypatch.setattr(actions, "held", actions.latest)
    assert guessed_at_once(monkeypatch, threading.Barrier(AT_ONCE)) == AT_ONCE
