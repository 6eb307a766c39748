"""The board's approval as the editor types it from the signed document."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import hijri
from core.fields import DualDateField, FoldedCharField, FoldedIntegerField
from policies.approval import rules
from policies.editing.forms import DraftForm
from policies.models import Approval

SIGNATORIES = 12
UNSURE = "unsure"
NUMBER = {"required": False, "min_value": 1, "max_value": 9999}


def weekday_choices() -> list[tuple[str, str]]:
    return [("", "—"), *((day, day) for day in hijri.WEEKDAYS)]


class ApprovalForm(DraftForm):
    """One date is typed, in either calendar. Where its day and month cannot be told apart, the editor chooses."""

    body = FoldedCharField(label=_("approved by"), max_length=80, help_text=_("for example: the board of directors"))
    session_no = FoldedIntegerField(label=_("session"), **NUMBER)
    meeting_no = FoldedIntegerField(label=_("meeting"), **NUMBER)
    term_no = FoldedIntegerField(label=_("term of the board"), **NUMBER)
    weekday = forms.ChoiceField(label=_("weekday"), required=False, choices=weekday_choices)
    date_typed = FoldedCharField(
        label=_("date of approval"),
        required=False,
        max_length=40,
        help_text=_("in either calendar, for example 8/2/1445 or 24 August 2023; the other one is computed"),
    )
    which_day = forms.CharField(label=_("which day is meant"), required=False, max_length=10, widget=forms.RadioSelect)
    second_date_typed = FoldedCharField(
        label=_("the date in the other calendar, as printed"),
        required=False,
        max_length=40,
        help_text=_("only where the document prints it"),
    )
    updated_on = DualDateField(label=_("last updated"), required=False)
    supersedes = FoldedCharField(label=_("replaces"), required=False, max_length=200)
    publish_on_website = forms.TypedChoiceField(
        label=_("published on the website"),
        required=False,
        choices=[
            ("", _("the approval does not speak of it")),
            ("True", _("yes")),
            ("False", _("no: staff alone read it")),
        ],
        coerce=lambda value: value == "True",
        empty_value=None,
        help_text=_("where the approval does not speak of it, the text is published"),
    )
    scan = forms.FileField(
        label=_("scan of the signed document"), required=False, help_text=_("JPG, PNG or PDF, 8 MB at most")
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for place in range(1, SIGNATORIES + 1):
            self.fields[f"order_{place}"] = FoldedIntegerField(
                label=_("order"), required=False, min_value=1, max_value=99
            )
            self.fields[f"title_{place}"] = FoldedCharField(label=_("position held"), required=False, max_length=120)
            self.fields[f"name_{place}"] = FoldedCharField(label=_("name"), required=False, max_length=120)
        weekdays, kept = cast(forms.ChoiceField, self.fields["weekday"]), self.initial.get("weekday")
        if kept and kept not in hijri.WEEKDAYS:
            weekdays.choices = [*weekday_choices(), (kept, kept)]  # as an imported document spells it
        self.offer_days(str((self.data if self.is_bound else self.initial).get("date_typed") or ""))

    def offer_days(self, typed: str) -> None:
        """Fill the choice of days from the typed date, where it may be read in two ways."""
        try:
            candidates = rules.read(typed).candidates if typed else []
        except hijri.DateError:
            candidates = []
        choices = [(day.isoformat(), hijri.format_dual(day, weekday=True)) for day in candidates]
        self.ambiguous = bool(choices)
        radios = cast(forms.RadioSelect, self.fields["which_day"].widget)
        radios.choices = [*choices, (UNSURE, _("not known yet: keep both"))] if choices else []

    @staticmethod
    def initial_of(approval: Approval | None) -> dict[str, Any]:
        """What is written, under the names of the fields."""
        if approval is None:
            return {}
        names = (
            "body session_no meeting_no term_no weekday date_typed second_date_typed updated_on supersedes"
        ).split()
        found = {name: getattr(approval, name) for name in names}
        found["publish_on_website"] = {None: "", True: "True", False: "False"}[approval.publish_on_website]
        found["which_day"] = approval.date.isoformat() if approval.date else UNSURE
        for place, person in enumerate(approval.signatories.all(), 1):
            found |= {f"order_{place}": place, f"title_{place}": person.title, f"name_{place}": person.name}
        return found

    def signatory_rows(self) -> list[dict[str, Any]]:
        return [
            {"order": self[f"order_{place}"], "title": self[f"title_{place}"], "name": self[f"name_{place}"]}
            for place in range(1, SIGNATORIES + 1)
        ]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        self.clean_date(found)
        for place in range(1, SIGNATORIES + 1):
            if found.get(f"name_{place}") and not found.get(f"title_{place}"):
                self.add_error(f"title_{place}", ValidationError(_("Write the position the signatory holds.")))
        return found

    def clean_date(self, found: dict[str, Any]) -> None:
        typed = found.get("date_typed")
        found |= {"date": None, "calendar": "", "candidates": []}
        if not typed:
            return
        try:
            reading = rules.read(typed)
        except hijri.DateError as error:
            self.add_error("date_typed", ValidationError(str(error)))
            return
        second = rules.day_of(found.get("second_date_typed", ""))
        chosen = rules.settled(reading, weekday=found.get("weekday", ""), second=second)
        asked = found.get("which_day")
        by_hand = [day for day in reading.candidates if day.isoformat() == asked]
        found |= {"calendar": reading.calendar, "candidates": reading.candidates}
        found["date"] = by_hand[0] if by_hand else None if asked == UNSURE else chosen
        if found["date"]:
            found["candidates"] = []
        elif reading.candidates and asked != UNSURE:
            self.add_error("which_day", ValidationError(_("This date may be read in two ways. Choose the day meant.")))

    def facts(self) -> dict[str, Any]:
        """The values as `write_approval` takes them."""
        typed = self.cleaned_data
        names = (
            "body session_no meeting_no term_no weekday date_typed calendar date candidates second_date_typed "
            "supersedes publish_on_website scan"
        )
        updated = typed["updated_on"]
        return {name: typed[name] for name in names.split()} | {
            "updated_on": updated.gregorian if updated else None,
            "signatories": self.signatories(),
        }

    def signatories(self) -> list[tuple[str, str]]:
        """(title, name) in the order of the numbers beside them; a row without a number keeps its place."""
        typed = self.cleaned_data
        rows = [
            (typed.get(f"order_{place}") or place, place, typed[f"title_{place}"], typed[f"name_{place}"])
            for place in range(1, SIGNATORIES + 1)
            if typed.get(f"title_{place}")
        ]
        return [(title, name) for _order, _place, title, name in sorted(rows)]
