"""Dates as documents print them: either calendar, any digits, and honest where day and month cannot be told apart."""

from datetime import date

import pytest

from policies.importing import dates

SURE = {
    "1445/2/8هـ": ("hijri", date(2023, 8, 24)),
    "8/2/1445هـ": ("hijri", date(2023, 8, 24)),
    "٨ / ٢ / ١٤٤٥ هـ": ("hijri", date(2023, 8, 24)),
    "8-2-1445": ("hijri", date(2023, 8, 24)),
    "8 صفر 1445 هـ": ("hijri", date(2023, 8, 24)),
    "8 من شهر صفر عام 1445هـ": ("hijri", date(2023, 8, 24)),
    "8 / 2 / 45 هـ": ("hijri", date(2023, 8, 24)),
    "24/8/2023م": ("gregorian", date(2023, 8, 24)),
    "2023-08-24": ("gregorian", date(2023, 8, 24)),
    "٢٤ أغسطس ٢٠٢٣ م": ("gregorian", date(2023, 8, 24)),
    "أغسطس 24، 2023": ("gregorian", date(2023, 8, 24)),
    "8/8/2023م": ("gregorian", date(2023, 8, 8)),
}


@pytest.mark.parametrize(("printed", "expected"), SURE.items())
def test_a_date_is_read_whatever_its_form(printed, expected):
    (found,) = dates.find(f"اعتمدت هذه السياسة بتاريخ {printed} في مقر الجمعية")
    assert (found.calendar, found.iso) == expected
    assert found.candidates == []
    assert found.raw in printed


def test_a_gregorian_day_and_month_below_thirteen_could_be_either():
    (found,) = dates.find("بتاريخ 4/7/2023م")
    assert found.iso is None
    assert found.candidates == [date(2023, 4, 7), date(2023, 7, 4)]


def test_both_calendars_are_two_dates():
    found = dates.find("بتاريخ 8 صفر 1445هـ الموافق 24 أغسطس 2023م")
    assert [one.calendar for one in found] == ["hijri", "gregorian"]
    assert {one.iso for one in found} == {date(2023, 8, 24)}


@pytest.mark.parametrize("text", ["الجلسة رقم (3)", "هاتف 0500000003", "32/13/2023م", "البند 1-2-3", "31/2/1445هـ", ""])
def test_what_is_no_date_is_none(text):
    assert dates.find(text) == []
