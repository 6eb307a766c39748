"""Income per person: counted income less counted obligations, for each of the household, rounded once."""

from decimal import Decimal

import pytest

from policies.models import NeedBand
from requests.models import StudyLine
from requests.study.rules import figure


def income(amount, every="month", counts=True):
    return StudyLine(side="income", amount=Decimal(amount), every=every, counts=counts)


def owed(amount, every="month", counts=True):
    return StudyLine(side="obligation", amount=Decimal(amount), every=every, counts=counts)


@pytest.mark.parametrize(
    ("lines", "people", "each"),
    [
        ([income("3000"), owed("1000")], 3, "666.67"),
        ([income("4200"), owed("15000", "year")], 5, "590.00"),
        ([income("1000"), owed("2500")], 3, "-500.00"),
        ([income("0.01")], 2, "0.01"),  # a half goes up
        ([owed("0.01"), income("0.02")], 2, "0.01"),
        ([], 4, "0.00"),
    ],
)
def test_income_per_person(lines, people, each):
    assert figure(lines, people).per_head == Decimal(each)


def test_it_is_rounded_once_and_not_line_by_line():
    """Three yearly lines of 100 are 25.00 a month together; rounded each, they would be 24.99."""
    found = figure([income("100", "year")] * 3, 1)
    assert (found.income, found.per_head) == (Decimal("25.00"), Decimal("25.00"))


def test_the_rounded_sums_are_not_what_is_divided():
    """1,000.01 and 0.05 a year: the halalas below the sums that are shown still weigh in the one division."""
    found = figure([income("0.06", "year"), owed("0.05", "year")], 1)
    assert (found.income, found.obligations, found.per_head) == (Decimal("0.01"), Decimal("0.00"), Decimal("0.00"))


def test_what_does_not_count_is_left_out():
    assert figure([income("3000"), income("900", counts=False), owed("700", counts=False)], 3).per_head == 1000


def test_without_a_household_nothing_is_divided():
    found = figure([income("3000")], None)
    assert (found.income, found.per_head, found.band) == (3000, None, None)


BANDS = [NeedBand(label="a", up_to=Decimal(500)), NeedBand(label="b", up_to=Decimal(1000)), NeedBand(label="c")]


@pytest.mark.parametrize(
    ("amount", "band"), [("500", "a"), ("500.01", "b"), ("1000", "b"), ("1000.01", "c"), ("999999", "c")]
)
def test_a_band_reaches_up_to_and_with_its_bound(amount, band):
    assert figure([income(amount)], 1, BANDS).band.label == band


def test_less_than_nothing_is_banded_as_nothing_and_shown_as_it_is():
    found = figure([owed("700")], 1, [NeedBand(label="zero", up_to=Decimal(0)), NeedBand(label="more")])
    assert (found.per_head, found.floored, found.band.label) == (Decimal("-700.00"), True, "zero")


def test_an_association_without_a_table_has_no_band():
    assert figure([income("10")], 1, []).band is None
