from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 4096


class UnlockForm(forms.Form):
    """The password of whoever locked the screen; in a demonstration there may be nothing to ask."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"dir": "ltr", "class": "form-control", "autocomplete": "current-password"}),
        error_messages={"required": _("Write your password.")},
    )

    def __init__(self, *args, asks: bool, knows=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.knows = knows
        if not asks:
            del self.fields["password"]

    def clean(self):
        if not self.errors and not self.knows(self.cleaned_data.get("password", "")):
            raise forms.ValidationError(_("The password is not right. Try again."))
        return self.cleaned_data
