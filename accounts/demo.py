"""The sample accounts that a visitor of a demonstration may step into."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role


def doors(officer: str = "") -> list[dict[str, Any]]:
    """One button per sample account, in the order they were made; none outside a demonstration.

    `officer` is what the association calls its relations officer.
    """
    if not settings.DEMO:
        return []
    staff = User.objects.filter(is_active=True, is_superuser=False).order_by("pk")
    return [
        {
            "label": f"{'، '.join(labels(user, officer))} · {user.name}",
            "username": user.username,
            "url": reverse("accounts:enter_demo"),
        }
        for user in staff
        if user.roles
    ]


def labels(user: User, officer: str) -> list[str]:
    return [officer if officer and role == Role.OFFICER else str(Role(role).label) for role in user.roles]
