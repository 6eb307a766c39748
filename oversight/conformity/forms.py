from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import DualDateField


class PeriodForm(forms.Form):
    """From when to when, each typed in either calendar; both empty is this Hijri year."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["from"] = DualDateField(label=_("From"), required=False)
        self.fields["to"] = DualDateField(label=_("To"), required=False)

    def clean(self):
        data = super().clean()
        first, last = data.get("from"), data.get("to")
        if first and last and first.gregorian > last.gregorian:
            self.add_error("to", _("The period ends before it begins. Correct one of the two dates."))
        return data
