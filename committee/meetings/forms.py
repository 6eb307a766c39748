"""What the secretary types to call a meeting, and what a member says of their coming."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committee.models import Body, Meeting, Seat
from core import clock
from core.fields import Choice, DualDateField, FoldedCharField, TimeOfDayField


class PlanForm(forms.Form):
    """When and where. Which committee is asked only where there are two."""

    body = Choice(label=_("Which committee?"), choices=Body.choices, widget=forms.RadioSelect, initial=Body.MAIN)
    day = DualDateField(label=_("Date"), help_text=_("Hijri or Gregorian, for example 20/6/1448."))
    hour = TimeOfDayField(label=_("Time"), help_text=_("By the hour of the day, for example 16:30."))
    place = FoldedCharField(label=_("Place"), max_length=120, required=False)
    link = forms.URLField(
        label=_("Link for those who attend from afar"),
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"}),
        error_messages={"invalid": _("Type the whole link, which begins with https.")},
    )

    def __init__(self, data: Any = None, *, two: bool, meeting: Meeting | None = None):
        super().__init__(data, initial=known(meeting) if meeting else None, use_required_attribute=False)
        if not two or meeting:
            del self.fields["body"]

    def clean_link(self) -> str:
        link = self.cleaned_data["link"]
        if link and not link.startswith("https://"):
            raise forms.ValidationError(_("Type the whole link, which begins with https."))
        return link

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("place") and not cleaned.get("link") and "link" not in self.errors:
            self.add_error("place", _("Write the place, or the link of a meeting from afar."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        clean = self.cleaned_data
        starts_at: datetime = clock.at(clean["day"].gregorian, clean["hour"])
        facts = {"starts_at": starts_at, "place": clean["place"], "link": clean["link"]}
        return facts | ({"body": clean["body"]} if "body" in clean else {})


def known(meeting: Meeting) -> dict[str, Any]:
    starts = clock.local(meeting.starts_at) if meeting.starts_at else None
    return {"day": meeting.held_on, "hour": starts and starts.time(), "place": meeting.place, "link": meeting.link}


class OpenNowForm(forms.Form):
    place = FoldedCharField(label=_("place"), max_length=120, required=False)
    body = forms.ChoiceField(choices=Body.choices, required=False)

    def clean_body(self) -> str:
        return self.cleaned_data["body"] or Body.MAIN


class CallOffForm(forms.Form):
    why = FoldedCharField(label=_("Why is it called off?"), max_length=300)


class SeatForm(forms.Form):
    """One of the meeting's seats."""

    def __init__(self, *args: Any, seats: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["seat"] = forms.ModelChoiceField(seats)

    @property
    def seat(self) -> Seat:
        return self.cleaned_data["seat"]


class AttendanceForm(SeatForm):
    present = forms.BooleanField(required=False)


class AllPresentForm(forms.Form):
    """The seats a page showed as expected."""

    def __init__(self, *args: Any, seats: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["seats"] = forms.ModelMultipleChoiceField(seats)


class ApologyForm(SeatForm):
    comes = forms.BooleanField(required=False)
    why = FoldedCharField(label=_("Reason"), max_length=200, required=False)
