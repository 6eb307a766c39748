from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import FoldedCharField


class DocumentForm(forms.Form):
    use_required_attribute = False

    name = FoldedCharField(label=_("What is written on it"), max_length=120)
    file = forms.FileField(label=_("The file"), help_text=_("PDF, or a picture (JPG or PNG), up to 8 MB."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = "application/pdf,image/jpeg,image/png"
