"""The questions of each section, by its name in `sections`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from beneficiaries.forms import EMPTY
from core.arabic import fold_digits
from core.fields import Choice, DualDateField, FoldedCharField, FoldedIntegerField, MoneyField, label_of, needed
from requests.models import Study, SupportKind
from requests.study.forms import LONGEST, SectionForm, one_of, several
from requests.study.models import Place, Recommends

MOST_PEOPLE = 61  # the person and sixty members
MOST_MONTHS = 60


class IdentityForm(SectionForm):
    id_seen = one_of(
        _("The identity card"),
        [("original", _("I saw the card itself")), ("copy", _("only a copy")), ("not_seen", _("not seen"))],
    )


class ContactForm(SectionForm):
    address = one_of(
        _("The address"),
        [("right", _("right, I was there")), ("other", _("they live elsewhere")), ("not_visited", _("not visited"))],
    )


class HouseholdForm(SectionForm):
    columns = ("household_size",)

    household_size = FoldedIntegerField(
        label=_("People in the household"),
        min_value=1,
        max_value=MOST_PEOPLE,
        help_text=_("With the person; whoever eats from the same income. The income is divided among them."),
    )


class LinesForm(SectionForm):
    """The section of a side whose lines stand beside it."""

    side = ""
    none = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        lines = self.study.lines.filter(side=self.side).exists() if self.study.pk else False
        if data.get("none") and lines:
            self.add_error("none", _("There are lines above. Take them out first, or leave this empty."))
        elif self.done and not data.get("none") and not lines:
            self.add_error("none", _("Write each line, or say that there is none."))
        return data


class IncomeForm(LinesForm):
    side = "income"
    none = forms.BooleanField(label=_("This household has no income at all"), required=False)


class ObligationsForm(LinesForm):
    side = "obligation"
    none = forms.BooleanField(label=_("Nothing is owed and no rent is paid"), required=False)


class HousingForm(SectionForm):
    condition = one_of(
        _("The state of the home"),
        [("good", _("good")), ("fair", _("fair")), ("poor", _("poor")), ("unfit", _("not fit to live in"))],
    )
    lacks = several(
        _("What is missing or broken"),
        [
            ("electricity", _("electricity")),
            ("water", _("water")),
            ("cooling", _("cooling")),
            ("kitchen", _("kitchen")),
            ("bathroom", _("bathroom")),
            ("furniture", _("furniture")),
            ("roof", _("roof or walls")),
        ],
    )
    lacks.required = False


class HealthForm(SectionForm):
    conditions = several(
        _("What there is in the household"),
        [
            ("none", _("nothing that bears on the request")),
            ("chronic", _("a chronic illness")),
            ("disability", _("a disability")),
            ("care", _("somebody who needs care all day")),
            ("treatment", _("a treatment that costs")),
        ],
    )
    report = one_of(
        _("Medical reports"),
        [("seen", _("I saw them")), ("not_seen", _("not seen")), ("none", _("there are none"))],
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "none" in (data.get("conditions") or []) and len(data["conditions"]) > 1:
            self.add_error("conditions", _("Choose «nothing», or what there is, not both."))
        return data


class AssetsForm(SectionForm):
    owns = several(
        _("What the household owns"),
        [
            ("nothing", _("nothing of these")),
            ("car", _("a car")),
            ("land", _("land")),
            ("second_home", _("another home")),
            ("trade", _("a shop or trade")),
            ("livestock", _("livestock")),
            ("savings", _("savings or gold")),
        ],
    )
    worth = MoneyField(label=_("What it is worth, about, riyals"), required=False)


class SupportForm(SectionForm):
    receives = one_of(
        _("Do others support them?"),
        [("no", _("no")), ("once", _("yes, once, or now and then")), ("regularly", _("yes, regularly"))],
    )
    from_whom = needed(
        FoldedCharField(label=_("From whom, and what"), max_length=200), when=_("needed if there is any")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.done and data.get("receives") in ("once", "regularly") and not data.get("from_whom"):
            self.add_error("from_whom", _("Write from whom it comes, and what."))
        return data


class NeedsForm(SectionForm):
    needs = several(
        _("What is needed"),
        [
            ("rent", _("rent")),
            ("food", _("food")),
            ("bills", _("bills")),
            ("treatment", _("treatment")),
            ("furniture", _("furniture and appliances")),
            ("repair", _("repair of the home")),
            ("education", _("education")),
            ("debt", _("a debt paid off")),
            ("other", _("something else")),
        ],
    )
    urgency = one_of(
        _("How soon"),
        [("now", _("now")), ("month", _("within a month")), ("later", _("it can wait"))],
    )


class VisitForm(SectionForm):
    columns = ("visited_at", "visited_on", "present")
    texts = ("observed", "opinion")

    visited_at = one_of(label_of(Study, "visited_at"), Place.choices)
    visited_on = DualDateField(label=label_of(Study, "visited_on"), past_only=True)
    present = FoldedCharField(
        label=label_of(Study, "present"), max_length=300, help_text=_("Names and what they are to the person.")
    )

    def kept(self, name: str) -> Any:
        if name == "visited_on":
            return fold_digits(self.study.visited_on_typed) or super().kept(name)
        return super().kept(name)

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        day = facts.pop("visited_on")
        return facts | {"visited_on": day and day.gregorian, "visited_on_typed": day.typed if day else ""}


class OpinionForm(SectionForm):
    """What is put to the committee. `done` means that it is raised."""

    columns = ("findings", "recommends", "kind", "what", "amount", "months", "reasons")
    texts = ()

    findings = FoldedCharField(
        label=_("What you found"),
        multiline=True,
        max_length=LONGEST,
        help_text=_("In a few sentences, for a committee that has read nothing else."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    recommends = one_of(_("Your recommendation"), Recommends.choices)
    kind = needed(
        Choice(label=_("Kind of support"), choices=EMPTY + SupportKind.choices),
        when=_("needed if you recommend approval"),
    )
    what = needed(
        FoldedCharField(
            label=_("What do you recommend?"), max_length=200, help_text=_("For example: three months' rent.")
        ),
        when=_("needed if you recommend approval"),
    )
    amount = MoneyField(
        label=_("The whole amount, riyals"), help_text=_("For all the months together."), required=False
    )
    months = FoldedIntegerField(
        label=_("For how many months"),
        min_value=1,
        max_value=MOST_MONTHS,
        required=False,
        help_text=_("Empty: once."),
    )
    reasons = FoldedCharField(
        label=_("Your reasons"),
        multiline=True,
        max_length=LONGEST,
        help_text=_("For a rejection, the person will read them if the committee agrees with you."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if self.done and data.get("recommends") == Recommends.APPROVE:
            if not data.get("kind"):
                self.add_error("kind", _("Choose what kind of support it is."))
            if not data.get("what"):
                self.add_error("what", _("Write what you recommend, as it will be put to the vote."))
        return data


FORMS: dict[str, type[SectionForm]] = {
    "identity": IdentityForm,
    "contact": ContactForm,
    "household": HouseholdForm,
    "income": IncomeForm,
    "obligations": ObligationsForm,
    "housing": HousingForm,
    "health": HealthForm,
    "assets": AssetsForm,
    "support": SupportForm,
    "needs": NeedsForm,
    "visit": VisitForm,
    "opinion": OpinionForm,
}
