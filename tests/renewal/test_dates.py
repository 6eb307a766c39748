"""When a file grows stale: Hijri months by the Umm al-Qura tables, each day at its edge."""

from datetime import date, timedelta

import pytest

from beneficiaries.renewal.rules import freshness, last_confirmation_stale_on, stage_of, stale_on
from core.hijri import add_months, to_gregorian, to_hijri


@pytest.mark.parametrize(
    ("begun", "months", "ends"),
    [
        ((1445, 2, 8), 12, (1446, 2, 8)),
        ((1448, 6, 12), 12, (1449, 6, 12)),
        ((1445, 12, 1), 1, (1446, 1, 1)),  # over the turn of the year
        ((1446, 1, 1), -1, (1445, 12, 1)),
        ((1445, 2, 8), 0, (1445, 2, 8)),
        ((1445, 2, 8), 30, (1447, 8, 8)),
    ],
)
def test_a_month_is_a_hijri_month(begun, months, ends):
    assert to_hijri(add_months(to_gregorian(*begun), months)) == ends


def test_a_month_too_short_takes_its_last_day():
    """Rabi II 1445 has 30 days, the month after it 29 (Umm al-Qura)."""
    end = to_gregorian(1445, 4, 30)
    assert to_hijri(add_months(end, 1)) == (1445, 5, 29)
    assert to_hijri(add_months(end, 12)) == (1446, 4, 30)


def test_twelve_months_are_a_hijri_year():
    assert {(stale_on(date(2026, 1, 1) + timedelta(days=n), 12) - date(2026, 1, 1)).days - n for n in range(60)} <= {
        354,
        355,
    }


def test_outside_the_tables_months_are_gregorian():
    assert add_months(date(2090, 1, 31), 1) == date(2090, 2, 28)


@pytest.mark.parametrize("months", [1, 6, 12, 24])
def test_the_index_asks_the_same_as_the_row(months):
    """For every day, what the query takes is what the rule calls stale: the last such day, and not the next."""
    for n in range(120):
        today = date(2026, 10, 1) + timedelta(days=n)
        last = last_confirmation_stale_on(today, months)
        assert stale_on(last, months) <= today < stale_on(last + timedelta(days=1), months)


@pytest.mark.parametrize(
    ("days", "stage"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (1, 7), (0, None), (-1, None)],
)
def test_each_distance_has_its_reminder(days, stage):
    assert stage_of(days) == stage


@pytest.mark.parametrize(
    ("day", "stale", "due"),
    [
        ("2026-11-22", False, False),
        ("2027-09-11", False, False),
        ("2027-09-12", False, True),  # sixty days before
        ("2027-11-10", False, True),
        ("2027-11-11", True, False),  # the day itself
    ],
)
def test_a_file_is_stale_from_its_day_on(day_one, day, stale, due):
    fresh = freshness(date(2026, 11, 22), 12)
    assert str(fresh.stale_on) == "2027-11-11"
    day_one.move_to(f"{day}T00:00:00+03:00", tick=False)
    assert (fresh.is_stale, fresh.is_due) == (stale, due)


def test_where_nothing_is_renewed_no_file_is_stale(day_one):
    fresh = freshness(date(1990, 1, 1), 0)
    assert (fresh.stale_on, fresh.is_stale, fresh.is_due) == (None, False, False)
    assert last_confirmation_stale_on(date(2026, 11, 22), 0) is None
