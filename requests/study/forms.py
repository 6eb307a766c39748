"""The study as a researcher fills it in, in one column on a phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import Choice, FoldedCharField, FoldedIntegerField, MoneyField, needed
from policies.models import PolicyVersion
from requests.models import Study
from requests.study.models import Recommends

LONGEST = 4000


class StudyForm(forms.Form):
    """Saving asks for nothing yet; raising to the committee asks for whatever is not marked optional."""

    household_size = FoldedIntegerField(label=_("People in the household"), min_value=1, max_value=40)
    income = MoneyField(label=_("Counted monthly income, riyals"), help_text=_("Everything that comes in regularly."))
    obligations = MoneyField(
        label=_("Counted monthly obligations, riyals"), required=False, help_text=_("Rent, instalments, treatment.")
    )
    findings = FoldedCharField(
        label=_("What you found"),
        multiline=True,
        max_length=LONGEST,
        help_text=_("What you saw yourself, apart from what was said to you."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    recommends = Choice(label=_("Your recommendation"), choices=Recommends.choices, widget=forms.RadioSelect)
    what = needed(
        FoldedCharField(
            label=_("What do you recommend?"), max_length=200, help_text=_("For example: three months' rent.")
        ),
        when=_("needed if you recommend approval"),
    )
    amount = MoneyField(label=_("Amount, riyals"), required=False)
    reasons = FoldedCharField(
        label=_("Your reasons"),
        multiline=True,
        max_length=LONGEST,
        help_text=_("For a rejection, the person will read them if the committee agrees with you."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, data: Any = None, *, policy: PolicyVersion, study: Study | None, raising: bool = False):
        initial = {name: getattr(study, name) for name in self.base_fields} if study else {}
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.raising = raising
        if not policy.asks_household:
            for name in ("household_size", "income", "obligations"):
                del self.fields[name]
        for field in self.fields.values():
            field.required = field.required and (raising or not self.is_bound)

    def clean(self) -> dict[str, Any]:
        super().clean()
        clean = self.cleaned_data
        if self.raising and clean.get("recommends") == Recommends.APPROVE and not clean.get("what"):
            self.add_error("what", _("Write what you recommend, as it will be put to the vote."))
        return clean
