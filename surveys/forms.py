from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import FoldedCharField
from surveys.models import Face


class SurveyForm(forms.Form):
    face = forms.TypedChoiceField(
        choices=Face.choices, coerce=int, error_messages={"required": _("Choose one of the five faces.")}
    )
    words = FoldedCharField(
        label=_("Would you like to say more?"),
        multiline=True,
        max_length=1000,
        required=False,
        help_text=_("Without your name and without a number: what was good, and what we can do better."),
    )
