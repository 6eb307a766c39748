"""The rows behind a number, as the manager reads them: no name, no mobile, no identifier."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from channels import wording
from channels.models import Inquiry
from core.models import OutboxRow
from core.references import format_reference
from policies.models import Clause, PolicyVersion, Service, Tool
from requests.models import Clarification, Declaration, PermitStep, ProgrammePermit, Step, SupportRequest
from requests.states import State

PAGE = 50
WITH_CASE = ("service", "branch")
JOINS: dict[type[models.Model], tuple[str, ...]] = {
    SupportRequest: WITH_CASE,
    Step: tuple(f"case__{name}" for name in WITH_CASE),
    Declaration: tuple(f"case__{name}" for name in WITH_CASE),
    PermitStep: ("case",),
    Clarification: tuple(f"case__{name}" for name in WITH_CASE),
}


def page_of(rows: QuerySet[Any], after: int) -> tuple[list[dict[str, Any]], int | None]:
    """One page of what stands behind a number, and the key of the next page."""
    joined = rows.select_related(*JOINS.get(rows.model, ()))
    found = list(joined.filter(pk__gt=after).order_by("pk")[: PAGE + 1])
    shown = found[:PAGE]
    return [described(row) for row in shown], shown[-1].pk if len(found) > PAGE else None


def described(row: models.Model) -> dict[str, Any]:
    """`{label, url, note, at}` of one row."""
    return DESCRIBE[type(row)](row)


def line(label: str, url: str = "", note: str = "", at: Any = None) -> dict[str, Any]:
    return {"label": label, "url": url, "note": note, "at": at}


def case_line(case: SupportRequest, at: Any = None, note: str = "") -> dict[str, Any]:
    parts = (note or case.get_state_display(), case.service.label, case.branch.name)
    return line(
        format_reference(case.reference),
        reverse("requests:case", args=[case.reference]),
        " · ".join(parts),
        at or case.received_at,
    )


def permit_line(permit: ProgrammePermit, at: Any) -> dict[str, Any]:
    return line(
        format_reference(permit.reference),
        reverse("requests:permit", args=[permit.reference]),
        permit.get_state_display(),
        at,
    )


def inquiry_line(inquiry: Inquiry) -> dict[str, Any]:
    return line(
        format_reference(inquiry.reference),
        reverse("channels:inquiry", args=[inquiry.reference]),
        inquiry.get_kind_display(),
        inquiry.asked_at,
    )


DESCRIBE: dict[type[models.Model], Callable[[Any], dict[str, Any]]] = {
    SupportRequest: case_line,
    Step: lambda step: case_line(step.case, step.at, str(State(step.to_state).label)),
    Declaration: lambda row: case_line(row.case, row.signed_at, row.get_signed_display()),
    PermitStep: lambda step: permit_line(step.case, step.at),
    Inquiry: inquiry_line,
    Clarification: lambda row: case_line(row.case, row.asked_at),
    OutboxRow: lambda row: line(wording.label(row.event), note=row.trouble, at=row.created_at),
    Tool: lambda tool: line(tool.label, reverse("policies:tools") + f"#{tool.clause_id}", tool.clause_id),
    Clause: lambda clause: line(
        clause.clause_id, reverse("policies:policy") + f"#{clause.clause_id}", clause.text[:120]
    ),
    Service: lambda service: line(service.label, reverse("policies:service", args=[service.code])),
    PolicyVersion: lambda version: line(
        str(version), reverse("policies:version", args=[version.pk]), at=version.published_at
    ),
    User: lambda user: line(user.name, note=" · ".join(user.role_labels)),
}
