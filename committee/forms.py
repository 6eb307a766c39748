"""What the committee types. Each proposal the secretary may put is its own short form: none asks more than it needs."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from committee.models import Motion, Reason, Vote
from committee.rules import why_not_propose, why_not_said
from core import clock
from core.fields import Choice, DualDateField, FoldedCharField, FoldedIntegerField, MoneyField, needed
from core.printing import refuse_undrawn
from requests.models import Outcome, SupportKind, SupportRequest

PRINTED = {"what", "reasons"}
"""What stands in the letter and in the minutes as it was written."""


def keys_read(data: QueryDict) -> set[int]:
    """The keys of what the page showed, as its hidden fields bring them back; what is no key is none of them."""
    return {int(key) for key in data.getlist("read") if key.isascii() and key.isdecimal() and len(key) < 19}


class VoteForm(forms.Form):
    choice = forms.ChoiceField(choices=Vote.Choice.choices)


class ConflictForm(forms.Form):
    why = FoldedCharField(
        label=_("The conflict of interest"),
        help_text=_("For example: a relative, a neighbour, a business partner."),
        max_length=300,
    )


class BallotForm(forms.Form):
    secret = forms.BooleanField(required=False)


class MotionForm(forms.Form):
    """The base of the five: what they hold becomes the facts of `put_motion`.

    `reason` chooses from the association's list; what is typed beside it goes before it. Without a script the chosen
    reason's words are taken where nothing was typed.
    """

    outcome: Outcome

    def __init__(self, *args: Any, case: SupportRequest, **kwargs: Any):
        kwargs["auto_id"] = f"{self.outcome}_%s"
        super().__init__(*args, **kwargs)
        self.case = case
        for name in PRINTED & set(self.fields):
            self.fields[name].validators.append(refuse_undrawn)
        self.offered = {str(row.pk): row for row in Reason.objects.filter(outcome=self.outcome, is_active=True)}
        reason = self.fields.get("reason")
        if isinstance(reason, Choice):
            reason.choices = [("", _("Write it yourself")), *self.labels()]
            reason.widget.texts = {key: row.text for key, row in self.offered.items()}

    def labels(self) -> list[tuple[str, str]]:
        return [(key, row.label) for key, row in self.offered.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = self.offered.get(cleaned.pop("reason", ""))
        if chosen and not cleaned.get("reasons", "").strip():
            cleaned["reasons"] = chosen.text
            self.errors.pop("reasons", None)
        for name in ("what", "another", "reasons"):
            if sentence := why_not_said(cleaned.get(name) or "", self.case):
                self.add_error(name, sentence)
        return cleaned

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ReasonSelect(forms.Select):
    """Each reason carries its words, so that a script can lay them into the field below to be finished by hand."""

    texts: dict[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if text := self.texts.get(str(value)):
            option["attrs"]["data-text"] = text
        return option


UNLESS_CHOSEN = _("unless one is chosen from the list")


def reason_field() -> Choice:
    return Choice(label=_("A reason from the list"), choices=[], required=False, widget=ReasonSelect)


class ApproveForm(MotionForm):
    """The same as recommended, another kind or amount, or a part of it."""

    outcome = Outcome.APPROVE
    kind = Choice(label=_("kind of support"), choices=[("", _("Choose")), *SupportKind.choices], required=False)
    what = FoldedCharField(label=_("what is given"), max_length=200)
    amount = MoneyField(
        label=_("the whole amount, riyals"), help_text=_("For all the months together."), required=False
    )
    months = FoldedIntegerField(label=_("for how many months"), min_value=1, max_value=60, required=False)
    partial = forms.BooleanField(label=_("A part of what was asked for"), required=False)
    reason = reason_field()
    reasons = needed(
        FoldedCharField(
            label=_("reasons, as the person will read them"),
            help_text=_("What you approve otherwise than recommended is explained to them in the letter, kindly."),
            multiline=True,
        ),
        when=_("where it is not what the researcher recommended"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        proposed = Motion(outcome=self.outcome, **{name: value for name, value in cleaned.items() if value is not None})
        if not self.errors and (sentence := why_not_propose(proposed, self.case)):
            self.add_error("reasons", sentence)
        return cleaned


class RejectForm(MotionForm):
    outcome = Outcome.REJECT
    reason = reason_field()
    reasons = needed(
        FoldedCharField(
            label=_("reasons, as the person will read them"),
            help_text=_("Write to the person: plain words, no names, what would change the answer."),
            multiline=True,
        ),
        when=UNLESS_CHOSEN,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("reasons", "").strip() and "reasons" not in self.errors:
            self.add_error("reasons", _("Write the reasons as the person will read them."))
        return cleaned


class PapersForm(MotionForm):
    outcome = Outcome.ASK_FOR_PAPERS
    reason = reason_field()
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
        cleaned = super().clean()
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
    reason = reason_field()
    reasons = needed(
        FoldedCharField(label=_("what the researcher should complete"), multiline=True), when=UNLESS_CHOSEN
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("reasons", "").strip() and "reasons" not in self.errors:
            self.add_error("reasons", _("Write what is missing."))
        return cleaned


class PostponeForm(MotionForm):
    outcome = Outcome.POSTPONE
    until = DualDateField(label=_("until"), help_text=_("Hijri or Gregorian, for example 20/6/1448."))
    reason = reason_field()
    reasons = needed(FoldedCharField(label=_("reason"), max_length=300), when=UNLESS_CHOSEN)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("reasons", "").strip() and "reasons" not in self.errors:
            self.add_error("reasons", _("Write the reason."))
        return cleaned

    def clean_until(self):
        until = self.cleaned_data["until"].gregorian
        if until <= clock.today():
            raise forms.ValidationError(_("Choose a day after today."))
        return until


MOTION_FORMS: dict[str, type[MotionForm]] = {
    str(form.outcome): form for form in (ApproveForm, RejectForm, PapersForm, ReturnForm, PostponeForm)
}
