"""Two policy editors at their desks, and the addresses of the pages they use."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from policies.actions import new_version
from policies.models import Approval, PolicyVersion
from tests.cast import client_of, user


def editor(username: str) -> User:
    made = user(username, username, Role.POLICY_EDITOR)
    made.is_staff = True
    made.save()
    return made


def page(name: str, version: PolicyVersion, *args: Any) -> str:
    return reverse(f"admin:policies_policyversion_{name}", args=[version.pk, *args])


def fields_of(reply) -> dict[str, Any]:
    """What a browser would send back of the form on a page, untouched."""
    form = reply.context["form"]
    found = {}
    for bound in form:
        value = bound.value()
        if value in (None, "", False) or bound.name == "scan":
            continue
        found[bound.html_name] = "on" if value is True else value
    if hasattr(form.fields.get("read_aloud"), "prepare_value"):
        found["read_aloud"] = form["read_aloud"].value()
    return found


@pytest.fixture
def first(pack) -> User:
    return editor("first")


@pytest.fixture
def second(pack) -> User:
    return editor("second")


@pytest.fixture
def draft(first) -> PolicyVersion:
    return new_version(PolicyVersion.in_force(), by=first)


@pytest.fixture
def ready(draft) -> PolicyVersion:
    """A draft with an approval written, so that it may be recorded."""
    Approval.objects.create(version=draft, body="مجلس الإدارة", date=date(2026, 11, 1), date_typed="1 نوفمبر 2026")
    return draft


__all__ = ["client_of", "draft", "editor", "fields_of", "first", "page", "ready", "second"]
