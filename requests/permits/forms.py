from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import DualDateField, FoldedCharField, MobileField, NameField
from core.hijri import TypedDate
from requests.permits.rules import NOTE_NEEDED, NUMBER_NEEDED


class ProposeForm(forms.Form):
    title = FoldedCharField(label=_("What is the programme called?"), max_length=150)
    about = FoldedCharField(label=_("What is it about, and for whom?"), multiline=True)
    place = FoldedCharField(label=_("Where is it held?"), max_length=150)
    starts_on = DualDateField(
        label=_("When does it begin?"),
        help_text=_("Hijri or Gregorian, for example 8/2/1448 or 22/7/2026."),
    )
    volunteer_name = NameField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    mobile = MobileField(
        label=_("Your mobile"),
        help_text=_("We tell you the answer on it, for example 0550000067."),
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )

    def clean_starts_on(self):
        """A programme that has begun cannot be given a permit. Returns the date."""
        typed: TypedDate = self.cleaned_data["starts_on"]
        if typed.gregorian <= clock.today():
            raise ValidationError(_("The programme begins after today: its permit comes first."), code="past")
        return typed.gregorian


class EnterForm(ProposeForm):
    """The same, typed by an officer for a volunteer who came or called."""

    volunteer_name = NameField(label=_("Name of the volunteer"), max_length=150)
    mobile = MobileField(label=_("Mobile of the volunteer"))


class RaiseForm(forms.Form):
    external_reference = FoldedCharField(
        label=_("Number in the Tayseer system"),
        max_length=40,
        error_messages={"required": NUMBER_NEEDED},
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )


class IssuedForm(forms.Form):
    answered_on = DualDateField(
        label=_("Date of the answer"), past_only=True, required=False, help_text=_("Empty: today.")
    )
    answer_note = FoldedCharField(label=_("What the authority said"), max_length=500, required=False)

    def clean_answered_on(self):
        typed: TypedDate | None = self.cleaned_data["answered_on"]
        return typed.gregorian if typed else None


class RefusedForm(IssuedForm):
    answer_note = FoldedCharField(
        label=_("What the authority said"), max_length=500, error_messages={"required": NOTE_NEEDED}
    )


class WithdrawForm(forms.Form):
    why = FoldedCharField(label=_("The reason, as the volunteer gave it"), max_length=300)
    sure = forms.BooleanField(
        label=_("The volunteer asked for this and knows that it is not undone"),
        error_messages={"required": _("A proposal that is withdrawn does not come back. Tick this to confirm.")},
    )


class PlainForm(forms.Form):
    """An action that asks for nothing."""


SUBMITS = {
    "raise_to_authority": _("Record the number and tell the volunteer"),
    "record_issued": _("Record that the permit was issued and tell the volunteer"),
    "record_refused": _("Record that the permit was refused and tell the volunteer"),
    "withdraw": _("Withdraw the proposal and tell the volunteer"),
}
"""What the button of each form says: read alone, no two are the same."""

FORMS: dict[str, type[forms.Form]] = {
    "raise_to_authority": RaiseForm,
    "record_issued": IssuedForm,
    "record_refused": RefusedForm,
    "hand_over": PlainForm,
    "withdraw": WithdrawForm,
}
