"""Production begins only with its own secrets, and Django's own check of a deployment finds nothing to say."""

import os
import subprocess
import sys

import pytest
from django.template import engines
from django.template.loaders.cached import Loader as CachedLoader

from config.settings import DEFAULT_SECRET
from ops.places import ROOT

SECRETS = dict.fromkeys(
    ("SECRET_KEY", "FIELD_SALT", "LOOKUP_KEY"), "a-value-of-fifty-characters-made-for-this-test-9x7Q"
)
PRODUCTION = SECRETS | {
    "DEBUG": "false",
    "DEMO": "false",
    "BEHIND_PROXY": "true",
    "ALLOWED_HOSTS": "portal.example.org",
    "MESSAGE_GATEWAY": "smtp",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
}


def check(**environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_check_of_a_deployment_is_clean():
    done = check(**PRODUCTION)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("missing", SECRETS)
@pytest.mark.parametrize("value", [None, "", DEFAULT_SECRET])
def test_it_does_not_begin_without_a_secret_of_its_own(missing, value):
    """Not set, set to nothing (an .env copied and not filled in), or the one that everybody can read here."""
    environment = {name: each for name, each in PRODUCTION.items() if name != missing}
    done = check(**environment | ({} if value is None else {missing: value}))
    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr


def test_a_demonstration_is_no_deployment():
    """Its doors let anybody in as anybody."""
    done = check(**PRODUCTION | {"DEMO": "true"})
    assert done.returncode != 0
    assert "accounts.E001" in done.stderr


SILENT = {
    "never set": {"MESSAGE_GATEWAY": None},
    "console": {"MESSAGE_GATEWAY": "console"},
    "no such gateway": {"MESSAGE_GATEWAY": "pigeon"},
    "no mail server": {"EMAIL_URL": None},
}


@pytest.mark.parametrize("how", SILENT)
def test_a_deployment_that_sends_no_message_is_refused(how):
    """People are promised messages, and a gateway that prints them looks like one that works."""
    done = check(**{name: value for name, value in (PRODUCTION | SILENT[how]).items() if value is not None})
    assert done.returncode != 0
    assert "channels.E001" in done.stderr


def test_compose_does_not_begin_without_a_gateway():
    assert "${MESSAGE_GATEWAY:?" in (ROOT / "docker-compose.yml").read_text()


def test_no_secret_lies_in_the_repository():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    assert not [name for name in tracked if name.endswith((".env", ".pem", ".key", "secrets.json", ".sqlite3"))]


def test_only_the_site_is_published_and_only_to_its_own_machine():
    compose = (ROOT / "docker-compose.yml").read_text()
    assert compose.count("    ports:") == 1
    assert "${PORTAL_BIND:-127.0.0.1:8000}:8000" in compose
    for secret in ("SECRET_KEY", "POSTGRES_PASSWORD", "PORTAL_OWNER_PASSWORD", "PORTAL_APP_PASSWORD"):
        assert f"${{{secret}:?" in compose, "no default in its place"


def test_a_template_is_read_once():
    """Read anew for each page, a file being written would be shown half old and half new; and it is slow."""
    (loader,) = engines["django"].engine.template_loaders
    assert isinstance(loader, CachedLoader)
