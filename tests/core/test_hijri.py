from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import hijri
from tests.vectors import load

VECTORS = load("hijri")
FIRST, LAST = date(1924, 8, 1), date(2077, 11, 16)
in_tables = st.dates(FIRST, LAST)


def code_of(text):
    with pytest.raises(hijri.DateError) as caught:
        hijri.parse(text)
    return caught.value.code


@pytest.mark.parametrize("vector", VECTORS["same_day"], ids=lambda v: v["hijri"])
def test_published_dates_agree_in_both_calendars(vector):
    read = hijri.parse(vector["hijri"])
    assert read.gregorian == date.fromisoformat(vector["gregorian"])
    assert read == hijri.TypedDate(read.gregorian, hijri.to_hijri(read.gregorian), "hijri", vector["hijri"])
    if "weekday" in vector:
        assert hijri.format_dual(read.gregorian, weekday=True).startswith(vector["weekday"])


@pytest.mark.parametrize("text", VECTORS["no_such_day"])
def test_a_day_the_month_does_not_have_is_refused(text):
    assert code_of(text) == "day"


@pytest.mark.parametrize("text", VECTORS["one_day_written"])
def test_one_day_in_many_writings(text):
    read = hijri.parse(text)
    assert (read.gregorian, read.hijri) == (date(2023, 8, 24), (1445, 2, 8))
    assert read.typed == text.strip()


@pytest.mark.parametrize(("text", "code"), VECTORS["refused"].items())
def test_what_cannot_be_read_is_refused_for_its_own_reason(text, code):
    assert code_of(text) == code


@pytest.mark.parametrize(
    ("name", "month"), [(n, int(m)) for m, names in VECTORS["hijri_months"].items() for n in names]
)
def test_hijri_months_by_any_of_their_names(name, month):
    read = hijri.parse(f"1 {name} 1445")
    assert (read.hijri, read.calendar) == ((1445, month, 1), "hijri")


@pytest.mark.parametrize(
    ("name", "month"), [(n, int(m)) for m, names in VECTORS["gregorian_months"].items() for n in names]
)
def test_gregorian_months_by_any_of_their_names(name, month):
    read = hijri.parse(f"1 {name} 2024")
    assert (read.gregorian, read.calendar) == (date(2024, month, 1), "gregorian")


def test_the_exact_form():
    assert hijri.format_hijri(date(2023, 8, 24)) == "8 صفر 1445هـ"
    assert hijri.format_gregorian(date(2023, 8, 24)) == "24 أغسطس 2023م"
    assert hijri.format_dual(date(2023, 8, 24)) == "8 صفر 1445هـ الموافق 24 أغسطس 2023م"
    assert hijri.format_dual(date(2023, 8, 24), weekday=True) == "الخميس 8 صفر 1445هـ الموافق 24 أغسطس 2023م"


def test_every_day_of_the_tables_goes_there_and_back():
    day, before = FIRST, (1342, 12, 30)
    while day <= LAST:
        converted = hijri.to_hijri(day)
        assert converted > before
        assert hijri.to_gregorian(*converted) == day
        day, before = day + timedelta(days=1), converted


@given(in_tables)
@settings(deadline=None)
def test_what_is_shown_can_be_typed_back(day):
    for shown in (
        hijri.format_hijri(day),
        hijri.format_gregorian(day),
        hijri.format_dual(day),
        hijri.format_dual(day, weekday=True),
        day.isoformat(),
        hijri.from_gregorian(day).typed,
    ):
        assert hijri.parse(shown).gregorian == day


@given(st.text(max_size=60))
@settings(deadline=None)
def test_any_text_is_a_date_or_a_sentence(text):
    sentence, read = "", None
    try:
        read = hijri.parse(text)
    except hijri.DateError as error:
        sentence = str(error)
    assert sentence.endswith(".") or read.gregorian.year in hijri.GREGORIAN_YEARS


@pytest.mark.parametrize("day", [date(1924, 7, 31), date(2077, 11, 17)])
def test_outside_the_tables_only_the_gregorian_is_shown(day):
    assert hijri.format_dual(day) == hijri.format_gregorian(day)
    assert hijri.parse(day.isoformat()).hijri is None
    with pytest.raises(hijri.DateError):
        hijri.to_hijri(day)


@pytest.mark.parametrize("parts", [(1342, 12, 29), (1501, 1, 1), (1445, 13, 1), (1445, 1, 30), (1445, 1, 0)])
def test_no_such_hijri_date(parts):
    with pytest.raises(hijri.DateError):
        hijri.to_gregorian(*parts)


def test_the_edges_of_the_tables():
    assert hijri.parse("1/1/1343").gregorian == FIRST
    assert hijri.parse("30/12/1500").gregorian == LAST


def test_a_megabyte_is_refused_at_once():
    assert code_of("1" * 1_000_000) == "unreadable"
