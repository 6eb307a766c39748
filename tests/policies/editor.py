"""Two policy editors at their desks, and the addresses of the pages they use."""

from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from policies.models import PolicyVersion
from tests.cast import user


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
