"""One-time codes (trust.md): six digits, ten minutes, hashed, once, tries counted, budgets, never in a log."""

import logging
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from channels import delivery, gateways
from channels.codes import actions, rules
from channels.codes.models import OneTimeCode
from core import clock
from core.limits import Limit
from core.models import OutboxRow

pytestmark = pytest.mark.django_db
MOBILE, OTHER = "+966550001234", "+966550009999"
SIGN = OneTimeCode.Purpose.SIGN
SECOND = timedelta(seconds=1)


@pytest.fixture
def phone(monkeypatch):
    """The texts that reached a telephone, with its number."""
    messages = []
    monkeypatch.setitem(gateways.GATEWAYS, "console", lambda address, text: messages.append((address, text)))
    return messages


def send(cast, subject="form:1", mobile=MOBILE, **more):
    return actions.send(purpose=SIGN, subject=subject, mobile=mobile, by=cast.noura, **more)


def digits_sent() -> str:
    return OutboxRow.objects.filter(event="code_to_sign").latest("id").facts["code"]


def find(typed, subject="form:1", mobile=MOBILE, purpose=SIGN):
    return actions.find(purpose=purpose, subject=subject, mobile=mobile, typed=typed)


def test_the_digits_are_in_the_message_alone(cast, day_one, phone):
    row = send(cast)
    digits = digits_sent()
    assert re.fullmatch("[0-9]{6}", digits)
    assert digits not in str(OneTimeCode.objects.values().get())
    delivery.sweep()
    ((address, text),) = [each for each in phone if digits in each[1]]
    assert address == MOBILE
    assert OutboxRow.objects.get(event="code_to_sign").facts == {}
    assert find(digits) == row


def test_it_is_used_once(cast, day_one):
    send(cast)
    actions.use(find(digits_sent()))
    assert find(digits_sent()) is None


@pytest.mark.parametrize(("minutes", "good"), [(9.99, True), (10, False)])
def test_ten_minutes(cast, day_one, minutes, good):
    send(cast)
    day_one.shift(timedelta(minutes=minutes))
    assert (find(digits_sent()) is not None) is good


def test_five_wrong_tries_end_it_and_four_do_not(cast, day_one):
    send(cast)
    digits = digits_sent()
    wrong = f"{(int(digits) + 1) % 1_000_000:06}"
    assert [find(wrong) for _try in range(4)] == [None] * 4
    assert find(digits)
    assert find(wrong) is None
    assert find(digits) is None


def test_a_newer_code_retires_the_earlier_and_its_message(cast, day_one, phone):
    send(cast)
    first = digits_sent()
    send(cast)
    assert find(first) is None or first == digits_sent()
    delivery.sweep()
    assert len(phone) == 1
    assert first not in str(list(OutboxRow.objects.values_list("facts", flat=True)))


@pytest.mark.parametrize(
    "other",
    [{"subject": "form:2"}, {"mobile": OTHER}, {"purpose": OneTimeCode.Purpose.OPEN}],
    ids=["form", "number", "purpose"],
)
def test_it_is_good_for_one_form_one_number_and_one_purpose(cast, day_one, other):
    send(cast)
    assert find(digits_sent(), **other) is None


def test_wrong_used_expired_and_unknown_take_the_same_path(cast, day_one):
    def path(typed, **at):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert find(typed, **at) is None
        return [re.sub(r"\d+|'[^']*'", "?", query["sql"]) for query in asked]

    send(cast)
    digits = digits_sent()
    wrong = path("000000" if digits != "000000" else "000001")
    unknown = path(digits, subject="form:never")
    actions.use(find(digits))
    used = path(digits)
    day_one.shift(timedelta(minutes=11))
    assert wrong == unknown == used == path(digits)


# Budgets


def test_one_number_gets_a_few_in_an_hour(cast, day_one):
    for each in range(rules.TO_ONE_NUMBER.capacity):
        send(cast, subject=f"form:{each}")
    with pytest.raises(actions.BudgetSpent) as refused:
        send(cast)
    assert refused.value.which == rules.Spent.NUMBER
    send(cast, mobile=OTHER)


def test_one_officer_and_one_address_have_budgets_of_their_own(cast, day_one, monkeypatch):
    monkeypatch.setattr(rules, "BY_ONE_OFFICER", Limit("codes-officer", 1, timedelta(hours=1)))
    monkeypatch.setattr(rules, "FROM_ONE_ADDRESS", Limit("codes-address", 1, timedelta(hours=1)))
    send(cast)
    with pytest.raises(actions.BudgetSpent) as refused:
        send(cast, mobile=OTHER)
    assert refused.value.which == rules.Spent.ASKER
    ask = {"purpose": SIGN, "subject": "request:1", "address": "192.0.2.7"}
    actions.send(mobile=MOBILE, **ask)
    with pytest.raises(actions.BudgetSpent):
        actions.send(mobile=OTHER, **ask)


def test_the_days_budget_breaks_and_mends_by_itself(cast, day_one, monkeypatch):
    monkeypatch.setattr(rules, "IN_A_DAY", Limit("codes-day", 2, timedelta(days=1)))
    send(cast), send(cast, mobile=OTHER)
    before = OutboxRow.objects.count()
    with pytest.raises(actions.BudgetSpent) as refused:
        send(cast, mobile="+966550007777")
    assert refused.value.which == rules.Spent.DAY
    assert OutboxRow.objects.count() == before
    day_one.shift(timedelta(days=1))
    send(cast, mobile="+966550007777")


# The message


def test_a_code_goes_before_what_waits(case, cast, phone):
    send(cast)
    delivery.sweep(limit=1)
    assert phone[0][0] == MOBILE


def test_an_expired_code_is_not_sent_and_not_kept(cast, day_one, phone):
    send(cast)
    day_one.shift(rules.LIFETIME + timedelta(seconds=1))
    delivery.sweep()
    row = OutboxRow.objects.get(event="code_to_sign")
    assert (row.state, row.facts, phone) == ("failed", {}, [])


def test_a_code_that_cannot_be_sent_leaves_no_digits(cast, day_one, monkeypatch):
    def rejected(address, text):
        raise gateways.Rejected("x")

    monkeypatch.setitem(gateways.GATEWAYS, "console", rejected)
    send(cast)
    delivery.sweep()
    assert OutboxRow.objects.get(event="code_to_sign").facts == {}


@pytest.mark.parametrize(("late", "state", "kept"), [(timedelta(0), "sending", True), (SECOND, "uncertain", False)])
def test_a_code_whose_sender_died_leaves_no_digits(cast, day_one, late, state, kept):
    """To the end of its lease the sender may still be at work; after it nobody sends the code again."""
    send(cast)
    delivery.claim_one()
    day_one.shift(delivery.LEASE + late)
    delivery.give_up_expired_leases()
    row = OutboxRow.objects.get(event="code_to_sign")
    assert (row.state, bool(row.facts)) == (state, kept)


def test_another_message_whose_sender_died_is_kept_to_be_settled(case, day_one):
    said = delivery.claim_one().facts
    day_one.shift(delivery.LEASE + SECOND)
    delivery.give_up_expired_leases()
    row = OutboxRow.objects.get(state="uncertain")
    assert (row.facts, bool(said)) == (said, True)


def test_an_urgent_message_is_not_a_late_one(cast, day_one):
    from oversight.rules import outbox_lag

    send(cast)
    assert outbox_lag() == timedelta()


def test_the_digits_are_in_no_log_and_in_production_not_on_the_console(cast, day_one, settings, caplog, capsys):
    settings.DEBUG = settings.DEMO = False
    with caplog.at_level(logging.DEBUG):
        send(cast)
        digits = digits_sent()
        delivery.sweep()
        find("999999"), actions.use(find(digits))
    said = capsys.readouterr()
    lines = [line for line in caplog.text.splitlines() if "django.db.backends" not in line]
    assert digits not in "".join(lines) + said.out + said.err
    assert MOBILE[4:] not in said.out
    assert clock.now()
