"""What the officer asks for the person, what the researcher answers, and how the answer reached them."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from beneficiaries.models import Person
from core.fields import Choice, FoldedCharField
from requests.clarification.rules import private_in
from requests.models import Clarification

FEW, MANY = {"rows": 2}, {"rows": 6}


class AskForm(forms.Form):
    question = FoldedCharField(
        label=_("What is unclear to them? Write it in their own words"),
        multiline=True,
        max_length=600,
        widget=forms.Textarea(attrs=FEW),
        error_messages={"required": _("Write what is unclear to them.")},
    )


class AnswerForm(forms.Form):
    answer = FoldedCharField(
        label=_("The answer, written for the person"),
        help_text=_("Short and plain: it is read to them, or they read it themselves."),
        multiline=True,
        max_length=1200,
        widget=forms.Textarea(attrs=MANY),
        error_messages={"required": _("Write the answer.")},
    )
    may_be_shown = forms.BooleanField(
        label=_("Fit for the status page"),
        required=False,
        help_text=_(
            "It speaks of the procedure only: no name, no number, no amount and nothing of their circumstances. "
            "Whoever has the link of the request reads it. Without this tick the person is asked to call or come."
        ),
    )

    def __init__(self, data: Any = None, *, person: Person):
        super().__init__(data)
        self.person = person

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned and cleaned.get("may_be_shown") and (sentence := private_in(cleaned.get("answer", ""), self.person)):
            self.add_error("may_be_shown", sentence)
        return cleaned


class TellForm(forms.Form):
    """`by_text`: a message may bring it (`rules.why_not_text`); the verb refuses the same by itself."""

    how = Choice(
        label=_("How does the answer reach them?"),
        choices=Clarification.Told.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the answer reaches them.")},
    )

    def __init__(self, data: Any = None, *, by_text: bool = True):
        super().__init__(data)
        if not by_text:
            choices = [
                (value, label) for value, label in Clarification.Told.choices if value != Clarification.Told.MESSAGE
            ]
            cast(forms.ChoiceField, self.fields["how"]).choices = choices
