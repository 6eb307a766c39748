from pathlib import Path

import environ
import pytest

from ops import environment, keys, session, verify
from ops.verbs import libpq_variables

KEYS = {name: f"value-of-{name}" for name in keys.NAMES}
URLS = environment.database_urls(sockets=Path("/tmp/sockets"), keys=KEYS)


def built(**caller: str) -> dict[str, str]:
    return environment.build(
        urls=URLS, keys=KEYS, broker="memory://", portal_url="http://127.0.0.1:8000", environ=caller
    )


def test_django_environ_reads_the_socket_from_the_address():
    read = environ.Env.db_url_config(URLS["DATABASE_URL"])

    assert read["OPTIONS"] == {"host": "/tmp/sockets"}
    assert (read["NAME"], read["USER"], read["HOST"]) == ("portal", "portal_app", "")
    assert read["PASSWORD"] == KEYS["PORTAL_APP_PASSWORD"]


def test_children_get_the_application_role_and_the_demonstration_defaults():
    env = built()

    assert "portal_app" in env["DATABASE_URL"]
    assert "portal_owner" in env["DATABASE_OWNER_URL"]
    assert (env["DEBUG"], env["DEMO"], env["REDIS_URL"]) == ("true", "true", "memory://")
    assert {env[name] for name in ("SECRET_KEY", "FIELD_SALT", "LOOKUP_KEY")} <= set(KEYS.values())


def test_what_the_caller_set_wins_except_the_database_that_runs():
    env = built(DEBUG="false", SECRET_KEY="mine", DATABASE_URL="")

    assert (env["DEBUG"], env["SECRET_KEY"]) == ("false", "mine")
    assert env["DATABASE_URL"] == URLS["DATABASE_URL"]


def test_variables_that_would_lead_elsewhere_are_dropped():
    env = built(PGPORT="5433", PGHOST="elsewhere", PYTHONPATH="/elsewhere", HOME="/elsewhere/someone")

    assert not {"PGPORT", "PGHOST", "PYTHONPATH"} & set(env)
    assert env["HOME"] == "/elsewhere/someone"


def test_an_outside_database_is_used_as_it_is():
    assert environment.outside_database({}) is None
    assert environment.outside_database({"DATABASE_URL": "a"}) == {
        "DATABASE_URL": "a",
        "DATABASE_OWNER_URL": "a",
    }
    assert environment.outside_database({"DATABASE_URL": "a", "DATABASE_OWNER_URL": "b"}) == {
        "DATABASE_URL": "a",
        "DATABASE_OWNER_URL": "b",
    }


@pytest.mark.parametrize(
    ("command", "role"),
    [
        ("migrate", "portal_owner"),
        ("load_pack", "portal_owner"),
        ("check", "portal_app"),
        ("demo_accounts", "portal_app"),
    ],
)
def test_each_command_signs_in_as_the_role_it_needs(command, role):
    assert role in session.for_command(command, built())["DATABASE_URL"]


def test_the_tests_run_as_in_production_but_as_the_owner(monkeypatch):
    monkeypatch.setattr(session, "child_environment", lambda urls: built(DEBUG="true"))

    env = verify.test_environment(URLS, browser="/usr/bin/chromium")

    assert (env["DEBUG"], env["DEMO"], env["DJANGO_ALLOW_ASYNC_UNSAFE"]) == ("false", "false", "true")
    assert "portal_owner" in env["DATABASE_URL"]
    assert env["CHROMIUM_PATH"] == "/usr/bin/chromium"


def test_psql_is_given_the_password_as_a_variable():
    assert libpq_variables(URLS["DATABASE_OWNER_URL"]) == {
        "PGHOST": "/tmp/sockets",
        "PGUSER": "portal_owner",
        "PGPASSWORD": KEYS["PORTAL_OWNER_PASSWORD"],
        "PGDATABASE": "portal",
    }
