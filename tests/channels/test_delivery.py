"""Messages: a row in the same transaction as its cause, sent once, and a doubt is shown, not resent (trust.md)."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from channels import delivery, gateways
from core import clock
from core.errors import Refused
from core.models import OutboxRow
from requests import workflow
from requests.reminding import sweep as sweep_reminders
from tests.cast import new_case, walk


@pytest.fixture
def sent(monkeypatch):
    """What the gateway was given; the real gateways have tests of their own."""
    messages = []
    monkeypatch.setitem(gateways.GATEWAYS, "console", lambda address, text: messages.append((address, text)))
    return messages


def failing(error):
    def gateway(address, text):
        raise error

    return gateway


def test_receiving_a_request_promises_one_message_with_its_date_and_no_name(case, sent):
    assert delivery.sweep() == 1
    address, text = sent[0]
    assert address == case.person.mobile
    assert "6 ديسمبر 2026م" in text
    assert case.person.first_name not in text


def test_a_refused_action_promises_nothing(case, cast):
    before = OutboxRow.objects.count()
    with pytest.raises(Refused):
        workflow.perform(case, "verify", by=cast.noura)
    assert OutboxRow.objects.count() == before


def test_a_move_that_is_rolled_back_promises_nothing(case, cast):
    before = OutboxRow.objects.count()
    with transaction.atomic():
        walk(case, cast, to="verified")
        transaction.set_rollback(True)
    assert OutboxRow.objects.count() == before


def test_sweeping_twice_sends_once(case, sent):
    assert (delivery.sweep(), delivery.sweep(), len(sent)) == (1, 0, 1)


def test_what_was_said_is_forgotten_once_sent(case, sent):
    delivery.sweep()
    assert OutboxRow.objects.get().facts == {}


def test_a_provider_that_is_down_is_tried_again_later(case, monkeypatch, day_one):
    monkeypatch.setitem(gateways.GATEWAYS, "console", failing(gateways.NotSent("ConnectionRefusedError")))
    delivery.sweep()
    row = OutboxRow.objects.get()
    assert (row.state, row.attempts, row.not_before) == ("pending", 1, clock.now() + timedelta(minutes=2))


def test_a_doubt_is_never_sent_again(case, monkeypatch, sent):
    monkeypatch.setitem(gateways.GATEWAYS, "console", failing(gateways.Unsure("timeout")))
    delivery.sweep()
    monkeypatch.setitem(gateways.GATEWAYS, "console", lambda address, text: sent.append(text))
    delivery.sweep()
    assert (OutboxRow.objects.get().state, sent) == ("uncertain", [])


def test_a_sender_that_died_leaves_a_doubt(case, sent, day_one):
    delivery.claim_one()
    day_one.shift(timedelta(minutes=3))
    delivery.sweep()
    assert (OutboxRow.objects.get().state, sent) == ("uncertain", [])


@pytest.mark.parametrize(("seconds", "sent_by_one"), [(79, 2), (80, 1)])
def test_a_sweep_claims_no_more_once_its_time_is_over(cast, day_one, monkeypatch, seconds, sent_by_one):
    """The next sweep would overlap with it, and the task would be killed with a message half sent."""
    for _turn in range(2):
        new_case(by=cast.noura)
    monkeypatch.setitem(gateways.GATEWAYS, "console", lambda address, text: day_one.shift(timedelta(seconds=seconds)))
    assert delivery.sweep() == sent_by_one
    assert delivery.sweep() == 2 - sent_by_one


def test_a_slow_server_after_the_last_claim_is_still_within_the_tasks_life(settings):
    """It may be slow to be reached, and slow again to answer."""
    patience = delivery.CLAIMING_FOR + timedelta(seconds=2 * settings.EMAIL_TIMEOUT)
    assert patience <= timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)
    assert timedelta(seconds=2 * settings.EMAIL_TIMEOUT) < delivery.LEASE


@pytest.mark.parametrize(
    "rows",
    [
        OutboxRow.objects.filter(state="sending", lease_until__lt=clock.now()),
        OutboxRow.objects.filter(state__in=("failed", "uncertain")),
    ],
    ids=["expired leases", "troubled"],
)
def test_what_is_rare_is_found_without_reading_what_was_sent(db, rows):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "outbox_unsettled" in rows.order_by().explain()


def test_a_claim_that_is_no_longer_ours_settles_nothing(case, day_one):
    row = delivery.claim_one()
    day_one.shift(timedelta(minutes=3))
    delivery.give_up_expired_leases()
    assert not delivery.settle(row, "sent")
    assert OutboxRow.objects.get().state == "uncertain"


def test_a_message_without_its_words_fails_in_sight(case):
    OutboxRow.objects.update(event="no_such_event")
    delivery.sweep()
    assert OutboxRow.objects.get().state == "failed"


def test_the_earliest_date_is_told_when_it_comes_and_once(case_at, sent, day_one):
    case = case_at("committee_review")
    assert sweep_reminders() == 0
    day_one.move_to(f"{case.earliest_decision_on}T07:00:00+03:00")
    assert (sweep_reminders(), sweep_reminders()) == (1, 0)
    assert OutboxRow.objects.filter(event="earliest_date_reached").count() == 1


def test_a_case_decided_before_its_reminder_is_not_told_of_the_date(case_at, day_one):
    case = case_at("approved")
    day_one.move_to(f"{case.earliest_decision_on}T23:00:00+03:00")
    sweep_reminders()
    assert not OutboxRow.objects.filter(event="earliest_date_reached").exists()


def test_papers_awaited_are_reminded_of_after_a_week(case_at, day_one):
    case_at("awaiting_documents")
    day_one.shift(timedelta(days=7))
    assert (sweep_reminders(), sweep_reminders()) == (1, 0)
    assert OutboxRow.objects.filter(event="papers_reminder").count() == 1


def test_approval_and_rejection_are_told_in_the_same_words(case_at):
    case_at("approved")
    approved = OutboxRow.objects.filter(event="decision_issued").count()
    case_at("rejected")
    assert (approved, OutboxRow.objects.filter(event="decision_issued").count()) == (1, 2)
