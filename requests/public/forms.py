import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from channels.codes.forms import CodeField
from core.fields import IdentifierField, MobileField
from core.references import ReferenceError, parse_reference

NEUTRAL = {
    "characters": _("The number is digits only. Type it as in our message."),
    "length": _("The number has 9 digits. Count them and type all of them."),
    "checksum": _("A digit of the number is wrong. Compare it with our message and type it again."),
}


class ReferenceField(IdentifierField):
    """Nine digits in any script, with or without spaces (`core.references`). `sentences`: code → its own error."""

    sentences: dict[str, Any] = {}
    default_error_messages = {"required": _("Type your number, 9 digits.")}

    def read(self, text: str) -> str:
        try:
            return parse_reference(text)
        except ReferenceError as error:
            raise ValidationError(self.sentences.get(error.code, str(error)), code=error.code) from None


class LastFourField(IdentifierField):
    """The last four digits of a mobile."""

    default_error_messages = {"required": _("Type the last four digits of your mobile, for example 4567.")}

    def read(self, text: str) -> str:
        if not re.fullmatch("[0-9]{4}", text):
            raise ValidationError(_("Type the last four digits of your mobile, for example 4567."), code="digits")
        return text


class CodeForm(forms.Form):
    """The digits of the message, which a telephone may fill in by itself."""

    code = CodeField(
        label=_("The code"),
        help_text=_("Six digits, in the message we sent to your mobile."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


class NumberForm(forms.Form):
    """The number of what is followed. `takes_requests`: where there are none, nothing here speaks of requests."""

    reference = ReferenceField(label=_("Your number"), help_text=_("9 digits, on your receipt and in our messages."))

    def __init__(self, data: Any = None, *, takes_requests: bool = True, **kwargs: Any):
        super().__init__(data, **kwargs)
        if not takes_requests:
            number = cast(ReferenceField, self.fields["reference"])
            number.label, number.sentences = _("The number we gave you"), NEUTRAL
            number.help_text = _("9 digits, in our message to you.")


class StatusForm(NumberForm):
    last_four = LastFourField(
        label=_("The last four digits of your mobile"), help_text=_("The mobile on which our messages reach you.")
    )

    @property
    def mobile(self) -> str:
        return self.cleaned_data["last_four"]


class WholeMobileForm(NumberForm):
    """Asked for in place of the four digits, on a day of many attempts."""

    whole_mobile = MobileField(
        label=_("Your whole mobile number"),
        help_text=_("The mobile on which our messages reach you."),
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )

    @property
    def mobile(self) -> str:
        return self.cleaned_data["whole_mobile"]
