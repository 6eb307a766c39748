"""What the lines of a household come to: riyals a month, halves up."""

from decimal import Decimal

import pytest

from beneficiaries.means.actions import remove_means
from beneficiaries.means.models import Every, Kind, MeansLine
from beneficiaries.means.rules import monthly, side_of, totals
from core.models import AuditRow


def line(amount: str, every: str = Every.MONTH, kind: str = Kind.SALARY) -> MeansLine:
    return MeansLine(kind=kind, side=side_of(kind), amount=Decimal(amount), every=every)


@pytest.mark.parametrize(
    ("amount", "every", "a_month"),
    [
        ("3000", Every.MONTH, "3000.00"),
        ("12000", Every.YEAR, "1000.00"),
        ("100", Every.YEAR, "8.33"),
        ("0.06", Every.YEAR, "0.01"),  # half a halala goes up
        ("0.05", Every.YEAR, "0.00"),
        ("9999999.99", Every.YEAR, "833333.33"),
    ],
)
def test_what_comes_once_a_year_is_spread_over_twelve_months(amount, every, a_month):
    assert monthly(line(amount, every)) == Decimal(a_month)


def test_the_sum_is_rounded_and_not_its_parts():
    assert totals([line("100", Every.YEAR)] * 12).income == Decimal("100.00")


def test_what_is_left_may_be_less_than_nothing():
    found = totals([line("1500"), line("30000", Every.YEAR, Kind.RENT)])
    assert (found.income, found.obligations, found.left) == (Decimal("1500"), Decimal("2500"), Decimal("-1000"))


def test_nothing_said_is_nothing():
    assert totals([]).left == Decimal("0.00")


@pytest.mark.django_db
def test_a_line_taken_out_twice_at_once_is_told_once(cast, person):
    line, same = person.means.get(kind="rent"), person.means.get(kind="rent")
    remove_means(line, by=cast.noura)
    remove_means(same, by=cast.noura)
    assert AuditRow.objects.filter(verb="means_removed").count() == 1
