"""The form of the housing and the national address."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from beneficiaries.forms import EMPTY, PartForm
from beneficiaries.home import rules
from beneficiaries.home.actions import FACTS
from beneficiaries.home.models import Building, Home, Tenure
from beneficiaries.known import home_of
from core.fields import Choice, FoldedCharField, FoldedIntegerField, LeftToRight, label_of


class AddressField(LeftToRight, forms.CharField):
    """Reads with a function of `home.rules`; its sentence is the field's error."""

    def __init__(self, *, read: Callable[[str], str], inputmode: str = "numeric", **kwargs: Any):
        self.read, self.inputmode = read, inputmode
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        try:
            return self.read(text) if text else ""
        except rules.AddressError as error:
            raise ValidationError(str(error)) from None


def number(name: str, length: int) -> AddressField:
    return AddressField(label=label(name), read=lambda text: rules.digits(text, length))


label = partial(label_of, Home)


def words(name: str) -> FoldedCharField:
    return FoldedCharField(label=label(name), max_length=getattr(Home, name).field.max_length, required=False)


class HomeForm(PartForm):
    placed = [("short_code", 4), ("building_number", 4), ("secondary_number", 4), ("street", 4), ("district", 4)]
    placed += [("city", 4), ("postal_code", 4), ("way_there", 8), ("tenure", 4), ("building", 4), ("rooms", 4)]

    preface = _(
        "The short address is four letters and four digits, for example RRRD2929; it ends in the building number."
    )

    short_code = AddressField(
        label=label("short_code"),
        read=rules.short_code,
        inputmode="text",
    )
    building_number = number("building_number", 4)
    secondary_number = number("secondary_number", 4)
    street = words("street")
    district = words("district")
    city = words("city")
    postal_code = number("postal_code", 5)
    way_there = words("way_there")
    tenure = Choice(label=label("tenure"), choices=EMPTY + Tenure.choices, required=False)
    building = Choice(label=label("building"), choices=EMPTY + Building.choices, required=False)
    rooms = FoldedIntegerField(label=label("rooms"), min_value=1, max_value=60, required=False)

    def known(self) -> dict[str, Any]:
        home = home_of(self.person.and_merged) or Home()
        return {name: getattr(home, name) for name in FACTS}

    def fit(self) -> None:
        self.fields["short_code"].widget.attrs |= {"data-short-code": "", "autocapitalize": "characters"}
        self.fields["building_number"].widget.attrs["data-building-number"] = ""

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        code = data.get("short_code", "")
        if code and "building_number" in data and not data["building_number"]:
            data["building_number"] = rules.building_of(code)
        if sentence := rules.numbers_differ(code, data.get("building_number", "")):
            self.add_error("building_number", sentence)
        return data
