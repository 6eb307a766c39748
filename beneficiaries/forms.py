"""The small forms of a person's file, one for each part of it. They clean; they neither save nor send.

Every one stands on `PartForm`: it knows what the file holds now (`known`), shows it, and carries a mark of it, so that
a change made meanwhile by somebody else is told (`core.seen`).
"""

from functools import partial
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from beneficiaries.choices import AccessNeed, Language, MaritalStatus, Party, Sex
from beneficiaries.household.rules import MOST_MEMBERS
from beneficiaries.models import Person
from core import seen
from core.arabic import fold_digits
from core.fields import (
    Choice,
    Choices,
    DualDateField,
    FoldedCharField,
    FoldedIntegerField,
    MobileField,
    NameField,
    label_of,
)
from policies.models import PolicyVersion

EMPTY: list[tuple[str, Any]] = [("", "—")]


label = partial(label_of, Person)


class PartForm(forms.Form):
    """One part of a file, or one row of a part. `placed` is the order of the fields with their widths (of 12).

    `unshown` are sealed values: the form does not repeat them, and an empty answer leaves them as they are.
    """

    use_required_attribute = False
    placed: list[tuple[str, int]] = []
    unshown: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    preface: str | Promise = ""  # one sentence above the fields

    def __init__(self, data: Any = None, *, person: Person, by: User, policy: PolicyVersion | None, row: Any = None):
        super().__init__(data)
        self.person, self.by, self.policy, self.row = person, by, policy, row
        self.fit()
        self.now = {name: value for name, value in self.known().items() if name in self.fields}
        self.initial = {name: value for name, value in self.now.items() if name not in self.unshown}
        for name in self.unshown:
            if self.now.get(name):
                self.fields[name].required = False
        first = next(name for name, _width in self.placed if name in self.fields)
        self.fields[first].widget.attrs["data-focus"] = ""

    def fit(self) -> None:
        """Offer what the policy and the person's other facts offer, and leave out what is not asked here."""

    def known(self) -> dict[str, Any]:
        """What the file holds now, field by field, as the form shows it."""
        return {}

    @property
    def mark(self) -> str:
        return seen.mark(self.now)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The fields in their places, as the template draws them."""
        return [
            {"field": self[name], "width": width, "dual": name in self.dates}
            for name, width in self.placed
            if name in self.fields
        ]

    def facts(self) -> dict[str, Any]:
        """The clean form as its verb takes it; a sealed value left empty stays what it was."""
        kept = [name for name in self.unshown if not self.cleaned_data.get(name)]
        return {name: value for name, value in self.cleaned_data.items() if name not in kept}

    def in_words(self, name: str) -> str:
        """What stands in the file now under one field, in words that may be shown."""
        value = self.now.get(name)
        if name in self.unshown:
            return _("another number") if value else "—"
        choices = {str(key): said for key, said in self._choices(name)}
        several = value if isinstance(value, list) else [value]
        words = [str(choices.get(str(each), each)) for each in several if each not in (None, "")]
        return "، ".join(words) or "—"

    def _choices(self, name: str) -> list[tuple[Any, Any]]:
        found: list[tuple[Any, Any]] = []
        for key, said in getattr(self.fields[name], "choices", []):
            found += said if isinstance(said, list | tuple) else [(key, said)]
        return found


class WhoForm(PartForm):
    """Who the person is to the association, and as the state knows them."""

    placed = [("first_name", 3), ("father_name", 3), ("grandfather_name", 3), ("family_name", 3)]
    placed += [("name_as_printed", 6), ("birth", 6), ("sex", 6), ("nationality", 6), ("marital_status", 6)]
    placed += [("household_size", 6), ("parties", 12), ("member_no", 6), ("member_standing", 6), ("is_internal", 12)]
    dates = ("birth",)

    first_name = NameField(label=label("first_name"))
    father_name = NameField(label=label("father_name"))
    grandfather_name = NameField(label=label("grandfather_name"), required=False)
    family_name = NameField(label=label("family_name"))
    name_as_printed = NameField(label=label("name_as_printed"), max_length=200, required=False)
    birth = DualDateField(label=label("birth_date"), past_only=True, required=False)
    sex = Choice(label=label("sex"), choices=EMPTY + Sex.choices)
    nationality = NameField(
        label=label("nationality"), error_messages={"required": gettext_lazy("Write the nationality.")}
    )
    marital_status = Choice(label=label("marital_status"), choices=EMPTY + MaritalStatus.choices, required=False)
    household_size = FoldedIntegerField(
        label=label("household_size"), min_value=1, max_value=MOST_MEMBERS + 1, required=False
    )
    parties = Choices(label=label("parties"), choices=Party.choices, widget=forms.CheckboxSelectMultiple)
    member_no = FoldedCharField(label=label("member_no"), max_length=20, required=False)
    member_standing = FoldedCharField(label=label("member_standing"), max_length=40, required=False)
    is_internal = forms.BooleanField(
        label=label("is_internal"),
        required=False,
        help_text=gettext_lazy("A colleague whose request comes from inside."),
    )

    def fit(self) -> None:
        if not (self.policy and self.policy.asks_household):
            del self.fields["household_size"]
        if not (self.policy and self.policy.has_membership):
            del self.fields["member_no"], self.fields["member_standing"]
        if self.person.birth_date:
            self.fields["birth"].required = True

    def known(self) -> dict[str, Any]:
        person = self.person
        names = [name for name in self.fields if name not in ("birth", "parties")]
        return {name: getattr(person, name) for name in names} | {
            "birth": fold_digits(person.birth_date_typed) or person.birth_date,
            "parties": sorted(person.parties),
        }

    def clean_parties(self) -> list[str]:
        return [party for party in Party.values if party in self.cleaned_data["parties"]]


class ContactForm(PartForm):
    """How the person is reached, in which language, and what they need in order to be served."""

    placed = [("mobile", 6), ("preferred_channel", 6), ("language", 6), ("access_needs", 12)]

    mobile = MobileField(label=label("mobile"))
    preferred_channel = Choice(label=label("preferred_channel"), required=False)
    language = Choice(label=label("language"), choices=Language.choices)
    access_needs = Choices(
        label=label("access_needs"),
        choices=AccessNeed.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Everybody who serves the person reads it at the head of the file."),
    )

    def fit(self) -> None:
        offered = dict(self.policy.channel_labels) if self.policy else {}
        if (chosen := self.person.preferred_channel) and chosen not in offered:
            offered[chosen] = _("a way the policy no longer offers")
        self.fields["preferred_channel"].choices = EMPTY + list(offered.items())  # type: ignore[attr-defined]

    def known(self) -> dict[str, Any]:
        return {
            "mobile": self.person.mobile.replace("+966", "0"),
            "preferred_channel": self.person.preferred_channel,
            "language": self.person.language,
            "access_needs": sorted(self.person.access_needs),
        }

    def clean_access_needs(self) -> list[str]:
        return [need for need in AccessNeed.values if need in self.cleaned_data["access_needs"]]
