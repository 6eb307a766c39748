"""The form of one line of a study."""

from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beneficiaries.means.forms import INCOME, OWED
from beneficiaries.means.models import Every, Side
from beneficiaries.means.rules import LARGEST
from core.fields import Choice, FoldedCharField, MoneyField, label_of, needed
from requests.models import StudyLine
from requests.study.models import KnownBy

KINDS: dict[str, list[tuple[str, Any]]] = {Side.INCOME: INCOME, Side.OBLIGATION: OWED}
label = partial(label_of, StudyLine)


class LineForm(forms.Form):
    """One line of one side: a kind, how much, how often, how it is known, and whether it counts."""

    use_required_attribute = False

    kind = Choice(label=label("kind"))
    amount = MoneyField(label=label("amount"), min_value=Decimal("0.01"), max_value=LARGEST)
    every = Choice(label=label("every"), choices=Every.choices, widget=forms.RadioSelect, initial=Every.MONTH)
    known_by = Choice(label=label("known_by"), choices=KnownBy.choices, widget=forms.RadioSelect, initial=KnownBy.TOLD)
    note = FoldedCharField(label=label("note"), max_length=120, required=False)
    counts = Choice(
        label=_("Does it count?"),
        choices=[("yes", _("it counts")), ("no", _("it does not count"))],
        widget=forms.RadioSelect,
        initial="yes",
    )
    why_not = needed(FoldedCharField(label=label("why_not"), max_length=200), when=_("needed if it does not count"))

    def __init__(self, data: Any = None, *, side: str, line: StudyLine | None = None, auto_id: str = "id_%s"):
        super().__init__(data, initial=self.known(line) if line else None, auto_id=auto_id)
        self.fields["kind"].choices = [("", "—"), *KINDS[side]]  # type: ignore[attr-defined]

    @staticmethod
    def known(line: StudyLine) -> dict[str, Any]:
        names = ("kind", "amount", "every", "known_by", "note", "why_not")
        return {name: getattr(line, name) for name in names} | {"counts": "yes" if line.counts else "no"}

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if data.get("counts") == "no" and not data.get("why_not"):
            self.add_error("why_not", _("Write why it does not count; the committee reads it."))
        return data

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data | {"counts": self.cleaned_data["counts"] == "yes"}
