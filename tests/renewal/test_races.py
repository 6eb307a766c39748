"""Two beats at once, two officers at once (trust.md): one message, one caller."""

import threading

import pytest
from django.db import transaction

from beneficiaries.models import Calling, Person
from beneficiaries.renewal import actions
from core.errors import Refused
from core.models import OutboxRow, Reminder
from requests.outreach import reminding
from tests.cast import new_person
from tests.races import at_once, waiting_for_all
from tests.renewal.desk import stands, yearly

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
HANDS = 4


@pytest.fixture
def many_due(cast, day_one):
    people = [yearly(cast, number=str(5000 + n)) for n in range(12)]
    stands(day_one, people[0], days=30)
    return people


def messages() -> int:
    return OutboxRow.objects.filter(event="renewal_reminder").count()


def beat() -> None:
    reminding.plan()
    reminding.sweep()


def test_many_beats_at_once_write_to_each_person_once(many_due):
    at_once(*[beat] * HANDS)
    reminding.sweep()
    assert messages() == len(many_due)


def test_control_with_neither_the_lock_nor_the_keys_each_beat_writes(many_due, monkeypatch):
    """What holds is the row's unique key, the lock while it is carried out, and the message's unique key; without
    them, every beat that found the row sends a message of its own."""
    reminding.plan()
    serial = iter(range(10_000))
    post = reminding.outbox.post
    monkeypatch.setattr(reminding.outbox, "post", lambda *args, once, **kw: post(*args, once=str(next(serial)), **kw))

    def unlocked():
        found = list(Reminder.objects.due(*reminding.HANDLERS))
        gate.wait(10)
        with transaction.atomic():
            for reminder in found:
                reminding.HANDLERS[reminder.kind](reminder)

    gate = threading.Barrier(HANDS)
    at_once(*[unlocked] * HANDS)
    assert messages() == HANDS * len(many_due)


def test_of_officers_who_take_one_person_at_once_one_calls_them(cast, day_one):
    person = new_person(by=cast.noura)
    staff = [cast.noura, cast.saad]
    answers = at_once(*[lambda by=by: actions.begin_call(person, by=by) for by in staff])
    assert sum(isinstance(each, Refused) for each in answers) == 1
    assert Calling.objects.count() == 1


def test_control_without_the_lock_both_would_call_them(cast, day_one, monkeypatch):
    person = new_person(by=cast.noura)
    unlocked = Person.objects.filter(pk=person.pk)
    monkeypatch.setattr(Person.objects, "select_for_update", lambda: unlocked.all())
    monkeypatch.setattr(actions, "called_today", waiting_for_all(2, actions.called_today))
    answers = at_once(*[lambda by=by: actions.begin_call(person, by=by) for by in (cast.noura, cast.saad)])
    assert not any(isinstance(each, Refused) for each in answers)
