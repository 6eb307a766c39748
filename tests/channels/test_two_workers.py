"""Two workers on one outbox: each message goes out once."""

import threading
from collections import Counter

import pytest
from django.db import connection
from django.db.models import QuerySet

from channels import delivery, gateways
from core import outbox
from core.models import OutboxRow
from policies.models import Association

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
MESSAGES, WORKERS = 40, 4


def race(monkeypatch) -> Counter:
    """How often each message was sent by four workers sweeping at once."""
    about = Association.objects.create(name="جمعية", phone="0110000000", hours="صباحًا")
    for number in range(MESSAGES):
        outbox.post("closed", to=f"+96655000{number:04d}", about=about, once=str(number), facts={"reference": "1"})
    sent: Counter = Counter()
    together = threading.Barrier(WORKERS)
    monkeypatch.setitem(gateways.GATEWAYS, "console", lambda address, text: sent.update([address]))

    def worker():
        together.wait()
        try:
            delivery.sweep()
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _each in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sent


def test_each_message_is_sent_exactly_once(monkeypatch):
    sent = race(monkeypatch)
    assert (len(sent), set(sent.values())) == (MESSAGES, {1})
    assert set(OutboxRow.objects.values_list("state", flat=True)) == {"sent"}


def test_control_without_the_row_lock_a_message_is_sent_twice(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows.all())
    assert max(race(monkeypatch).values()) > 1
