"""The environment given to everything the launcher starts. What the caller has set is left as it is."""

import os
from collections.abc import Mapping
from pathlib import Path

from ops.places import VENV

DATABASE_NAMES = ("DATABASE_URL", "DATABASE_OWNER_URL")


def database_urls(*, sockets: Path, keys: Mapping[str, str]) -> dict[str, str]:
    """The addresses of both roles. The socket goes in `?host=`: django-environ decodes no %2F."""
    address = "postgresql://{role}:{password}@/portal?host={sockets}"
    roles = {
        "DATABASE_URL": ("portal_app", "PORTAL_APP_PASSWORD"),
        "DATABASE_OWNER_URL": ("portal_owner", "PORTAL_OWNER_PASSWORD"),
    }
    return {
        name: address.format(role=role, password=keys[password], sockets=sockets)
        for name, (role, password) in roles.items()
    }


def outside_database(environ: Mapping[str, str] = os.environ) -> dict[str, str] | None:
    """The caller's own database, when DATABASE_URL names one. Without an owner's address one role is both."""
    if not environ.get("DATABASE_URL"):
        return None
    return {
        "DATABASE_URL": environ["DATABASE_URL"],
        "DATABASE_OWNER_URL": environ.get("DATABASE_OWNER_URL") or environ["DATABASE_URL"],
    }


def build(
    *,
    urls: Mapping[str, str],
    keys: Mapping[str, str],
    broker: str,
    portal_url: str,
    environ: Mapping[str, str] = os.environ,
) -> dict[str, str]:
    """The children's environment. Defaults are those of a demonstration; the caller's variables win."""
    # PG* would lead libpq elsewhere than the address says; PYTHON* belongs to whoever called us.
    kept = {name: value for name, value in environ.items() if not name.startswith(("PG", "PYTHONHOME", "PYTHONPATH"))}
    defaults = {name: keys[name] for name in ("SECRET_KEY", "FIELD_SALT", "LOOKUP_KEY")}
    defaults |= {"DEBUG": "true", "DEMO": "true", "PORTAL_URL": portal_url, "REDIS_URL": broker}
    fixed = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PATH": f"{VENV / 'bin'}{os.pathsep}{environ.get('PATH', os.defpath)}",
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
    }
    return defaults | kept | dict(urls) | fixed


def as_owner(environment: Mapping[str, str]) -> dict[str, str]:
    """The same, signed in as the owner of the tables: for migrations, loading and tests."""
    return {**environment, "DATABASE_URL": environment["DATABASE_OWNER_URL"]}
