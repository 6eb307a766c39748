"""The schedule: sums to the halala, months that clamp, planned anew with a reason, and never beyond the decision."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from core import hijri
from core.errors import Refused
from core.models import AuditRow, Reminder
from requests.delivery.planning import plan
from requests.delivery.schedule import equal_parts, monthly
from requests.models import Instalment
from tests.delivery.desk import award_of, planned, take

halalas = st.integers(min_value=60, max_value=10**11).map(lambda many: Decimal(many) / 100)


@given(total=halalas, count=st.integers(min_value=1, max_value=60))
def test_equal_parts_sum_to_the_halala_and_differ_by_less_than_the_count(total, count):
    parts = equal_parts(total, count)
    assert (sum(parts), len(parts)) == (total, count)
    assert all(part > 0 and part == part.quantize(Decimal("0.01")) for part in parts)
    assert len(set(parts[:-1])) <= 1
    assert 0 <= parts[-1] - parts[0] < Decimal(count) / 100


def test_fewer_halalas_than_instalments_are_not_divided():
    with pytest.raises(ValueError, match="does not divide"):
        equal_parts(Decimal("0.05"), 6)


def test_months_clamp_at_their_end_and_are_counted_from_the_first():
    found = monthly(hijri.parse("31/1/2027"), 4)
    assert found == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


def test_a_first_day_typed_in_hijri_is_followed_by_hijri_months():
    found = [hijri.to_hijri(day) for day in monthly(hijri.parse("29/1/1448"), 12)]
    assert [month for _year, month, _day in found] == list(range(1, 13))
    assert all(day in (29, 30) for _year, _month, day in found)


@given(first=st.dates(date(2024, 1, 1), date(2060, 1, 1)), count=st.integers(1, 60))
def test_the_days_of_a_schedule_go_up(first, count):
    for calendar in ("hijri", "gregorian"):
        days = monthly(hijri.TypedDate(first, None, calendar, ""), count)
        assert days == sorted(set(days))


def test_a_plan_sums_to_the_decision(given, cast):
    registered = given(total="1000.00")
    planned(registered, cast, 3)
    assert [each.amount for each in registered.instalments.all()] == [
        Decimal("333.33"),
        Decimal("333.33"),
        Decimal("333.34"),
    ]


@pytest.mark.parametrize(
    ("amounts", "sentence"),
    [
        (["500.00", "499.99"], "ينقص"),
        (["500.00", "500.01"], "يزيد"),
        (["1000.00", None], "مبلغ"),
        ([], "دفعة"),
        (["10.00"] * 61, "60"),
    ],
)
def test_a_plan_that_does_not_is_refused_with_the_difference(given, cast, amounts, sentence):
    registered = given(total="1000.00")
    rows = [(amount and Decimal(amount), date(2027, 1, 1)) for amount in amounts]
    with pytest.raises(Refused, match=sentence):
        plan(registered, by=cast.store, rows=rows)
    assert registered.instalments.get().amount == Decimal("1000.00")


def test_no_instalment_is_due_before_the_decision(given, cast):
    registered = given(total="1000.00")
    before = registered.decided_on.replace(year=registered.decided_on.year - 1)
    with pytest.raises(Refused, match="قبل يوم القرار"):
        plan(registered, by=cast.store, rows=[(Decimal("1000.00"), before)])
    assert plan(registered, by=cast.store, rows=[(Decimal("1000.00"), registered.decided_on)]).planned_at


def test_where_no_amount_was_decided_days_alone_are_planned(given, cast):
    registered = given(total=None, months=3)
    with pytest.raises(Refused, match="مبلغ"):
        plan(registered, by=cast.store, rows=[(Decimal("1.00"), date(2027, 1, 1))])
    planned(registered, cast, 3)
    assert [each.amount for each in registered.instalments.all()] == [None, None, None]


def test_what_was_received_stays_and_the_rest_is_planned_anew_with_a_reason(given, cast):
    registered = given(total="1200.00")
    planned(registered, cast, 12)
    take(registered, cast, 1)
    with pytest.raises(Refused, match="سبب"):
        planned(registered, cast, 2)
    left = [(Decimal("600.00"), date(2027, 3, 1)), (Decimal("500.00"), date(2027, 2, 1))]
    plan(registered, by=cast.store, rows=left, why="طلب أن يستلمها معًا")
    found = [(each.number, each.amount, each.due_on) for each in registered.instalments.all()]
    assert found[1:] == [(2, Decimal("500.00"), date(2027, 2, 1)), (3, Decimal("600.00"), date(2027, 3, 1))]
    row = AuditRow.objects.filter(verb="planned_delivery").latest("id")
    assert (row.why, len(row.changes["schedule"][0]), len(row.changes["schedule"][1])) == ("طلب أن يستلمها معًا", 11, 2)


def test_every_plan_is_a_row_of_the_record_and_every_day_a_reminder(given, cast):
    registered = given()
    planned(registered, cast, 2)
    assert AuditRow.objects.filter(verb="planned_delivery", actor="store").count() == 1
    due = {str(each.due_on) for each in registered.instalments.all()}
    assert {str(row.due_on) for row in Reminder.objects.filter(kind="instalment_due")} == due


MORE = {
    "a larger amount": lambda case: case.instalments.filter(number=2).update(amount=Decimal("500.01")),
    "another row": lambda case: Instalment.objects.create(case=case, number=9, amount=Decimal("0.01")),
}


@pytest.mark.parametrize("how", MORE)
def test_the_database_refuses_more_than_was_decided(given, cast, how):
    registered = given(total="1000.00")
    planned(registered, cast, 2)
    with pytest.raises(DatabaseError, match="more than was decided"), transaction.atomic():
        MORE[how](registered)


def test_the_database_lets_the_decision_stand_as_it_was(given, cast):
    registered = given(total="1000.00")
    award = award_of(registered)
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        type(award).objects.filter(pk=award.pk).update(total=Decimal("2000.00"))
    with pytest.raises(DatabaseError, match="stays"), transaction.atomic():
        type(award).objects.filter(pk=award.pk).delete()
    assert award_of(registered).total == Decimal("1000.00")


def test_the_database_lets_a_receipt_stand_as_it_was_signed(given, cast):
    registered = given()
    planned(registered, cast, 2)
    take(registered, cast, 1)
    for change in ({"amount": Decimal("1.00")}, {"received_by_name": "غيره"}, {"receipted_at": None}):
        with pytest.raises(DatabaseError, match="as it was signed"), transaction.atomic():
            registered.instalments.filter(number=1).update(**change)
