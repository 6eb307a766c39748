from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import DualDateField, FoldedCharField


class ReopenForm(forms.Form):
    why = FoldedCharField(label=_("why it is reopened"), multiline=True, max_length=500)


class PublishForm(forms.Form):
    read = forms.BooleanField(
        label=_("I have read what changes, and for whom"),
        error_messages={"required": _("Read what changes first, then tick that you have read it.")},
    )


class ReviewForm(forms.Form):
    review_due_on = DualDateField(label=_("review due on"), required=False, help_text=_("in either calendar"))
