"""The public pages about the association: who it is, its policy word for word, its services, how to apply."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts import demo
from accounts.access import public, staff
from accounts.models import Branch
from accounts.roles import COUNTER, Role
from policies.models import Association, Clause, ClauseKind, PolicyVersion, Service, Tool
from policies.rules import waiting_sentence


@public
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "policies/home.html", {"demo_doors": demo.doors()})


@public
def policy(request: HttpRequest) -> HttpResponse:
    """The version in force as its board approved it; nothing of the association's own settings stands here."""
    version = get_object_or_404(
        PolicyVersion.objects.select_related("approval").prefetch_related("approval__signatories"), state="published"
    )
    return render(
        request,
        "policies/policy.html",
        {
            "version": version,
            "approval": getattr(version, "approval", None),
            "sections": sections(list(version.clauses.all())),
        },
    )


def sections(clauses: list[Clause]) -> list[dict[str, Any]]:
    """Consecutive clauses of one kind under its heading, each with the clauses below it."""
    below = {
        parent: list(rows)
        for parent, rows in groupby(sorted(clauses, key=lambda row: row.parent_id or 0), lambda row: row.parent_id)
    }
    return [
        {
            "title": ClauseKind(kind).label,
            "clauses": [{"clause": clause, "below": below.get(clause.pk, [])} for clause in rows],
        }
        for kind, rows in groupby(below.get(None, []), lambda row: row.kind)
    ]


@public
def services(request: HttpRequest) -> HttpResponse:
    return render(request, "policies/services.html", {"services": Service.objects.filter(is_active=True)})


@public
def service(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Service.objects.prefetch_related("papers"), code=code, is_active=True)
    return render(request, "policies/service.html", {"service": found, "waiting_sentence": waiting()})


@public
def apply(request: HttpRequest) -> HttpResponse:
    """How to apply: there is no form on the website yet, and the page says so."""
    return render(
        request,
        "policies/apply.html",
        {
            "services": Service.objects.filter(is_active=True).prefetch_related("papers"),
            "branches": Branch.objects.order_by("-is_head_office", "name"),
            "waiting_sentence": waiting(),
        },
    )


def waiting() -> str:
    return waiting_sentence(PolicyVersion.in_force(), Association.current())


@staff(*COUNTER, Role.RESEARCHER)
def tools(request: HttpRequest) -> HttpResponse:
    """The documents on the officer's desk, as the policy lists them (clauses TL-1 to TL-8)."""
    return render(request, "policies/tools.html", {"tools": Tool.objects.filter(version__state="published")})
