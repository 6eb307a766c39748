from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _("The user name or the password is not right. Check both and try again."),
        "inactive": _("This account is closed. Ask your manager to open it."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["password"].label = _("Password")
        # Django only tells the browser how long a name may be; `axes` writes down whatever comes.
        self.fields["username"].validators.append(MaxLengthValidator(150))
        for field in self.fields.values():
            field.widget.attrs |= {"dir": "ltr", "class": "form-control"}
