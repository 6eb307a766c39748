"""The form of one line of income or obligation."""

from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from beneficiaries.forms import EMPTY, PartForm
from beneficiaries.means.models import OBLIGATIONS, Every, Kind, MeansLine
from beneficiaries.means.rules import LARGEST
from core.fields import Choice, FoldedCharField, MoneyField, label_of

INCOME = [choice for choice in Kind.choices if choice[0] not in OBLIGATIONS]
OWED = [choice for choice in Kind.choices if choice[0] in OBLIGATIONS]


label = partial(label_of, MeansLine)


class MeansForm(PartForm):
    """The kind says the side: an income stands among the incomes."""

    placed = [("kind", 4), ("amount", 4), ("every", 4), ("note", 12)]

    kind = Choice(label=label("kind"), choices=[*EMPTY, (_("Income"), INCOME), (_("Obligations"), OWED)])
    amount = MoneyField(label=label("amount"), min_value=Decimal("0.01"), max_value=LARGEST)
    every = Choice(label=label("every"), choices=Every.choices, initial=Every.MONTH)
    note = FoldedCharField(label=label("note"), max_length=120, required=False)

    def known(self) -> dict[str, Any]:
        line = self.row
        return {name: getattr(line, name) for name, _width in self.placed} if line else {"every": Every.MONTH}
