from datetime import date
from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from beneficiaries.models import Suspension
from core import clock
from core.fields import Choice, DualDateField, FoldedCharField, label_of
from core.hijri import TypedDate

label = partial(label_of, Suspension)


class ProposeForm(forms.Form):
    what = FoldedCharField(
        label=label("what"),
        multiline=True,
        help_text=_("What was said, what is true, and the paper or visit that showed it. Only staff read it."),
    )
    told_text = FoldedCharField(
        label=label("told_text"),
        multiline=True,
        max_length=400,
        help_text=_("In plain words, to be read to the person at the counter or by phone. Not in the message."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = DualDateField(
        label=label("until"),
        required=False,
        help_text=_("The last day, Hijri or Gregorian. Empty: until it is lifted."),
    )

    def clean_until(self) -> date | None:
        typed: TypedDate | None = self.cleaned_data["until"]
        if typed and typed.gregorian <= clock.today():
            raise ValidationError(_("Choose a day after today."), code="past")
        return typed.gregorian if typed else None


class ReasonForm(forms.Form):
    use_required_attribute = False

    why = FoldedCharField(label=_("The reason"), max_length=300)


class ObjectionForm(forms.Form):
    use_required_attribute = False

    words = FoldedCharField(label=_("The objection, in the person's words"), multiline=True)
    how = Choice(
        label=_("How they objected"),
        choices=[("counter", _("at the counter")), ("phone", _("by phone")), ("letter", _("by letter"))],
        widget=forms.RadioSelect,
        initial="counter",
    )


class AnswerForm(forms.Form):
    use_required_attribute = False

    words = FoldedCharField(
        label=label("objection_answer"),
        multiline=True,
        max_length=600,
        help_text=_("It is read to the person as you write it."),
    )
    outcome = Choice(
        label=_("What follows from it"),
        choices=[("keep", _("the suspension stays")), ("lift", _("the suspension is lifted"))],
        widget=forms.RadioSelect,
    )
