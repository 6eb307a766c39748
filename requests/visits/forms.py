"""What is asked on a phone about an appointment, a colleague, an opinion, a change of circumstances."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.fields import Choice, DualDateField, FoldedCharField, TimeOfDayField
from policies.models import Association
from requests.models import Appointment, Change, SupportRequest
from requests.visits import rules
from requests.visits.assigning import loads
from requests.visits.models import How

LENGTHS = (15, 30, 45, 60, 90, 120)
USUAL = 45
CLOCK = forms.TimeInput(attrs={"type": "time", "dir": "ltr"}, format="%H:%M")  # a phone opens its own


class AppointmentForm(forms.Form):
    """A new appointment, or another time for one. What is unusual about the time is said once, and then kept."""

    how = Choice(label=_("How do you meet?"), choices=How.choices, widget=forms.RadioSelect)
    day = DualDateField(
        label=_("Day of the appointment"), help_text=_("In either calendar, for example 8/6/1448 or 24/11/2026.")
    )
    at = TimeOfDayField(label=_("Time of the appointment"), widget=CLOCK)
    minutes = forms.TypedChoiceField(label=_("How long it takes"), coerce=int, initial=USUAL)
    place = FoldedCharField(
        label=_("Where you meet"),
        max_length=200,
        required=False,
        help_text=_("Only if it is not the home or office on file."),
    )
    note = FoldedCharField(
        label=_("A note for yourself"), max_length=300, required=False, help_text=_("It is sent to nobody.")
    )
    anyway = forms.BooleanField(label=_("The person agreed to this time"), required=False)

    def __init__(
        self, data: Any = None, *, appointment: Appointment | None = None, whole: bool = True, own: bool = True
    ):
        """`whole`: whoever fills it in reads the file, and so where they meet. `own`: it is their appointment, and so
        their note."""
        super().__init__(data, initial=initial_of(appointment), use_required_attribute=False)
        self.stood = appointment and appointment.starts_at
        if not whole:
            del self.fields["place"]
        if not (whole and own):
            del self.fields["note"]
        lengths = sorted({*LENGTHS, *([appointment.minutes] if appointment else [])})
        cast(forms.ChoiceField, self.fields["minutes"]).choices = [(each, minutes_in_words(each)) for each in lengths]
        self.asks_anyway = False

    def clean(self) -> dict[str, Any]:
        super().clean()
        clean = self.cleaned_data
        if not (clean.get("day") and clean.get("at") and clean.get("minutes")):
            return clean
        start = clock.at(clean["day"].gregorian, clean["at"])
        clean["starts_at"], clean["ends_at"] = start, start + timedelta(minutes=clean["minutes"])
        if start != self.stood and (sentence := rules.past(start)):
            self.add_error("day", sentence)
        elif sentence := rules.unusual(start, clean["ends_at"], Association.current()):
            self.asks_anyway = True
            if not clean.get("anyway"):
                self.add_error("anyway", sentence)
        return clean

    def facts(self) -> dict[str, Any]:
        """What the verbs take."""
        clean = self.cleaned_data
        return {name: clean[name] for name in ("how", "starts_at", "ends_at", "place", "note") if name in clean}


def initial_of(appointment: Appointment | None) -> dict[str, Any]:
    if appointment is None:
        return {"how": How.HOME}
    start = clock.local(appointment.starts_at)
    return {
        "how": appointment.how,
        "day": start.date(),
        "at": start.time(),
        "minutes": appointment.minutes,
        "place": appointment.place,
        "note": appointment.note,
    }


def minutes_in_words(minutes: int) -> str:
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


class CancelForm(forms.Form):
    """At the counter it is the person who asks, unless something else is written."""

    why = FoldedCharField(
        label=_("Why is it cancelled?"),
        max_length=200,
        error_messages={"required": _("Write why it is cancelled.")},
    )

    def __init__(self, data: Any = None, *, counter: bool = False):
        initial = {"why": gettext("The person asked for it.")} if counter else {}
        super().__init__(data, initial=initial, use_required_attribute=False)


class HandOverForm(forms.Form):
    """The colleagues who may have the case, each with the studies they have open."""

    to = forms.TypedChoiceField(label=_("To whom?"), coerce=int, error_messages={"required": _("Choose a colleague.")})
    why = FoldedCharField(label=_("The reason"), max_length=300, error_messages={"required": _("Write the reason.")})

    def __init__(self, data: Any = None, *, case: SupportRequest):
        super().__init__(data, use_required_attribute=False)
        self.colleagues = {user.pk: user for user in rules.colleagues(case)}
        busy = loads(list(self.colleagues))
        choices = [(user.pk, f"{user.name} · {open_studies(busy[user.pk])}") for user in self.colleagues.values()]
        cast(forms.ChoiceField, self.fields["to"]).choices = [("", "—"), *choices]

    def chosen(self) -> User:
        return self.colleagues[self.cleaned_data["to"]]


def open_studies(number: int) -> str:
    return ngettext("%(n)s open study", "%(n)s open studies", number) % {"n": number}


class AskOpinionForm(forms.Form):
    colleague = forms.TypedChoiceField(
        label=_("Whom do you ask?"), coerce=int, error_messages={"required": _("Choose a colleague.")}
    )
    question = FoldedCharField(
        label=_("What do you ask?"),
        multiline=True,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write what you ask your colleague.")},
    )

    def __init__(self, data: Any = None, *, case: SupportRequest, by: User):
        super().__init__(data, use_required_attribute=False)
        self.colleagues = {user.pk: user for user in rules.colleagues(case, besides=by)}
        choices = [(user.pk, user.name) for user in self.colleagues.values()]
        cast(forms.ChoiceField, self.fields["colleague"]).choices = [("", "—"), *choices]

    def facts(self) -> dict[str, Any]:
        clean = self.cleaned_data
        return {"colleague": self.colleagues[clean["colleague"]], "question": clean["question"]}


class OpinionForm(forms.Form):
    agrees = Choice(
        label=_("Do you agree with the study?"),
        choices=[("yes", _("I agree with it")), ("no", _("I differ from it"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you agree.")},
    )
    reasons = FoldedCharField(
        label=_("The reasons of your opinion"),
        multiline=True,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your reasons.")},
    )


class ChangeForm(forms.Form):
    what = Choice(label=_("What changed?"), choices=[("", "—"), *Change.What.choices])
    detail = FoldedCharField(
        label=_("What happened?"),
        multiline=True,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write what happened.")},
    )
    happened_on = DualDateField(label=_("When it happened"), required=False, past_only=True)
    told_by = Choice(label=_("Who told you?"), choices=[("", "—"), *Change.ToldBy.choices])

    def facts(self) -> dict[str, Any]:
        clean = self.cleaned_data
        day = clean["happened_on"]
        return {name: clean[name] for name in ("what", "detail", "told_by")} | {
            "happened_on": day.gregorian if day else None
        }
