"""The form of a guardian or an authorised representative."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from beneficiaries.forms import EMPTY, PartForm
from beneficiaries.models import Representative
from beneficiaries.representatives import rules
from core.arabic import fold_digits
from core.fields import Choice, DualDateField, FoldedCharField, MobileField, NameField, NationalIdField, needed


def label(name: str) -> Any:
    return getattr(Representative, name).field.verbose_name


class RepresentativeForm(PartForm):
    placed = [("kind", 4), ("name", 8), ("national_id", 4), ("mobile", 4), ("relation", 4)]
    placed += [("deed_number", 6), ("valid_until", 6)]
    unshown = ("national_id",)
    dates = ("valid_until",)

    kind = Choice(label=label("kind"), choices=EMPTY + Representative.Kind.choices)
    name = NameField(label=label("name"), max_length=200)
    national_id = NationalIdField(label=label("national_id"))
    mobile = MobileField(label=label("mobile"))
    relation = FoldedCharField(label=label("relation"), max_length=60, required=False)
    deed_number = needed(
        FoldedCharField(label=label("deed_number"), max_length=40), when=_("needed of an authorised representative")
    )
    valid_until = DualDateField(label=label("valid_until"), required=False)

    def known(self) -> dict[str, Any]:
        row = self.row
        if row is None:
            return {}
        names = ("kind", "name", "national_id", "relation", "deed_number")
        return {name: getattr(row, name) for name in names} | {
            "mobile": row.mobile.replace("+966", "0"),
            "valid_until": fold_digits(row.valid_until_typed) or row.valid_until,
        }

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if not self.errors:
            sentence = rules.why_not(
                self.person,
                kind=data["kind"],
                national_id=data["national_id"],
                deed_number=data["deed_number"],
                but=self.row,
            )
            if sentence:
                self.add_error(None, sentence)
        return data
