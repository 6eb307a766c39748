import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.fields import IdentifierField
from core.references import ReferenceError, parse_reference


class ReferenceField(IdentifierField):
    """Nine digits in any script, with or without spaces (`core.references`)."""

    def read(self, text: str) -> str:
        try:
            return parse_reference(text)
        except ReferenceError as error:
            raise ValidationError(str(error), code=error.code) from None


class LastFourField(IdentifierField):
    """The last four digits of a mobile."""

    def read(self, text: str) -> str:
        if not re.fullmatch("[0-9]{4}", text):
            raise ValidationError(_("Type the last four digits of your mobile, for example 4567."), code="digits")
        return text


class StatusForm(forms.Form):
    reference = ReferenceField(label=_("Your number"), help_text=_("9 digits, on your receipt and in our messages."))
    last_four = LastFourField(
        label=_("The last four digits of your mobile"), help_text=_("The mobile on which our messages reach you.")
    )
