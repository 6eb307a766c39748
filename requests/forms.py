"""The small forms of the case desk: each asks for what one action needs, and cleans it. They neither save nor send."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from beneficiaries.models import MaritalStatus, Person
from core import seen
from core.fields import Choice, DualDateField, FoldedCharField, FoldedIntegerField, IbanField, needed
from policies.models import PolicyVersion
from requests.models import CloseReason, ReceiveBy, SupportRequest, Told

MOST_EXTRA_PAPERS = 5
LONGEST_PAPER = 100


class RevealForm(forms.Form):
    why = FoldedCharField(
        label=_("Why do you need to see it?"),
        max_length=300,
        help_text=_("Your reason is kept in the record, with your name and the time."),
    )


class TellDecisionForm(forms.Form):
    how = Choice(label=_("How was the person told?"), choices=Told.choices, widget=forms.RadioSelect)


class AskForPapersForm(forms.Form):
    """Papers from the case's own list, and others by name, one on each line."""

    chosen = forms.MultipleChoiceField(
        label=_("Papers of this service"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = FoldedCharField(
        label=_("Other papers"),
        multiline=True,
        max_length=600,
        required=False,
        help_text=_("One paper on each line, by the name the person knows it by."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, case: SupportRequest):
        self.checks = list(case.checks.all())
        unsettled = [check.code for check in self.checks if not check.settled]
        super().__init__(data, initial={"chosen": unsettled})
        cast(forms.MultipleChoiceField, self.fields["chosen"]).choices = [
            (check.code, check.label) for check in self.checks
        ]

    def clean_others(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines()]
        papers = list(dict.fromkeys(line for line in lines if line))
        if len(papers) > MOST_EXTRA_PAPERS:
            raise forms.ValidationError(_("Ask for five other papers at most; put the rest into a later message."))
        if any(len(paper) > LONGEST_PAPER for paper in papers):
            raise forms.ValidationError(_("A paper's name is too long. Write its name only."))
        return papers

    def papers(self) -> dict[str, str]:
        """Code → name of every paper asked for, as the action takes them."""
        chosen = {check.code: check.label for check in self.checks if check.code in self.cleaned_data["chosen"]}
        known = {check.label: check.code for check in self.checks}
        free = (code for n in range(1, 1000) if (code := f"other-{n}") not in known.values())
        for label in self.cleaned_data["others"]:
            chosen[known.get(label) or next(free)] = label
        return chosen


class WithdrawForm(forms.Form):
    why = FoldedCharField(label=_("The reason, as the person gave it"), max_length=300)
    signed = forms.BooleanField(
        label=_("The person signed a paper asking for this, and it is in the file"),
        error_messages={"required": _("A request is withdrawn on a signed paper only. Have it signed first.")},
    )


class CloseForm(forms.Form):
    close_reason = Choice(label=_("The reason for closing"), choices=CloseReason.choices, widget=forms.RadioSelect)
    why = FoldedCharField(
        label=_("A note for colleagues"),
        multiline=True,
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


LACKING = ("birth", "marital_status", "household_size", "member_no", "name_as_printed")
"""What the file of a person may still lack when they are registered."""


class HowReceivedForm(forms.Form):
    """How the service reaches the person: asked at registration, and again when it is arranged anew."""

    receive_by = Choice(
        label=_("How will the service be received?"), choices=ReceiveBy.choices, widget=forms.RadioSelect
    )
    iban_verified = forms.BooleanField(
        label=_("I saw the bank's certificate and the name on it"),
        required=False,
        help_text=_("Needed for a transfer."),
    )
    receive_where = needed(
        FoldedCharField(
            label=_("Where, or through whom"),
            max_length=200,
            help_text=_("The store, the address of the home, or the delegate's name."),
        ),
        when=_("needed unless it is a transfer"),
    )

    @property
    def by_transfer(self) -> bool:
        return self.cleaned_data.get("receive_by") == ReceiveBy.TRANSFER

    @property
    def shown(self) -> str:
        """The mark of the IBAN that stood on the page whose tick came (`requests.delivery.rules.iban_mark`)."""
        return str(self.data.get(seen.FIELD, ""))

    def untick(self) -> None:
        """The certificate is looked at again: the tick does not stand for the IBAN shown now."""
        self.data = {name: value for name, value in self.data.items() if name != "iban_verified"}

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        if self.by_transfer and not clean.get("iban_verified"):
            self.add_error("iban_verified", _("See the bank's certificate first, then tick this."))
        if clean.get("receive_by") and not self.by_transfer and not clean.get("receive_where"):
            self.add_error("receive_where", _("Write where, or through whom, it will be received."))
        return clean


class RegistrationForm(HowReceivedForm):
    """What the file still lacks, and how the service will be received. Nothing known is asked again (clause DO-1)."""

    birth = DualDateField(
        label=_("Birth date"), past_only=True, help_text=_("In either calendar, for example 14/8/1412.")
    )
    marital_status = Choice(label=_("Marital status"), choices=[("", "—"), *MaritalStatus.choices])
    household_size = FoldedIntegerField(label=_("People in the household"), min_value=1, max_value=40)
    member_no = FoldedCharField(label=_("Member number"), max_length=20)
    name_as_printed = FoldedCharField(label=_("name as printed on the ID"), max_length=200, required=False)
    iban = needed(IbanField(label=_("IBAN")), when=_("needed for a transfer"))
    field_order = (*LACKING, "receive_by", "iban", "iban_verified", "receive_where")

    def __init__(self, *args: Any, person: Person, policy: PolicyVersion, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.person = person
        known = {
            "birth": person.birth_date,
            "marital_status": person.marital_status,
            "household_size": person.household_size or not policy.asks_household,
            "member_no": person.member_no or not policy.has_membership,
            "name_as_printed": person.name_as_printed,
        }
        for name in (name for name, value in known.items() if value):
            del self.fields[name]
        if person.iban:
            cast(Any, self.fields["iban"]).needed_when = ""

    @property
    def lacking(self) -> list[forms.BoundField]:
        """The fields of the person's file among these."""
        return [self[name] for name in LACKING if name in self.fields]

    def clean(self) -> dict[str, Any]:
        clean = super().clean()
        if self.by_transfer and not clean.get("iban") and not self.person.iban and "iban" not in self.errors:
            self.add_error("iban", _("Type the IBAN as it stands on the bank's certificate."))
        return clean

    def of_person(self) -> dict[str, Any]:
        """What goes into the person's file."""
        facts = {name: self.cleaned_data[name] for name in LACKING if name in self.fields}
        if self.by_transfer and self.cleaned_data["iban"]:
            facts["iban"] = self.cleaned_data["iban"]
        return facts

    def of_case(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in ("receive_by", "receive_where", "iban_verified")}
