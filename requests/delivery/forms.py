"""What the service officer writes: the award's details, its schedule, the receipt, and what becomes of the rest."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beneficiaries.models import Representative
from channels.codes.forms import CodeField
from core import hijri
from core.fields import (
    Choice,
    DualDateField,
    FoldedCharField,
    FoldedIntegerField,
    ManyUploadsField,
    MoneyField,
    UploadField,
    label_of,
    needed,
)
from requests.declaration.rules import speaking_for
from requests.delivery import rules
from requests.delivery.kinds import asks_of
from requests.delivery.models import WhyReceivedAnew
from requests.delivery.schedule import HIGHEST_NUMBER, MOST_INSTALMENTS, equal_parts, monthly
from requests.forms import HowReceivedForm
from requests.intake.forms import LONGEST_DRAWING, drawing, other_calendar
from requests.models import (
    Award,
    CancelReason,
    CollectionCall,
    Instalment,
    ProofPhoto,
    Receipted,
    ReceiveBy,
    Recipient,
    SupportKind,
    SupportRequest,
)

PICTURES = {"accept": "image/jpeg,image/png", "data-shrink": ""}
MOST_PICTURES = 8


class DetailsForm(forms.Form):
    """What the kind of support asks, in its own words."""

    kind = Choice(label=label_of(Award, "kind"), choices=[("", _("Choose")), *SupportKind.choices])
    payee = FoldedCharField(max_length=120, required=False)
    payee_number = FoldedCharField(max_length=60, required=False, widget=forms.TextInput(attrs={"dir": "ltr"}))
    items = FoldedCharField(label=label_of(Award, "items"), multiline=True, max_length=1000, required=False)
    zakat = forms.BooleanField(label=label_of(Award, "zakat"), required=False)

    def __init__(self, data: Any = None, *, award: Award, decided: bool):
        super().__init__(data, initial={name: getattr(award, name) for name in self.base_fields})
        if decided:
            del self.fields["kind"]
        asks = asks_of(award.kind)
        for name, label in (("payee", asks.payee), ("payee_number", asks.number)):
            if label:
                self.fields[name].label = str(label)
            else:
                del self.fields[name]
        if asks.payee:
            self.fields["payee"].required = True
        if not asks.items:
            del self.fields["items"]


class DivideForm(forms.Form):
    """How many instalments, and from when: it fills the rows, which may be changed after."""

    count = FoldedIntegerField(label=_("How many instalments"), min_value=1, max_value=MOST_INSTALMENTS)
    first = DualDateField(
        label=_("The first is due on"),
        help_text=_("Hijri or Gregorian. The rest follow month by month, in the calendar you type here."),
    )

    def rows(self, left: Decimal | None) -> list[dict[str, Any]]:
        """The rows to show. Raises ValueError when there is too little to divide."""
        count, first = self.cleaned_data["count"], self.cleaned_data["first"]
        days = monthly(first, count)
        amounts = [None] * count if left is None else equal_parts(left, count)
        return [
            {"amount": amount, "due": shown(day, first.calendar)} for amount, day in zip(amounts, days, strict=True)
        ]


def shown(day: date, calendar: str) -> str:
    """A day as it would be typed in this calendar."""
    if calendar == "hijri":
        year, month, number = hijri.to_hijri(day)
        return f"{number}/{month}/{year}"
    return f"{day.day}/{day.month}/{day.year}"


class RowForm(forms.Form):
    """One instalment; a row left empty is none."""

    use_required_attribute = False
    amount = MoneyField(label=_("Amount"), required=False, min_value=Decimal("0.01"))
    due = DualDateField(label=_("Due on"), required=False)

    def __init__(self, data: Any = None, *, money: bool, number: int, initial: dict[str, Any] | None = None):
        super().__init__(data, prefix=f"row{number}", initial=initial)
        self.number = number
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = _("%(label)s of instalment %(number)s") % {
                "label": field.label,
                "number": number,
            }
        if not money:
            del self.fields["amount"]

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        if clean.get("amount") and not clean.get("due") and "due" not in self.errors:
            self.add_error("due", _("Write the day this amount is due."))
        return clean

    @property
    def echo(self) -> str:
        """The same day in the other calendar, to stand under it."""
        try:
            return other_calendar(hijri.parse(str(self["due"].value() or "")))
        except hijri.DateError:
            return ""

    @property
    def row(self) -> rules.Row | None:
        due = self.cleaned_data.get("due")
        return (self.cleaned_data.get("amount"), due.gregorian) if due else None


class ReasonForm(forms.Form):
    """Why a schedule is changed that was planned before."""

    why = FoldedCharField(label=_("Why the schedule changes"), max_length=300)


class ReceiptForm(forms.Form):
    instalment = FoldedIntegerField(min_value=1, max_value=HIGHEST_NUMBER, widget=forms.HiddenInput)
    recipient = Choice(label=_("Who received it"), widget=forms.RadioSelect)
    received_by_name = needed(
        FoldedCharField(label=_("The delegate's full name"), max_length=120), when=_("needed for a delegate")
    )
    how = Choice(label=_("How the receipt was signed"), choices=Receipted.choices, widget=forms.RadioSelect)
    code = needed(CodeField(label=_("The code they read out to you"), widget=forms.TextInput), when=_("six digits"))
    drawn = forms.CharField(required=False, max_length=LONGEST_DRAWING, widget=forms.HiddenInput)
    scan = needed(
        UploadField(
            label=_("A picture of the signed paper, or the transfer slip"),
            widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
        ),
        when=_("needed for paper and for a transfer"),
    )
    note = FoldedCharField(label=_("A note"), max_length=300, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, instalment: Instalment, sending: bool = False):
        case = instalment.case
        self.person, self.sending = case.person.current, sending
        super().__init__(data, files, initial={"instalment": instalment.number} | as_arranged(case))
        self.speakers = {f"rep-{each.pk}": each for each in speaking_for(self.person)}
        speakers = [(key, f"{each.name} ({each.get_kind_display()})") for key, each in self.speakers.items()]
        self.fields["recipient"].choices = [  # type: ignore[attr-defined]
            (Recipient.PERSON, self.person.full_name),
            *speakers,
            (Recipient.DELEGATE, delegate_label(case)),
        ]

    def clean(self) -> dict[str, Any]:
        super().clean()
        clean = self.cleaned_data
        if not self.name and "received_by_name" not in self.errors:
            self.add_error("received_by_name", _("Write the full name of whoever received it."))
        if not self.sending:
            self.check_signature(clean)
        return clean

    def check_signature(self, clean: dict[str, Any]) -> None:
        how = clean.get("how")
        if how == Receipted.DRAWN:
            try:
                clean["drawing"] = drawing(clean.get("drawn", ""))
            except ValueError:
                self.add_error("how", _("Nothing is drawn yet. Have the person sign in the box, or choose paper."))
        if how == Receipted.CODE and not clean.get("code") and "code" not in self.errors:
            self.add_error("code", _("Send the code first, then type the six digits they read out."))
        if how in (Receipted.PAPER, Receipted.TRANSFER) and not clean.get("scan") and "scan" not in self.errors:
            self.add_error("scan", rules.proof_missing(how, None) or "")

    @property
    def representative(self) -> Representative | None:
        return self.speakers.get(self.cleaned_data.get("recipient", ""))

    @property
    def who(self) -> str:
        chosen = self.cleaned_data.get("recipient", Recipient.PERSON)
        return Recipient.REPRESENTATIVE if chosen in self.speakers else chosen

    @property
    def name(self) -> str:
        """The full name on the receipt: from the file, unless it is a delegate's."""
        if self.who == Recipient.DELEGATE:
            return self.cleaned_data.get("received_by_name", "")
        return self.representative.name if self.representative else self.person.full_name

    @property
    def receives(self) -> dict[str, Any]:
        """Who receives it, as `actions.receipt` and `actions.send_code` take it."""
        return {"recipient": self.who, "received_by_name": self.name, "representative": self.representative}

    @property
    def signature(self) -> io.BytesIO | Any | None:
        """The drawing or the scan, as it came."""
        drawn = self.cleaned_data["how"] == Receipted.DRAWN
        return self.cleaned_data["drawing"] if drawn else self.cleaned_data["scan"]


def delegate_label(case: SupportRequest) -> str:
    """One that was arranged; any other signs with the code of the person alone (`rules.delegate_in_doubt`)."""
    if case.receive_by == ReceiveBy.DELEGATE:
        return str(Recipient.DELEGATE.label)
    return str(_("a delegate they sent, with the code sent to the person's mobile"))


def as_arranged(case: SupportRequest) -> dict[str, str]:
    """Who receives it as was arranged at registration. How it is signed is chosen each time, but for a transfer: the
    bank's slip is all there is."""
    if case.receive_by == ReceiveBy.DELEGATE:
        return {"recipient": Recipient.DELEGATE, "received_by_name": case.receive_where}
    if case.receive_by == ReceiveBy.TRANSFER:
        return {"recipient": Recipient.PERSON, "how": Receipted.TRANSFER}
    return {"recipient": Recipient.PERSON}


class IbanSeenForm(forms.Form):
    iban_verified = forms.BooleanField(
        label=_("I saw the bank's certificate of this IBAN and the name on it"),
        error_messages={"required": _("See the bank's certificate first, then tick this.")},
    )


class ReceivingForm(HowReceivedForm):
    """How it is received from now on; asked as registration asked it."""

    why = Choice(label=_("Why it changes"), choices=WhyReceivedAnew.choices, widget=forms.RadioSelect)
    field_order = ("receive_by", "receive_where", "iban_verified", "why")

    def __init__(self, data: Any = None, *, case: SupportRequest):
        super().__init__(data, initial={"receive_by": case.receive_by, "receive_where": case.receive_where})


class PhotographsForm(forms.Form):
    pictures = ManyUploadsField(
        label=_("Photographs"), most=MOST_PICTURES, widget=ManyUploadsField.widget(attrs=PICTURES)
    )
    moment = Choice(label=_("What they show"), choices=ProofPhoto.Moment.choices, widget=forms.RadioSelect)
    caption = FoldedCharField(label=_("A caption"), max_length=200, required=False)
    shows_people = forms.BooleanField(label=_("People are seen in them"), required=False)
    agreed = forms.BooleanField(label=_("Whoever is seen was asked, and agreed to be photographed"), required=False)

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        if sentence := rules.without_consent(clean.get("shows_people", False), clean.get("agreed", False)):
            self.add_error("agreed", sentence)
        return clean


class CancelForm(forms.Form):
    which = Choice(label=_("What is cancelled"), widget=forms.RadioSelect)
    why = Choice(label=_("Reason"), choices=CancelReason.choices, widget=forms.RadioSelect)
    note = FoldedCharField(label=_("A note"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, outstanding: list[Instalment], only: str = ""):
        super().__init__(data, initial={"which": only or "rest"})
        self.outstanding = {str(each.number): each for each in outstanding}
        each = [(number, _("Instalment %(number)s") % {"number": number}) for number in self.outstanding]
        self.fields["which"].choices = [  # type: ignore[attr-defined]
            ("rest", _("All that is left")),
            *(each if len(each) > 1 else []),
        ]

    @property
    def only(self) -> Instalment | None:
        return self.outstanding.get(self.cleaned_data["which"])


class CallForm(forms.Form):
    result = Choice(label=_("What came of the call"), choices=CollectionCall.Result.choices, widget=forms.RadioSelect)
    comes_on = needed(DualDateField(label=_("Will come on")), when=_("if they said a day"))
    note = FoldedCharField(label=_("A note"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        typed = clean.get("comes_on")
        clean["comes_on"] = typed.gregorian if typed else None
        sentence = rules.wrong_day_to_come(clean.get("result", ""), clean["comes_on"])
        if sentence and not self.errors:
            self.add_error("comes_on", sentence)
        return clean


class LetterForm(forms.Form):
    addressee = FoldedCharField(label=_("Addressed to"), max_length=120)
    body = FoldedCharField(
        label=_("The letter"), multiline=True, max_length=3000, widget=forms.Textarea(attrs={"rows": 9})
    )
    signatory = FoldedCharField(label=_("Signed by"), max_length=120)
    signatory_title = FoldedCharField(label=_("Their title"), max_length=80)
