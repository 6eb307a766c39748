"""What the policy editor types, parsed and cleaned. Each form says back which revision its writer read."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.fields import FoldedCharField, FoldedIntegerField
from policies.editing.vocabulary import (
    CHANNELS,
    CLAUSE_OF,
    OFFICER_FORMS,
    PERSON_FORMS,
    STEPS,
    TOOLS,
)
from policies.models import Clause, ClauseKind, PolicyVersion, Procedure, Service

DAYS = {"min_value": 1, "max_value": 365}


class PrintedField(FoldedCharField):
    """Policy text: every digit stays in the script it is printed in."""

    def fold(self, value: str) -> str:
        super().fold(value)
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()


class LinesField(FoldedCharField):
    """A list, one entry a line."""

    def __init__(self, **kwargs: Any):
        super().__init__(multiline=True, **kwargs)

    def clean(self, value: Any) -> Any:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class DraftForm(forms.Form):
    """`revision` and `read` are what the writer opened: the verb compares them with what is there now."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    read = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def facts(self) -> dict[str, Any]:
        """The cleaned values, without the two of the form itself."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("revision", "read")}


class ClauseForm(DraftForm):
    number = FoldedCharField(
        label=_("number as printed"), required=False, max_length=12, help_text=_("for example: 6.1, or nothing")
    )
    text = PrintedField(
        label=_("text of the clause"),
        multiline=True,
        max_length=5000,
        help_text=_("Bold, italic and underlined are kept: <b>, <i>, <u>. Other markup is taken out."),
    )
    heading = FoldedCharField(
        label=_("heading as printed"), required=False, max_length=120, help_text=_("on the first clause of a section")
    )
    code = forms.ChoiceField(
        label=_("what it carries out"),
        required=False,
        help_text=_("the step, channel or tool of the portal that follows it"),
    )
    to_be_confirmed = forms.BooleanField(label=_("to be confirmed by the owner"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["code"]).choices = [
            ("", _("nothing of its own")),
            (_("Procedure"), list(STEPS.items())),
            (_("Channels"), list(CHANNELS.items())),
            (_("The officer's tools"), list(TOOLS.items())),
            *([(kept, kept)] if (kept := self.initial.get("code")) and kept not in STEPS | CHANNELS | TOOLS else []),
        ]


class NewClauseForm(ClauseForm):
    """The same, and where the clause goes: a section, or below another clause."""

    kind = forms.ChoiceField(label=_("section"), choices=ClauseKind.choices)
    parent = forms.ModelChoiceField(
        label=_("below the clause"), queryset=Clause.objects.none(), required=False, empty_label=_("in the first level")
    )
    field_order = ["kind", "parent"]

    def __init__(self, *args: Any, version: PolicyVersion, **kwargs: Any):
        super().__init__(*args, **kwargs)
        parents = cast(forms.ModelChoiceField, self.fields["parent"])
        parents.queryset = version.clauses.filter(parent=None)


class SettingsForm(DraftForm):
    """What the portal does by this version: every choice a field of its own."""

    label = FoldedCharField(label=_("version"), max_length=20)
    title = FoldedCharField(label=_("title"), max_length=200)
    notice = FoldedCharField(
        label=_("notice"), max_length=300, required=False, help_text=_("shown above the text, for example: model text")
    )
    procedures = forms.MultipleChoiceField(
        label=_("procedures"), choices=Procedure.choices, widget=forms.CheckboxSelectMultiple
    )
    min_decision_days = FoldedIntegerField(
        label=_("waiting period, days"),
        required=False,
        help_text=_("policy clause PS-5: a floor, not a ceiling"),
        **DAYS,
    )
    requires_signature = forms.BooleanField(label=_("the applicant signs"), required=False)
    declaration_text = FoldedCharField(
        label=_("declaration"),
        multiline=True,
        required=False,
        max_length=3000,
        help_text=_("{min_days_words} becomes the waiting period in words."),
    )
    read_aloud = LinesField(
        label=_("read aloud"), required=False, max_length=2000, help_text=_("one sentence a line, 300 letters at most")
    )
    asks_household = forms.BooleanField(label=_("asks about household and income"), required=False)
    has_membership = forms.BooleanField(label=_("people are numbered members"), required=False)

    def __init__(self, *args: Any, version: PolicyVersion, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.version = version
        for form, label in PERSON_FORMS.items():
            self.fields[f"term_{form}"] = FoldedCharField(label=label, max_length=40)
        for form, label in OFFICER_FORMS.items():
            self.fields[f"officer_{form}"] = FoldedCharField(label=label, max_length=80)
        self.offers = offers_of(version)
        for prefix, known in self.offers.items():
            for code, name in known.items():
                self.add_offer(prefix, code, name)
        self.services = list(Service.objects.all())
        for service in self.services:
            self.fields[f"days_{service.pk}"] = FoldedIntegerField(label=_("days of its own"), required=False, **DAYS)
            self.fields[f"clause_{service.pk}"] = forms.ModelChoiceField(
                label=_("the clause that says so"), required=False, queryset=version.clauses.all(), empty_label="—"
            )

    def add_offer(self, prefix: str, code: str, label: str) -> None:
        self.fields[f"{prefix}_{code}"] = forms.BooleanField(label=label, required=False)
        self.fields[f"{prefix}_{code}_label"] = FoldedCharField(label=_("name"), max_length=120, required=False)
        self.fields[f"{prefix}_{code}_clause"] = FoldedCharField(label=_("clause"), max_length=12, required=False)
        if prefix == "tool":
            self.fields[f"{prefix}_{code}_description"] = FoldedCharField(
                label=_("explanation"), max_length=300, required=False
            )

    @staticmethod
    def initial_of(version: PolicyVersion) -> dict[str, Any]:
        """A version's values under the names of the fields."""
        found: dict[str, Any] = {name: getattr(version, name) for name in SettingsForm.base_fields if name in PLAIN}
        found |= {f"term_{form}": version.person_terms.get(form, "") for form in PERSON_FORMS}
        found |= {f"officer_{form}": version.officer_title.get(form, "") for form in OFFICER_FORMS}
        for code, label in (CHANNELS | TOOLS).items():
            prefix = "channel" if code in CHANNELS else "tool"
            found |= {f"{prefix}_{code}_label": str(label), f"{prefix}_{code}_clause": CLAUSE_OF[code]}
        for channel in version.channels:
            found |= offer("channel", channel["code"], channel["label"], channel.get("clause", ""))
        for tool in version.tools.all():
            found |= offer("tool", tool.code, tool.label, tool.clause_id)
            found[f"tool_{tool.code}_description"] = tool.description
        for period in version.service_periods.all():
            found |= {f"days_{period.service_id}": period.days, f"clause_{period.service_id}": period.clause_id}
        return found

    def rows(self, prefix: str) -> list[dict[str, Any]]:
        """The fields of each channel or tool, for the page."""
        return [
            {"on": self[f"{prefix}_{code}"], "label": self[f"{prefix}_{code}_label"]}
            | {"clause": self[f"{prefix}_{code}_clause"]}
            | ({"description": self[f"tool_{code}_description"]} if prefix == "tool" else {})
            for code in self.offers[prefix]
        ]

    def channel_rows(self) -> list[dict[str, Any]]:
        return self.rows("channel")

    def tool_rows(self) -> list[dict[str, Any]]:
        return self.rows("tool")

    def term_fields(self) -> list[Any]:
        return [self[f"term_{form}"] for form in PERSON_FORMS]

    def officer_fields(self) -> list[Any]:
        return [self[f"officer_{form}"] for form in OFFICER_FORMS]

    def period_rows(self) -> list[dict[str, Any]]:
        return [
            {"service": service, "days": self[f"days_{service.pk}"], "clause": self[f"clause_{service.pk}"]}
            for service in self.services
        ]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        takes_requests = Procedure.SUPPORT_REQUESTS in found.get("procedures", [])
        if takes_requests and "min_decision_days" in found and not found["min_decision_days"]:
            self.add_error(
                "min_decision_days",
                ValidationError(_("Write the waiting period: one day at least where support requests are taken.")),
            )
        if found.get("requires_signature") and not found.get("declaration_text", "x"):
            self.add_error("declaration_text", ValidationError(_("Write the declaration that the applicant signs.")))
        if any(len(line) > 300 for line in found.get("read_aloud") or []):
            self.add_error("read_aloud", ValidationError(_("A sentence is longer than 300 letters. Shorten it.")))
        self.clean_periods(found)
        return found

    def clean_periods(self, found: dict[str, Any]) -> None:
        for service in self.services:
            days, clause = found.get(f"days_{service.pk}"), found.get(f"clause_{service.pk}")
            if days and not clause:
                self.add_error(
                    f"clause_{service.pk}",
                    ValidationError(_("A service waits differently only where a clause says so. Choose the clause.")),
                )

    def facts(self) -> dict[str, Any]:
        """The values as `write_settings` takes them."""
        typed = self.cleaned_data
        return {name: typed[name] for name in PLAIN} | {
            "person_terms": {form: typed[f"term_{form}"] for form in PERSON_FORMS},
            "officer_title": {form: typed[f"officer_{form}"] for form in OFFICER_FORMS},
            "channels": [
                {"code": code, "clause": typed[f"channel_{code}_clause"], "label": self.named("channel", code)}
                for code in self.offers["channel"]
                if typed[f"channel_{code}"]
            ],
            "tools": [
                {"code": code, "clause_id": typed[f"tool_{code}_clause"], "label": self.named("tool", code)}
                | {"description": typed[f"tool_{code}_description"]}
                for code in self.offers["tool"]
                if typed[f"tool_{code}"]
            ],
            "periods": [
                {
                    "service_id": service.pk,
                    "days": typed[f"days_{service.pk}"],
                    "clause": typed[f"clause_{service.pk}"],
                }
                for service in self.services
                if typed.get(f"days_{service.pk}")
            ],
        }

    def named(self, prefix: str, code: str) -> str:
        return self.cleaned_data[f"{prefix}_{code}_label"] or self.offers[prefix][code]


PLAIN = (
    "label title notice procedures min_decision_days requires_signature declaration_text read_aloud "
    "asks_household has_membership"
).split()


def offers_of(version: PolicyVersion) -> dict[str, dict[str, str]]:
    """What may be ticked: what the portal knows, and what an imported document has beside it."""
    known = {"channel": CHANNELS, "tool": TOOLS}
    own = {"channel": version.channel_labels, "tool": dict(version.tools.values_list("code", "label"))}
    return {
        prefix: {code: str(label) for code, label in known[prefix].items()}
        | {code: label for code, label in own[prefix].items() if code not in known[prefix]}
        for prefix in known
    }


def offer(prefix: str, code: str, label: str, clause: str) -> dict[str, Any]:
    return {f"{prefix}_{code}": True, f"{prefix}_{code}_label": label, f"{prefix}_{code}_clause": clause}
