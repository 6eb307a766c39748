"""The receipt of one instalment: who received it, and how they signed."""

import io
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import Choice, FoldedCharField, FoldedIntegerField, UploadField, needed
from requests.delivery.models import Receipted
from requests.intake.forms import LONGEST_DRAWING, drawing
from requests.models import ReceiveBy, SupportRequest


class ReceiptForm(forms.Form):
    instalment = FoldedIntegerField(min_value=1, max_value=1000, widget=forms.HiddenInput)
    received_by_name = FoldedCharField(
        label=_("Who received it"), max_length=120, help_text=_("The person, or whoever they sent, by full name.")
    )
    how = Choice(label=_("How the receipt was signed"), choices=Receipted.choices, widget=forms.RadioSelect)
    drawn = forms.CharField(required=False, max_length=LONGEST_DRAWING, widget=forms.HiddenInput)
    scan = needed(
        UploadField(
            label=_("A picture of the signed paper, or the transfer slip"),
            widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
        ),
        when=_("needed for a transfer"),
    )
    note = FoldedCharField(label=_("A note"), max_length=300, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, case: SupportRequest):
        by_transfer = case.receive_by == ReceiveBy.TRANSFER
        initial = {
            "received_by_name": case.person.current.full_name,
            "how": Receipted.TRANSFER if by_transfer else Receipted.PAPER,
        }
        super().__init__(data, files, initial=initial)

    def clean(self) -> dict[str, Any]:
        super().clean()
        clean = self.cleaned_data
        if clean.get("how") == Receipted.DRAWN:
            try:
                clean["drawing"] = drawing(clean.get("drawn", ""))
            except ValueError:
                self.add_error("how", _("Nothing is drawn yet. Have the person sign in the box, or choose paper."))
        if clean.get("how") == Receipted.TRANSFER and not clean.get("scan") and "scan" not in self.errors:
            self.add_error("scan", _("Attach the transfer slip."))
        return clean

    @property
    def signature(self) -> io.BytesIO | Any | None:
        """The drawing or the scan, as it came."""
        drawn = self.cleaned_data["how"] == Receipted.DRAWN
        return self.cleaned_data["drawing"] if drawn else self.cleaned_data["scan"]
