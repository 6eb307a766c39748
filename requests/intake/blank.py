"""The request form as a printable blank (clause TL-4): the counter's own fields, drawn from the same form."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core import printing
from core.fields import DualDateField, MobileField, NationalIdField
from policies.models import Association, PolicyVersion, RequiredPaper, Service
from policies.printing.letterhead import letterhead
from policies.rules import days_in_words, service_wait, waiting_sentence
from requests.intake.forms import Desk, IntakeForm

TOOL = "support_request_form"
GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (
        gettext_lazy("Who"),
        (
            *("first_name", "father_name", "grandfather_name", "family_name"),
            *("national_id", "birth", "sex", "nationality", "member_no", "member_standing"),
        ),
    ),
    (gettext_lazy("Contact"), ("mobile", "channel")),
    (gettext_lazy("Household and income"), ("household_size", "income_band", "category")),
    (gettext_lazy("The need"), ("service", "need")),
)
SIGNED_BELOW = {"informed", "signed", "signature_drawn", "signature_scan"}
"""What the screen asks about reading and signing; on paper the lines to sign on stand in their place."""
DIGITS: dict[type[forms.Field], int] = {NationalIdField: 10, MobileField: 10}


@printing.in_arabic
def blank_pdf(service: Service | None = None) -> bytes:
    """The blank of one service, or of any; asked for only where the policy takes requests (`no_support_requests`)."""
    return printing.pdf("blank", letterhead() | blank_data(Desk.open(), service))


def blank_data(desk: Desk, service: Service | None) -> dict[str, Any]:
    """What `templates/print/blank.typ` prints."""
    policy = desk.policy
    wanted = [service] if service else desk.services
    form = IntakeForm(desk=desk, by=User())
    if service:
        form.choose("service", [("", ""), (str(service.pk), service.label)])
    return {
        "title": title_of(policy),
        "note": _("Version %(label)s of the policy") % {"label": policy.label},
        "words": words(policy),
        "groups": groups(form),
        "papers": [{"service": each.label, "papers": papers(each.papers.all())} for each in wanted],
        "signed": policy.requires_signature,
        "declaration": declaration(policy, service),
        "waiting": waiting(policy, wanted),
    }


def title_of(policy: PolicyVersion) -> str:
    """The form's name as the policy's list of tools has it: «نموذج طلب دعم مستفيد», «نموذج طلب خدمة عضو»."""
    return policy.tools.filter(code=TOOL).values_list("label", flat=True).first() or _("Request form")


def words(policy: PolicyVersion) -> dict[str, str]:
    return {
        "office": _("For the office"),
        "reference": _("Request number"),
        "received_on": _("Received on"),
        "branch": _("Branch"),
        "declaration": _("The declaration"),
        "papers": _("The papers we need"),
        "if_any": _("if there is one"),
        "none": _("none"),
        "name": _("Name"),
        "signature": _("Signature"),
        "date": _("Date"),
        "applicant": policy.term("masc_def"),
        "witness": _("Witness"),
        "title": policy.officer_title.get("masc", ""),
        "stamp": _("Stamp"),
        "hijri_mark": _("AH"),
        "gregorian_mark": _("AD"),
        "read": _("I read it to the person"),
    }


def groups(form: IntakeForm) -> list[dict[str, Any]]:
    """Every field of the form under its heading; one that no heading names yet stands in the last group."""
    placed = {name for _title, names in GROUPS for name in names}
    rest = [name for name in form.fields if name not in placed | SIGNED_BELOW]
    found = [
        {"title": str(title), "fields": [on_paper(name, form.fields[name]) for name in names if name in form.fields]}
        for title, names in [*GROUPS[:-1], (GROUPS[-1][0], (*GROUPS[-1][1], *rest))]
    ]
    return [group for group in found if group["fields"]]


def on_paper(name: str, field: forms.Field) -> dict[str, Any]:
    """One field as ink fills it: `{name, label, kind, choices, digits}`; kind: line, digits, date, choices or box."""
    choices = [str(label) for value, label in getattr(field, "choices", ()) if value != ""]
    kind = "choices" if choices else "line"
    if isinstance(field, DualDateField):
        kind = "date"
    elif type(field) in DIGITS:
        kind = "digits"
    elif isinstance(field.widget, forms.Textarea):
        kind = "box"
    return {
        "name": name,
        "label": str(field.label),
        "kind": kind,
        "choices": choices,
        "digits": DIGITS.get(type(field), 0),
    }


def papers(rows: Iterable[RequiredPaper]) -> list[dict[str, Any]]:
    return [{"label": row.label, "may_not_exist": row.may_not_exist} for row in rows]


def declaration(policy: PolicyVersion, service: Service | None) -> str:
    """The text of the version in force, with the days that hold for the service (rule 3)."""
    return policy.declaration_text.replace("{min_days_words}", days_in_words(policy.days_for(service)))


def waiting(policy: PolicyVersion, services: list[Service]) -> list[str]:
    """The promise, and beside it each service that has a period of its own."""
    association = Association.current()
    if len(services) == 1:
        return [service_wait(policy, services[0], association)["sentence"]]
    periods = policy.service_periods.select_related("service").filter(service__in=services)
    own = [
        _("«%(service)s» waits %(days)s, as clause %(clause)s says.")
        % {"service": row.service.label, "days": days_in_words(row.days), "clause": row.clause.clause_id}
        for row in periods.select_related("clause", "service")
    ]
    return [waiting_sentence(policy, association), *own]
