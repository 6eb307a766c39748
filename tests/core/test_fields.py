from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from core import fields, hijri

ALL = {
    "text": fields.FoldedCharField,
    "id": fields.NationalIdField,
    "mobile": fields.MobileField,
    "iban": fields.IbanField,
    "name": fields.NameField,
    "date": fields.DualDateField,
    "number": fields.FoldedIntegerField,
    "money": fields.MoneyField,
}
STRICT = {name: kind for name, kind in ALL.items() if name != "text"}


class Everything(forms.Form):
    text = fields.FoldedCharField(required=False)
    id = fields.NationalIdField()
    mobile = fields.MobileField(widget=forms.TextInput(attrs={"autocomplete": "tel"}))
    iban = fields.IbanField()
    name = fields.NameField()
    date = fields.DualDateField()
    number = fields.FoldedIntegerField(min_value=0, max_value=30)
    money = fields.MoneyField()


TYPED = {
    "text": "بيت ١٢",
    "id": "١٠٠٠٠٠٠٠٠٨",
    "mobile": "٠٥٥ ٠٠٠ ٠٠١٢",
    "iban": "sa03 8000 0000 6080 1016 7519",
    "name": "سارة  محمد",
    "date": "٨ صفر ١٤٤٥هـ",
    "number": "٧",
    "money": "١٬٥٠٠٫٥",
}


def code_of(field, text):
    with pytest.raises(ValidationError) as caught:
        field.clean(text)
    return caught.value.error_list[0].code


def test_arabic_digits_in_every_field():
    form = Everything(TYPED)
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "text": "بيت 12",
        "id": "1000000008",
        "mobile": "+966550000012",
        "iban": "SA0380000000608010167519",
        "name": "سارة محمد",
        "date": hijri.TypedDate(date(2023, 8, 24), (1445, 2, 8), "hijri", TYPED["date"]),
        "number": 7,
        "money": Decimal("1500.50"),
    }


def test_a_form_shown_again_keeps_what_was_typed():
    form = Everything(TYPED | {"id": "١٢٣"})
    assert not form.is_valid()
    for name, typed in (TYPED | {"id": "١٢٣"}).items():
        assert f'value="{typed}"' in str(form[name])


def test_numbers_run_left_to_right_without_spinners():
    form = Everything()
    for name in ("id", "mobile", "iban", "date", "number", "money"):
        shown = str(form[name])
        assert 'dir="ltr"' in shown
        assert 'type="text"' in shown
    assert 'dir="ltr"' not in str(form["name"])
    assert 'inputmode="numeric"' in str(form["id"])
    assert 'inputmode="tel"' in str(form["mobile"])
    assert "data-dual-date" in str(form["date"])


def test_a_counters_browser_remembers_nothing_unless_the_form_says_so():
    form = Everything()
    assert 'autocomplete="off"' in str(form["id"])
    assert 'autocomplete="tel"' in str(form["mobile"])


@pytest.mark.parametrize("kind", STRICT.values(), ids=STRICT)
@pytest.mark.parametrize("character", "\x00\u202e\u2066\u200b\u200d\ufeff")
def test_hidden_characters_are_refused_in_names_and_identifiers(kind, character):
    assert code_of(kind(), f"1{character}2") == "hidden"


@pytest.mark.parametrize("kind", ALL.values(), ids=ALL)
@pytest.mark.parametrize("text", ["x" * 1_000_000, "١" * 1_000_000, "😀" * 300_000])
def test_megabytes_are_refused_before_they_are_read(kind, text):
    # A date's own cap is in `hijri.parse`, which keeps the typing.
    assert code_of(kind(), text) == ("unreadable" if kind is fields.DualDateField else "max_length")


@pytest.mark.parametrize("kind", ALL.values(), ids=ALL)
@pytest.mark.parametrize("empty", ["", "  ", None])
def test_empty_is_refused_only_when_required(kind, empty):
    assert code_of(kind(), empty) == "required"
    assert not kind(required=False).clean(empty)


@pytest.mark.parametrize("kind", ALL.values(), ids=ALL)
@given(text=st.text(max_size=80))
@settings(deadline=None)
def test_any_text_is_a_value_or_a_sentence(kind, text):
    form = forms.Form({"field": text})
    form.fields["field"] = kind(required=False)
    assert form.is_valid() or form.errors["field"]
    assert form.has_changed() in (True, False)


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("id", ("1000000008", "١٠٠٠ ٠٠٠ ٠٠٨")),
        ("mobile", ("+966550000012", "0550000012")),
        ("iban", ("SA0380000000608010167519", "SA03 8000 0000 6080 1016 7519")),
        ("name", ("سارة محمد", " سارة  محمد ")),
        ("number", (7, "٧")),
        ("money", (Decimal("1500.5"), "1,500.50")),
        ("date", (date(2023, 8, 24), "8/2/1445")),
        ("date", (hijri.parse("8/2/1445"), "٨ صفر ١٤٤٥")),
    ],
)
def test_the_same_value_typed_otherwise_is_no_change(name, same):
    assert not ALL[name]().has_changed(*same)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (date(2023, 8, 24), "9/2/1445"),
        (date(2023, 8, 24), ""),
        (None, "8/2/1445"),
        (date(2023, 8, 24), "nonsense"),
        (hijri.parse("8/2/1445"), "24/8/2023"),
    ],
)
def test_another_date_or_another_calendar_is_a_change(before, after):
    assert fields.DualDateField().has_changed(before, after)


def test_a_stored_date_is_shown_so_that_it_can_be_typed_back():
    field = fields.DualDateField()
    assert field.prepare_value(date(2023, 8, 24)) == "24/8/2023"
    assert field.prepare_value(hijri.parse("٨/٢/١٤٤٥")) == "٨/٢/١٤٤٥"
    assert field.prepare_value("half typed") == "half typed"


@time_machine.travel("2023-08-23T21:00:00+00:00", tick=False)
def test_a_past_date_may_be_today_in_riyadh_and_not_tomorrow():
    field = fields.DualDateField(past_only=True)
    assert field.clean("8/2/1445").gregorian == date(2023, 8, 24)
    assert code_of(field, "9/2/1445") == "future"
    assert fields.DualDateField().clean("9/2/1445")


def test_a_date_carries_the_reason_it_was_refused():
    assert code_of(fields.DualDateField(), "30/1/1445") == "day"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("0", "0.00"),
        ("1500", "1500.00"),
        ("1500.5", "1500.50"),
        ("1,500", "1500.00"),
        ("1,234,567.89", "1234567.89"),
        ("١٬٢٣٤٬٥٦٧٫٨٩", "1234567.89"),
        ("1 500", "1500.00"),
        ("٠٫٥", "0.50"),
    ],
)
def test_amounts(typed, amount):
    assert str(fields.MoneyField().clean(typed)) == amount


@pytest.mark.parametrize(
    "typed",
    ["-1", "1,50", "1500,50", "1.500", "1,5000", "1,500 000", "1,500.505", "NaN", "Infinity", "1e5", "1_000"]
    + ["ألف", "1.2.3", ".5", "12،5", "1,,500", "½", "$5"],
)
def test_amounts_that_could_mean_two_things_are_refused(typed):
    assert code_of(fields.MoneyField(), typed) == "invalid"


def test_an_amount_has_bounds():
    assert code_of(fields.MoneyField(), "99999999999") == "max_whole_digits"
    assert code_of(fields.MoneyField(), "9" * 39) == "max_digits"
    assert code_of(fields.MoneyField(max_value=100), "100.01") == "max_value"
    assert code_of(fields.MoneyField(min_value=10), "9.99") == "min_value"


@pytest.mark.parametrize("typed", ["1.5", "1_0", "1e3", "abc", "9" * 13, "²", "1 2", "0x1"])
def test_a_whole_number_is_digits_only(typed):
    assert code_of(fields.FoldedIntegerField(), typed) == "invalid"


def test_a_whole_number_has_bounds_even_when_the_form_gives_none():
    assert fields.FoldedIntegerField().clean("-٣") == -3
    assert code_of(fields.FoldedIntegerField(), "2147483648") == "max_value"
    assert code_of(fields.FoldedIntegerField(min_value=0), "-1") == "min_value"
    assert code_of(fields.FoldedIntegerField(max_value=30), "31") == "max_value"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("مُحَمَّد", "مُحَمَّد"),
        ("أم كلثوم", "أم كلثوم"),
        ("عبدالرحمٰن", "عبدالرحمٰن"),
        ("Anne-Marie O'Neil", "Anne-Marie O'Neil"),
        ("José", "José"),
        ("ﻣﺤﻤﺪ", "محمد"),
        ("کریم", "کریم"),
    ],
)
def test_names_are_kept_as_written(typed, kept):
    assert fields.NameField().clean(typed) == kept


@pytest.mark.parametrize(
    "typed", ["محمد1", "محمد ١", "محمد@", "محمد😀", "<b>محمد</b>", "Иван", "محمد/علي", "محمد\nعلي؟"]
)
def test_a_name_is_letters(typed):
    assert code_of(fields.NameField(), typed) in ("characters", "hidden")


@pytest.mark.parametrize(("typed", "code"), [("م", "short"), ("--", "short"), ("م" * 61, "max_length")])
def test_a_name_has_a_length(typed, code):
    assert code_of(fields.NameField(), typed) == code


def test_ordinary_text_keeps_emoji_marks_and_lines():
    text = "شكرًا 👨‍👩‍👧 \u200fمن القلب"
    assert fields.FoldedCharField().clean(f" {text}\n ") == text
    assert fields.FoldedCharField(multiline=True).clean("سطر\r\nثانٍ\rثالث") == "سطر\nثانٍ\nثالث"
    assert fields.FoldedCharField().clean("سطر\nثانٍ") == "سطر ثانٍ"


def test_ordinary_text_cannot_reorder_the_page():
    assert fields.FoldedCharField().clean("نص\u202eعكس\u2066") == "نصعكس"


@pytest.mark.parametrize("character", "\x00\x07\x1b\x7f\x85\ud800")
def test_ordinary_text_refuses_what_cannot_be_stored(character):
    assert code_of(fields.FoldedCharField(multiline=True), f"نص{character}") == "hidden"


def test_ordinary_text_has_a_length():
    assert code_of(fields.FoldedCharField(), "س" * 201) == "max_length"
    assert code_of(fields.FoldedCharField(multiline=True, max_length=5), "س" * 6) == "max_length"
    assert isinstance(fields.FoldedCharField(multiline=True).widget, forms.Textarea)
