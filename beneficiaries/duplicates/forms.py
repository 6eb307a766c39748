"""What is asked before two files are made one, kept two, or separated again."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beneficiaries.models import Merge, Person
from core.fields import Choice, FoldedCharField

WHY = gettext_lazy("The reason")


class ProposeForm(forms.Form):
    """Which file is kept, why these are one person, and why one person has two ID numbers."""

    kept = Choice(
        label=gettext_lazy("Which file is kept?"),
        choices=[],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The one whose ID number is right today. The other stays readable under it."),
    )
    numbers = Choice(
        label=gettext_lazy("Why are there two ID numbers?"),
        choices=[("", "—"), *Merge.Numbers.choices],
        error_messages={"required": gettext_lazy("Say why one person has two ID numbers.")},
    )
    why = FoldedCharField(
        label=gettext_lazy("How do you know that it is one person?"),
        max_length=300,
        help_text=gettext_lazy("For example: both cards were seen at the counter."),
    )

    def __init__(self, *args: Any, one: Person, other: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.both = {str(person.pk): person for person in (one, other)}
        self.fields["kept"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), _("the first file")),
            (str(other.pk), _("the second file")),
        ]
        if one.national_id_lookup == other.national_id_lookup:
            del self.fields["numbers"]

    def proposal(self) -> dict[str, Any]:
        """The clean form as `propose_merge` takes it."""
        kept = self.cleaned_data["kept"]
        (merged,) = self.both.keys() - {kept}
        return {
            "kept": self.both[kept],
            "merged": self.both[merged],
            "why": self.cleaned_data["why"],
            "numbers": self.cleaned_data.get("numbers", ""),
        }


class ApartForm(forms.Form):
    """Why they are two."""

    why = FoldedCharField(
        label=gettext_lazy("How do you know that they are two?"),
        max_length=200,
        help_text=gettext_lazy("For example: two brothers, each with his card."),
    )


class NoteForm(forms.Form):
    """What the second person adds."""

    why = FoldedCharField(label=gettext_lazy("What you saw"), max_length=300, required=False)


class SeparateForm(forms.Form):
    """Why a proposal is refused or a merge undone, and whether they are two people for certain."""

    why = FoldedCharField(label=WHY, max_length=200)
    two_people = forms.BooleanField(
        label=gettext_lazy("They are two people: do not propose them again"), required=False
    )
