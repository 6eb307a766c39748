"""What the committee types. Each proposal the secretary may put is its own short form: none asks more than it needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committee.models import Meeting, Vote
from committee.rules import seats_of
from core import clock
from core.fields import DualDateField, FoldedCharField, MoneyField
from requests.models import Outcome, SupportRequest


class OpenMeetingForm(forms.Form):
    place = FoldedCharField(label=_("place"), max_length=120, required=False)


class AttendanceForm(forms.Form):
    present = forms.BooleanField(required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["seat"] = forms.ModelChoiceField(seats_of(meeting))


class VoteForm(forms.Form):
    choice = forms.ChoiceField(choices=Vote.Choice.choices)


class ConflictForm(forms.Form):
    why = FoldedCharField(
        label=_("The conflict of interest"),
        help_text=_("For example: a relative, a neighbour, a business partner."),
        max_length=300,
    )


class MotionForm(forms.Form):
    """The base of the five: what they hold becomes the facts of `put_motion`."""

    outcome: Outcome

    def __init__(self, *args: Any, case: SupportRequest, **kwargs: Any):
        kwargs["auto_id"] = f"{self.outcome}_%s"
        super().__init__(*args, **kwargs)
        self.case = case

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ApproveForm(MotionForm):
    outcome = Outcome.APPROVE
    what = FoldedCharField(label=_("what is given"), max_length=200)
    amount = MoneyField(label=_("amount in riyals"), required=False)
    reasons = FoldedCharField(label=_("reasons"), multiline=True, required=False)


class RejectForm(MotionForm):
    outcome = Outcome.REJECT
    reasons = FoldedCharField(
        label=_("reasons, as the person will read them"),
        help_text=_("Write to the person: plain words, no names, what would change the answer."),
        multiline=True,
    )


class PapersForm(MotionForm):
    outcome = Outcome.ASK_FOR_PAPERS
    another = FoldedCharField(label=_("another paper"), max_length=100, required=False)
    reasons = FoldedCharField(label=_("why they are needed"), max_length=300, required=False)
    field_order = ["papers"]

    def __init__(self, *args: Any, case: SupportRequest, **kwargs: Any):
        super().__init__(*args, case=case, **kwargs)
        self.known = {check.code: check.label for check in case.checks.all()}
        self.fields["papers"] = forms.MultipleChoiceField(
            label=_("papers"),
            choices=list(self.known.items()),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("papers") or cleaned.get("another")):
            raise forms.ValidationError(_("Choose the papers you need, at least one."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        papers = {code: self.known[code] for code in self.cleaned_data["papers"]}
        if another := self.cleaned_data["another"]:
            papers[f"extra-{len(self.known) + 1}"] = another
        return {"papers": papers, "reasons": self.cleaned_data["reasons"]}


class ReturnForm(MotionForm):
    outcome = Outcome.RETURN_TO_RESEARCH
    reasons = FoldedCharField(label=_("what the researcher should complete"), multiline=True)


class PostponeForm(MotionForm):
    outcome = Outcome.POSTPONE
    until = DualDateField(label=_("until"), help_text=_("Hijri or Gregorian, for example 20/6/1448."))
    reasons = FoldedCharField(label=_("reason"), max_length=300)

    def clean_until(self):
        until = self.cleaned_data["until"].gregorian
        if until <= clock.today():
            raise forms.ValidationError(_("Choose a day after today."))
        return until


MOTION_FORMS: dict[str, type[MotionForm]] = {
    str(form.outcome): form for form in (ApproveForm, RejectForm, PapersForm, ReturnForm, PostponeForm)
}
