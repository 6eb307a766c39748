"""The objection as the person writes it on a phone, and as the counter writes it down for whoever is present."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beneficiaries.models import Representative
from core.fields import Choice, FoldedCharField, ManyUploadsField, UploadField, needed
from policies.models import PolicyVersion
from requests.appeal.rules import LONGEST, MOST_FILES
from requests.intake.forms import LONGEST_DRAWING, drawing
from requests.models import Appeal


def words(label: Any, help_text: Any) -> FoldedCharField:
    return FoldedCharField(
        label=label,
        help_text=help_text,
        multiline=True,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write why you object. A few words are enough.")},
    )


class ObjectionForm(forms.Form):
    """What the person writes; `kept`: how many files their draft holds already."""

    text = words(
        _("Why do you object to the decision?"),
        _("In your own words: what was not taken into account, or what has changed."),
    )
    papers = ManyUploadsField(
        label=_("Papers that help us understand"),
        help_text=_("Pictures or PDF files, five at most. For example a bill, a report or a salary slip."),
        most=MOST_FILES,
        required=False,
    )

    def __init__(self, data: Any = None, files: Any = None, *, kept: int = 0, **kwargs: Any):
        super().__init__(data, files, use_required_attribute=False, **kwargs)
        self.kept = kept

    def clean_papers(self) -> list[Any]:
        sent = self.cleaned_data["papers"]
        if sent and len(sent) + self.kept > MOST_FILES:
            raise forms.ValidationError(_("Five files at most go with an objection. Take one out first."))
        return sent


class WriteDownForm(forms.Form):
    """At the counter: the person's words, and their signature on the screen or on paper."""

    text = words(_("The objection, in the person's words"), _("As they say it. Read it back to them before they sign."))
    how = Choice(
        label=_("How do they sign it?"),
        choices=[
            (Appeal.Signed.DRAWN.value, _("here on the screen")),
            (Appeal.Signed.PAPER.value, _("on a paper that we scan")),
        ],
        initial=Appeal.Signed.PAPER.value,
        widget=forms.RadioSelect,
    )
    drawn = forms.CharField(required=False, max_length=LONGEST_DRAWING, widget=forms.HiddenInput)
    scan = needed(
        UploadField(
            label=_("Scan of the signed paper"),
            widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
        ),
        when=_("needed when signed on paper"),
    )
    signed_by = needed(Choice(label=_("Who signs")), when=_("the person, or who speaks for them"))
    papers = ManyUploadsField(
        label=_("Papers they brought with it"),
        help_text=_("Pictures or PDF files, five at most."),
        most=MOST_FILES,
        required=False,
    )

    def __init__(self, data: Any = None, files: Any = None, *, policy: PolicyVersion, speakers: list[Representative]):
        super().__init__(data, files, use_required_attribute=False)
        self.speakers = {str(each.pk): each for each in speakers}
        names = [(pk, f"{each.name} ({each.get_kind_display()})") for pk, each in self.speakers.items()]
        self.fields["signed_by"].choices = [("", policy.term("masc_def")), *names]  # type: ignore[attr-defined]
        if not names:
            del self.fields["signed_by"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        clean = self.cleaned_data
        if clean.get("how") == Appeal.Signed.DRAWN:
            try:
                clean["drawing"] = drawing(clean.get("drawn", ""))
            except ValueError:
                self.add_error("how", _("Nothing is drawn yet. Have the person sign in the box, or choose paper."))
        if clean.get("how") == Appeal.Signed.PAPER and not clean.get("scan") and "scan" not in self.errors:
            self.add_error("scan", _("Attach the signed paper: scan it, or photograph it."))
        return clean

    @property
    def signature(self) -> Any:
        """The drawing or the scan, as it came."""
        drawn = self.cleaned_data["how"] == Appeal.Signed.DRAWN
        return self.cleaned_data["drawing"] if drawn else self.cleaned_data["scan"]

    @property
    def representative(self) -> Representative | None:
        return self.speakers.get(self.cleaned_data.get("signed_by", ""))
