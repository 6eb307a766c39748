"""The form of the bank account: the IBAN is never repeated, and an account in another's name says why."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beneficiaries.bank.rules import owner_differs
from beneficiaries.forms import EMPTY, PartForm, label
from core.fields import Choice, IbanField, NameField, needed


class WhyAnother(models.TextChoices):
    """Why an account stands in another name than the person's."""

    GUARDIAN = "guardian", gettext_lazy("the account of their guardian")
    AGENT = "agent", gettext_lazy("the account of their authorised representative")
    FAMILY = "family", gettext_lazy("the account of somebody of the household")
    SAME = "same", gettext_lazy("the same person, written otherwise at the bank")


class BankForm(PartForm):
    placed = [("iban", 6), ("iban_owner", 6), ("why", 12), ("remove", 12)]
    unshown = ("iban",)

    iban = IbanField(label=label("iban"))
    iban_owner = needed(
        NameField(label=label("iban_owner"), max_length=120), when=gettext_lazy("as the bank writes it")
    )
    why = needed(
        Choice(label=gettext_lazy("Why is it in another name?"), choices=EMPTY + WhyAnother.choices),
        when=gettext_lazy("needed if the name differs"),
    )
    remove = forms.BooleanField(label=gettext_lazy("Take the account out of the file"), required=False)

    def fit(self) -> None:
        if not self.person.iban:
            del self.fields["remove"]

    def known(self) -> dict[str, Any]:
        return {"iban": self.person.iban or "", "iban_owner": self.person.iban_owner}

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if data.get("remove"):
            for name in list(self.errors):
                del self.errors[name]
            return data | {"iban": "", "iban_owner": "", "why": ""}
        owner = data.get("iban_owner", "")
        if not owner and "iban_owner" not in self.errors:
            self.add_error("iban_owner", _("Write the account holder's name as the bank writes it."))
        if owner_differs(self.person, owner) and not data.get("why"):
            self.add_error("why", _("The account is in another name than the file. Choose why, or correct the name."))
        return data

    def facts(self) -> dict[str, Any]:
        """As `amend` takes them; removed, both are empty."""
        if self.cleaned_data.get("remove"):
            return {"iban": None, "iban_owner": ""}
        differs = owner_differs(self.person, self.cleaned_data["iban_owner"])
        why = str(WhyAnother(self.cleaned_data["why"]).label) if differs else ""
        return {"iban_owner": self.cleaned_data["iban_owner"], "why": why} | (
            {"iban": self.cleaned_data["iban"]} if self.cleaned_data["iban"] else {}
        )
