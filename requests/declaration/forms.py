from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beneficiaries.models import Representative
from core.fields import Choice, UploadField, needed
from policies.models import PolicyVersion


class ScanForm(forms.Form):
    """The signed paper, brought to the request after the registration."""

    scan = UploadField(label=_("Scan of the signed paper"))
    signed_by = needed(Choice(label=_("Who signs")), when=_("the person, or who speaks for them"))

    def __init__(self, *args: Any, policy: PolicyVersion, speakers: list[Representative], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.speakers = {str(each.pk): each for each in speakers}
        self.fields["scan"].widget.attrs["accept"] = "image/jpeg,image/png,application/pdf"
        names = [(pk, f"{each.name} ({each.get_kind_display()})") for pk, each in self.speakers.items()]
        self.fields["signed_by"].choices = [("", policy.term("masc_def")), *names]  # type: ignore[attr-defined]
        if not names:
            del self.fields["signed_by"]

    @property
    def representative(self) -> Representative | None:
        return self.speakers.get(self.cleaned_data.get("signed_by", ""))
