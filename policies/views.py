"""The public pages about the association: who it is, its policy word for word, its services, how to apply.

The longest of them are compressed: they hold no secret and echo nothing, so their length tells nobody anything.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import http_date
from django.views.decorators.gzip import gzip_page

from accounts import demo
from accounts.access import public
from accounts.models import Branch
from core import printing
from policies.models import Association, PolicyVersion, Procedure, Service
from policies.page import PUBLIC_STATES, page_of, read_publicly
from policies.printing.policy import policy_pdf
from policies.rules import officer_title, service_wait, waiting_sentence


@public
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "policies/home.html", {"demo_doors": demo.doors(officer_title(PolicyVersion.in_force()))})


def shown(**which: Any) -> PolicyVersion:
    """A version that is or was in force, with its approval; a draft is nobody's page."""
    versions = PolicyVersion.objects.filter(state__in=PUBLIC_STATES).select_related("approval")
    return get_object_or_404(versions.prefetch_related("approval__signatories", "clauses"), **which)


@public
@gzip_page
def policy(request: HttpRequest) -> HttpResponse:
    """The version in force as its board approved it; nothing of the association's own settings stands here."""
    return page(request, shown(state="published"))


@public
@gzip_page
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version of the archive at an address that does not change; the one in force stands there too."""
    return page(request, shown(pk=pk))


def page(request: HttpRequest, found: PolicyVersion) -> HttpResponse:
    if not read_publicly(found, request.user):
        return render(request, "policies/not_published.html", {"version": found})
    answer = render(request, "policies/policy.html", page_of(found))
    answer["Last-Modified"] = http_date(max(filter(None, (found.modified_at, found.published_at))).timestamp())
    if not request.user.is_authenticated:  # what staff alone may read stays in no cache (core.middleware.PrivatePages)
        answer["Cache-Control"] = "no-cache"
    return answer


@public
def policy_as_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same text as a tagged PDF; where it is not on the website, the page that says whom to ask."""
    found = shown(pk=pk)
    if not read_publicly(found, request.user):
        return redirect("policies:version", found.pk)
    return printing.answer(policy_pdf(found), name=f"policy-{found.pk}")


@public
@gzip_page
def services(request: HttpRequest) -> HttpResponse:
    return render(request, "policies/services.html", {"services": Service.objects.filter(is_active=True)})


@public
@gzip_page
def service(request: HttpRequest, code: str) -> HttpResponse:
    """One service in full: what it is and is not, for whom, with which papers, how long, and how to object."""
    found = get_object_or_404(Service.objects.prefetch_related("papers"), code=code, is_active=True)
    in_force, association = PolicyVersion.in_force(), Association.current()
    return render(
        request,
        "policies/service.html",
        {
            "service": found,
            "wait": service_wait(in_force, found, association),
            "objects_in_days": association.appeal_days if takes_requests(in_force) else None,
        },
    )


def takes_requests(version: PolicyVersion | None) -> bool:
    return version is not None and version.has(Procedure.SUPPORT_REQUESTS)


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
