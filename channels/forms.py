from django import forms
from django.utils.translation import gettext_lazy as _

from channels.models import Inquiry
from core.fields import FoldedCharField, MobileField, NameField


class AskForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What would you like to send?"),
        choices=Inquiry.Kind.choices,
        initial=Inquiry.Kind.INQUIRY,
        widget=forms.RadioSelect,
    )
    text = FoldedCharField(label=_("Write it here"), multiline=True)
    mobile = MobileField(
        label=_("Your mobile"),
        help_text=_("We send you the answer on it, for example 0550000067."),
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    name = NameField(
        label=_("Your name"), required=False, max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )


class AnswerForm(forms.Form):
    text = FoldedCharField(
        label=_("Your answer"), multiline=True, help_text=_("The person reads it exactly as you write it.")
    )
