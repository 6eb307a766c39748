"""Choosing a document, and answering its doubts."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import hijri

UNSURE = "unsure"


class UploadForm(forms.Form):
    document = forms.FileField(
        label=_("the approved document"),
        help_text=_("a Word file (.docx) or plain text (.txt), 5 MB at most"),
        error_messages={"required": _("Choose the file first."), "empty": _("The file is empty. Choose another.")},
    )


class ReviewForm(forms.Form):
    """One tick for each warning that proposes a correction, and the day of an ambiguous date."""

    def __init__(self, *args: Any, found: dict[str, Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.found = found
        for index, warning in enumerate(found["warnings"]):
            if warning["proposed"] is not None:
                self.fields[f"accept_{index}"] = forms.BooleanField(label=_("accept the correction"), required=False)
        days = [date.fromisoformat(each) for each in (found["approval"] or {}).get("candidates", [])]
        if days:
            choices = [(day.isoformat(), hijri.format_dual(day, weekday=True)) for day in days]
            self.fields["day"] = forms.ChoiceField(
                label=_("which day is meant"),
                choices=[*choices, (UNSURE, _("not known yet: keep both"))],
                initial=UNSURE,
                required=False,
                widget=forms.RadioSelect,
            )

    def doubts(self) -> list[dict[str, Any]]:
        """Each warning with its tick, if it has one."""
        return [
            {**warning, "tick": self[f"accept_{index}"] if f"accept_{index}" in self.fields else None}
            for index, warning in enumerate(self.found["warnings"])
        ]

    @property
    def accepted(self) -> set[int]:
        """The indexes of the warnings whose correction was accepted."""
        return {index for index in range(len(self.found["warnings"])) if self.cleaned_data.get(f"accept_{index}")}

    @property
    def day(self) -> date | None:
        chosen = self.cleaned_data.get("day") or UNSURE
        return None if chosen == UNSURE else date.fromisoformat(chosen)
