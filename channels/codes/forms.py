import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from channels.codes.rules import DIGITS
from core.fields import IdentifierField


class CodeField(IdentifierField):
    """The six digits, in any script's digits, with or without a space."""

    longest = 40
    default_error_messages = {
        "required": _("Type the code from the message, six digits."),
        "invalid": _("The code has six digits. Type them as they stand in the message."),
    }

    def to_python(self, value):
        text = re.sub(r"[\s-]", "", super().to_python(value))
        if text and not re.fullmatch(rf"[0-9]{{{DIGITS}}}", text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return text
