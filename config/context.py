"""What every page knows: the association, the policy in force, and the menu of whoever is signed in."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts.lock.views import overlay
from config.menu import menu_for
from core import drafts
from policies.models import Association, PolicyVersion, Procedure


def portal(request: HttpRequest) -> dict[str, Any]:
    policy = PolicyVersion.in_force()
    return {
        "association": Association.current(),
        "policy": policy,
        "takes_requests": policy is not None and policy.has(Procedure.SUPPORT_REQUESTS),
        "takes_programmes": policy is not None and policy.has(Procedure.PROGRAMME_PERMITS),
        "demo": settings.DEMO,
        "menu": menu_for(request, policy),
        "who": who(request),
        "lock": overlay(request),
        "copy_keys": partial(copy_keys, request),
    }


def who(request: HttpRequest) -> str:
    """The signed-in person and their branch, for the corner of every staff page."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    return " · ".join(part for part in (user.name, str(user.branch or "")) if part)


def copy_keys(request: HttpRequest) -> list[str]:
    """Asked for by the pages that keep a copy, and made for them alone."""
    return drafts.copy_keys(request.user) if request.user.is_authenticated else []
