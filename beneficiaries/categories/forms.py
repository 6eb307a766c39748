"""The form of a person's categories. Sensitive ones are offered to whoever may read them, and to nobody else."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beneficiaries.categories.rules import first_is_hidden, readable
from beneficiaries.forms import EMPTY, PartForm
from core.fields import Choice, Choices
from policies.models import Category


class CategoriesForm(PartForm):
    placed = [("primary", 6), ("categories", 12)]

    primary = Choice(label=_("First category"), required=False)
    categories = Choices(label=_("Every category that applies"), widget=forms.CheckboxSelectMultiple, required=False)

    def fit(self) -> None:
        self.offered = {each.code: each for each in Category.objects.all() if readable(each, self.by)}
        choices = [(code, each.label) for code, each in self.offered.items()]
        self.fields["categories"].choices = choices  # type: ignore[attr-defined]
        self.fields["primary"].choices = EMPTY + choices  # type: ignore[attr-defined]
        self.own = list(self.person.categories.select_related("category"))
        if first_is_hidden(self.own, self.by):
            del self.fields["primary"]

    def known(self) -> dict[str, Any]:
        seen = [row for row in self.own if readable(row.category, self.by)]
        return {
            "primary": next((row.category.code for row in seen if row.is_primary), ""),
            "categories": sorted(row.category.code for row in seen),
        }

    def facts(self) -> dict[str, Any]:
        """As `categorise` takes them; the first one applies too, ticked or not."""
        return {
            "primary": self.offered.get(self.cleaned_data.get("primary", "")),
            "others": [self.offered[code] for code in self.cleaned_data["categories"]],
        }
