"""Choosing a document, and answering its doubts."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import hijri
from policies.models import ClauseKind

UNSURE = "unsure"
PLACES = {
    "approval": _("the approval"),
    "contents": _("the table of contents"),
    "signatures": _("the signatures"),
    "document": _("the document"),
    "top": _("the head of the document"),
}


def can_be_put_in(warning: dict[str, Any]) -> bool:
    """Is there a proposal, and a clause or heading to put it in? One about the whole document is only said."""
    return warning["proposed"] is not None and bool(warning["where"]) and warning["where"] not in PLACES


def place_in_words(where: str) -> dict[str, Any]:
    """{"id": "PS-4"} for a clause, {"words": …} for any other place."""
    if where.startswith("heading:"):
        kind = where.removeprefix("heading:")
        return {"words": _("the heading «%(heading)s»") % {"heading": ClauseKind(kind).label}}
    return {"words": PLACES[where]} if where in PLACES else {"id": where}


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
            if can_be_put_in(warning):
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
            {
                **warning,
                "place": place_in_words(warning["where"]),
                "tick": self[f"accept_{index}"] if f"accept_{index}" in self.fields else None,
            }
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
