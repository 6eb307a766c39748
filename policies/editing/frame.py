"""The frame of the policy editor's pages in Django's admin: who may open them, the version, its tabs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import StaffRequest
from accounts.roles import Role
from policies.models import PolicyVersion, VersionState

TONES = {
    VersionState.DRAFT: "you",
    VersionState.APPROVED: "wait",
    VersionState.PUBLISHED: "ok",
    VersionState.SUPERSEDED: "off",
}


def editor_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only for policy editors who may enter the admin; the admin's own door asks for the rest."""

    @wraps(view)
    def checked(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("policies.change_policyversion"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    checked.roles = (Role.POLICY_EDITOR,)  # type: ignore[attr-defined]
    return checked


def version_or_404(pk: int) -> PolicyVersion:
    return get_object_or_404(
        PolicyVersion.objects.select_related("approval", "based_on", "approved_by", "published_by", "modified_by"),
        pk=pk,
    )


def number(text: str | None) -> int:
    """A row's number as an address or a form gives it; 0, which no row has, for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def address(page: str, version: PolicyVersion, *args: Any) -> str:
    """Where a page of a version is; "change" is its overview."""
    return reverse(f"admin:policies_policyversion_{page}", args=[version.pk, *args])


def tabs(version: PolicyVersion, here: str) -> list[dict[str, Any]]:
    """The pages of a version in the order of the work."""
    pages = [
        ("change", _("Overview")),
        ("clauses", _("Clauses")),
        ("settings", _("What the portal does")),
        ("approval", _("Board approval")),
        ("preview", _("Preview")),
        ("difference", _("Differences")),
    ]
    if version.state in (VersionState.PUBLISHED, VersionState.SUPERSEDED):
        pages.append(("readers", _("Who has read it")))
    else:
        pages.append(("publish", _("Publishing")))
    return [{"label": label, "url": address(page, version), "here": page == here} for page, label in pages]


def show(
    request: StaffRequest, template: str, version: PolicyVersion, here: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """One page of a version in the admin's frame."""
    return render(
        request,
        f"admin/policies/{template}.html",
        {
            **admin.site.each_context(request),
            "opts": PolicyVersion._meta,
            "title": f"{version.title} · {version.label}",
            "version": version,
            "tone": TONES[VersionState(version.state)],
            "tabs": tabs(version, here),
            **context,
        },
        status=status,
    )
