"""Two taps on one face at once: one answer, and thanks to both."""

import threading
import time

import pytest
from django.db import connection
from django.test import Client

from core.errors import Refused
from surveys import actions
from surveys.models import Answer

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def two_taps(link, monkeypatch):
    """What each of two taps at once is answered; the first is slow enough for the second to come meanwhile."""
    start, ends, create = threading.Barrier(2), [], Answer.objects.create

    def slowly(**facts):
        time.sleep(0.7)
        return create(**facts)

    def tap():
        start.wait(10)
        try:
            ends.append(Client().post(link, {"face": "4"}).status_code)
        finally:
            connection.close()

    def run() -> list[int]:
        monkeypatch.setattr(Answer.objects, "create", slowly)
        taps = [threading.Thread(target=tap) for _each in range(2)]
        for each in taps:
            each.start()
        for each in taps:
            each.join(30)
        return sorted(ends)

    return run


def test_two_taps_at_once_are_one_answer_and_both_are_thanked(two_taps):
    assert two_taps() == [302, 302]
    assert Answer.objects.count() == 1


def test_control_were_the_second_tap_no_change_it_would_meet_a_closed_page(two_taps, monkeypatch):
    def refuse(token, **facts):
        raise Refused("closed")

    monkeypatch.setattr(actions, "change", refuse)
    assert two_taps() == [200, 302]
