"""What a field says when it is not right: a sentence of its own, which says what to do; never Django's general one."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override

from core import fields
from requests.public.forms import LastFourField, ReferenceField

KINDS = {
    "text": fields.FoldedCharField,
    "id": fields.NationalIdField,
    "mobile": fields.MobileField,
    "iban": fields.IbanField,
    "name": fields.NameField,
    "date": fields.DualDateField,
    "number": fields.FoldedIntegerField,
    "money": fields.MoneyField,
    "choice": fields.Choice,
    "file": fields.UploadField,
    "reference": ReferenceField,
    "last four": LastFourField,
}


def said(field: forms.Field, value) -> str:
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    with override("en"):
        return caught.value.messages[0]


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_field_says_what_to_put_into_it(kind):
    assert said(KINDS[kind](), "") != said(forms.CharField(), "")


def test_two_kinds_are_asked_for_in_two_ways():
    assert len({said(kind(), "") for kind in KINDS.values()}) == len(KINDS)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (fields.FoldedIntegerField(min_value=1, max_value=40), "0", "The number is 1 at least."),
        (fields.FoldedIntegerField(min_value=1, max_value=40), "٤١", "The number is 40 at most."),
        (fields.MoneyField(min_value=1), "0", "The amount is 1 riyals at least."),
        (fields.MoneyField(), "9" * 13, "The amount is too large. Count its digits again."),
        (fields.FoldedCharField(max_length=5), "ا" * 6, "It is 6 characters long. Shorten it to 5 at most."),
        (fields.NameField(max_length=5), "ا" * 6, "The name is 6 characters long. Shorten it to 5 at most."),
        (fields.Choice(choices=[("a", "a")]), "<b>", "Choose from the list."),
    ],
)
def test_a_value_out_of_bounds_says_the_bound(field, value, sentence):
    assert said(field, value) == sentence


def test_what_is_needed_in_some_cases_is_not_demanded_in_all():
    field = fields.needed(fields.FoldedCharField(), when="needed if it is broken")
    assert field.clean("") == ""
    assert field.needed_when == "needed if it is broken"
