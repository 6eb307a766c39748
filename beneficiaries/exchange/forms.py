"""One row of a workbook, read as strictly as the counter reads a form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from beneficiaries.choices import MaritalStatus, Sex
from beneficiaries.exchange.columns import FULL_NAME, NAME_PARTS
from core.arabic import fold
from core.fields import (
    DualDateField,
    Folded,
    FoldedCharField,
    FoldedIntegerField,
    IbanField,
    MobileField,
    NameField,
    NationalIdField,
)
from core.full_names import as_written
from policies.models import Category

SEXES = {
    Sex.MALE: ("ذكر", "رجل", "ولد", "male", "m"),
    Sex.FEMALE: ("أنثى", "انثى", "امرأة", "بنت", "female", "f"),
}
MARITAL = {
    MaritalStatus.SINGLE: ("أعزب", "عزباء", "غير متزوج", "غير متزوجة", "single"),
    MaritalStatus.MARRIED: ("متزوج", "متزوجة", "married"),
    MaritalStatus.DIVORCED: ("مطلق", "مطلقة", "divorced"),
    MaritalStatus.WIDOWED: ("أرمل", "أرملة", "widowed"),
}


class WordField(Folded, forms.CharField):
    """One of a few words as people write them in a table: «ذكر», «أنثى»."""

    def __init__(self, words: dict[Any, tuple[str, ...]], **kwargs: Any):
        self.meant = {fold(word): str(value) for value, written in words.items() for word in written}
        self.example = "، ".join(written[0] for written in words.values())
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if text and fold(text) not in self.meant:
            raise ValidationError(_("This word is not known here. Write one of: %(words)s.") % {"words": self.example})
        return self.meant.get(fold(text), "")


class CategoryField(Folded, forms.CharField):
    """A category by its name in the portal; sensitive ones are not brought in by a table."""

    def clean(self, value: Any) -> Category | None:
        text = super().clean(value)
        if not text:
            return None
        known = {fold(each.label): each for each in Category.objects.filter(is_sensitive=False)}
        if fold(text) not in known:
            labels = "، ".join(each.label for each in known.values())
            raise ValidationError(_("There is no such category. Write one of: %(words)s.") % {"words": labels})
        return known[fold(text)]


class RowForm(forms.Form):
    full_name = NameField(max_length=200, required=False)
    first_name = NameField()
    father_name = NameField()
    grandfather_name = NameField(required=False)
    family_name = NameField()
    national_id = NationalIdField()
    mobile = MobileField()
    birth = DualDateField(past_only=True, required=False)
    sex = WordField(SEXES)
    nationality = NameField(required=False)
    marital_status = WordField(MARITAL, required=False)
    household_size = FoldedIntegerField(min_value=1, max_value=60, required=False)
    category = CategoryField(required=False)
    member_no = FoldedCharField(max_length=20, required=False)
    member_standing = FoldedCharField(max_length=40, required=False)
    iban = IbanField(required=False)
    confirmed = DualDateField(past_only=True, required=False)

    @classmethod
    def of(cls, cells: list[str], mapping: dict[str, int]) -> "RowForm":
        """The form of one row under the matched columns; a full name fills the parts that have none of their own."""
        typed = {name: cells[place] for name, place in mapping.items() if place < len(cells)}
        if typed.get(FULL_NAME):
            typed = as_written(typed[FULL_NAME]) | {name: value for name, value in typed.items() if value}
        return cls({name: value.lstrip("'") for name, value in typed.items()})

    def wrong(self) -> list[list[str]]:
        """[column, sentence] for everything that is wrong, in the columns' order."""
        return [[name, " ".join(map(str, errors))] for name, errors in self.errors.items()]

    def facts(self) -> dict[str, Any]:
        """The clean row as `beneficiaries.actions.enrol` takes it."""
        data = self.cleaned_data
        names = [*NAME_PARTS, "mobile", "birth", "sex", "nationality", "marital_status", "household_size"]
        names += ["member_no", "member_standing", "iban"]
        return {name: data[name] for name in names if data.get(name)}
