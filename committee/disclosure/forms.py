"""What a member says of themselves and of those near to them."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beneficiaries.home import rules as address
from beneficiaries.home.forms import AddressField, number, words
from core.fields import FoldedCharField, IbanField, MobileField, NameField, NationalIdField
from requests.models import Disclosure

EMPTY = 2
"""Empty rows offered after those kept; more are asked for one by one."""
MOST = 60


class DisclosureForm(forms.Form):
    full_name = NameField(label=_("Your name as on the ID"), max_length=200)
    mobile = MobileField(label=_("Your own mobile"), required=False)
    short_code = AddressField(label=_("Short address of your home"), read=address.short_code, inputmode="text")
    city = words("city")
    district = words("district")
    street = words("street")
    building_number = number("building_number", 4)
    iban = IbanField(label=_("Your IBAN"), required=False)

    def __init__(self, data: Any = None, *, said: Disclosure | None, name: str):
        initial = {field: getattr(said, field) for field in self.base_fields} if said else {"full_name": name}
        super().__init__(data, initial=initial, use_required_attribute=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if sentence := address.numbers_differ(data.get("short_code", ""), data.get("building_number", "")):
            self.add_error("building_number", sentence)
        return data


class RelativeForm(forms.Form):
    """One relative; a row left empty is nobody, and one emptied is taken out."""

    name = NameField(label=_("Name"), max_length=200, required=False)
    relation = FoldedCharField(label=_("Relation"), max_length=60, required=False)
    national_id = NationalIdField(label=_("ID number"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("national_id") or cleaned.get("relation")) and not cleaned.get("name") and not self.errors:
            self.add_error("name", _("Write the name."))
        return cleaned

    @property
    def row(self) -> dict[str, Any]:
        clean = self.cleaned_data
        return {"name": clean["name"], "relation": clean["relation"], "national_id": clean["national_id"] or None}


def relatives_of(data: Any, said: Disclosure | None) -> list[RelativeForm]:
    """The rows as they were sent, or those kept with empty ones after them."""
    known = list(said.relatives.all()) if said else []
    kept = [{"name": row.name, "relation": row.relation, "national_id": row.national_id} for row in known]
    if data is None:
        return [relative(number, first) for number, first in enumerate([*kept, *[{}] * EMPTY])]
    return [relative(number, {}, data) for number in range(rows_sent(data))]


def with_one_more(data: Any) -> list[RelativeForm]:
    """The rows as they are being typed, nothing of them judged yet, and one empty row after them."""
    typed = [
        {name: data.get(f"r{number}-{name}", "") for name in RelativeForm.base_fields}
        for number in range(rows_sent(data))
    ]
    return [relative(number, first) for number, first in enumerate([*typed, {}][:MOST])]


def relative(number: int, first: dict[str, Any], data: Any = None) -> RelativeForm:
    return RelativeForm(data, prefix=f"r{number}", initial=first, use_required_attribute=False)


def rows_sent(data: Any) -> int:
    """How many rows the page had when it was sent."""
    numbers = [int(found[1]) for name in data if (found := re.fullmatch(r"r([0-9]{1,2})-[a-z_]+", name))]
    return min(max(numbers, default=-1) + 1, MOST)
