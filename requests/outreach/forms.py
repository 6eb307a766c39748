"""What came of a call."""

from django import forms
from django.utils.translation import gettext_lazy as _

from beneficiaries.models import Outreach
from core.fields import Choice, FoldedCharField


class CallForm(forms.Form):
    result = Choice(
        label=_("What came of it"),
        choices=Outreach.Result.choices,
        error_messages={"required": _("Choose what came of the call.")},
    )
    note = FoldedCharField(
        label=_("Note"),
        max_length=200,
        required=False,
        help_text=_("For a colleague who calls next, for example: after the afternoon prayer."),
    )
