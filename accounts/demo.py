"""The sample accounts that a visitor of a demonstration may step into."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import User


def doors() -> list[dict[str, Any]]:
    """One button per sample account, in the order they were made; none outside a demonstration."""
    if not settings.DEMO:
        return []
    staff = User.objects.filter(is_active=True, is_superuser=False).order_by("pk")
    return [
        {
            "label": f"{'، '.join(user.role_labels)} · {user.name}",
            "username": user.username,
            "url": reverse("accounts:enter_demo"),
        }
        for user in staff
        if user.roles
    ]
