"""What a member says of themselves and of those near to them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beneficiaries.home import rules as address
from beneficiaries.home.forms import AddressField, number, words
from core.fields import FoldedCharField, IbanField, MobileField, NameField, NationalIdField
from requests.models import Disclosure

ROWS = 8


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
    """The rows as they were, and empty ones after them."""
    known = list(said.relatives.all()) if said else []
    rows = max(ROWS, len(known) + 2)
    initial = [{"name": row.name, "relation": row.relation, "national_id": row.national_id} for row in known]
    initial += [{}] * (rows - len(known))
    return [
        RelativeForm(data, prefix=f"r{number}", initial=first, use_required_attribute=False)
        for number, first in enumerate(initial)
    ]
