"""The forms of one member of a household: who they are, and that they left."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from beneficiaries.choices import Sex
from beneficiaries.forms import EMPTY, PartForm
from beneficiaries.household import rules
from beneficiaries.household.models import HouseholdMember, Left, Relation, Situation
from core.arabic import fold_digits
from core.fields import Choice, DualDateField, FoldedCharField, NameField, NationalIdField


def label(name: str) -> Any:
    return getattr(HouseholdMember, name).field.verbose_name


class MemberForm(PartForm):
    placed = [
        ("name", 8),
        ("relation", 4),
        ("sex", 4),
        ("birth", 4),
        ("situation", 4),
        ("national_id", 6),
        ("health", 12),
    ]
    unshown = ("national_id",)
    dates = ("birth",)

    name = NameField(label=label("name"), max_length=200)
    relation = Choice(label=label("relation"), choices=EMPTY + Relation.choices)
    sex = Choice(label=label("sex"), choices=EMPTY + Sex.choices, required=False)
    birth = DualDateField(label=label("birth_date"), past_only=True, required=False)
    situation = Choice(label=label("situation"), choices=EMPTY + Situation.choices, required=False)
    national_id = NationalIdField(label=label("national_id"), required=False)
    health = FoldedCharField(
        label=label("health"),
        multiline=True,
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only what bears on the request. Few read it."),
    )

    def fit(self) -> None:
        if not self.by.reads_sensitive:
            del self.fields["health"]

    def known(self) -> dict[str, Any]:
        member = self.row
        if member is None:
            return {}
        names = ("name", "relation", "sex", "situation", "national_id")
        return {name: getattr(member, name) or "" for name in names} | {
            "birth": fold_digits(member.birth_date_typed) or member.birth_date,
            "health": member.health or "",
        }

    def clean_national_id(self) -> str:
        value = self.cleaned_data["national_id"]
        if sentence := rules.id_taken(self.person, value, but=self.row):
            raise ValidationError(sentence)
        return value


class LeftForm(forms.Form):
    left = Choice(label=_("What happened?"), choices=Left.choices, widget=forms.RadioSelect)
    on = DualDateField(label=_("Since when"), past_only=True, required=False, help_text=_("Empty: today."))

    def facts(self) -> dict[str, Any]:
        on = self.cleaned_data["on"]
        return {"left": self.cleaned_data["left"], "on": on.gregorian if on else None}
