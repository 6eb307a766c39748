"""No personal data in logs: no path with a link or a number in it, no value that a fault repeats, no refused row."""

import logging
import sys

import pytest
from django.conf import settings as portal
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from channels import gateways
from core.logs import Impersonal
from ops import postgres
from ops.places import ROOT
from requests.models import SupportRequest
from tests.cast import client_of

CANARY = "1098765432"


@pytest.fixture
def lines():
    """What the portal's own handler writes."""
    kept: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record):
            kept.append(self.format(record))

    handler = Kept()
    handler.setFormatter(Impersonal("{levelname} {name} {message}", style="{"))
    logging.getLogger().addHandler(handler)
    yield kept
    logging.getLogger().removeHandler(handler)


def test_the_settings_write_lines_in_this_way_and_in_no_other():
    assert portal.LOGGING["formatters"]["line"]["class"] == "core.logs.Impersonal"
    assert portal.LOGGING["loggers"]["django"]["handlers"] == []
    assert portal.CELERY_WORKER_HIJACK_ROOT_LOGGER is False


def test_a_link_that_is_refused_does_not_stand_in_the_log(case, lines):
    Client(enforce_csrf_checks=True).post(reverse("requests:status_link", args=[case.status_token]))
    assert "t/<slug:token>/" in lines[-1]
    assert case.status_token not in "".join(lines)


def test_nor_the_page_it_came_from(case, lines):
    """A wrong Referer is repeated by Django in its reason."""
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    link = reverse("requests:status_link", args=[case.status_token])
    client.post(link, secure=True, headers={"referer": f"https://elsewhere.example{link}"})
    assert lines
    assert case.status_token not in "".join(lines)


def test_a_reference_typed_wrongly_or_an_id_does_not_stand_in_the_log(cast, lines):
    client_of(cast.noura).get(f"/requests/{CANARY}/")
    Client().get(f"/{CANARY}/محمد سالم/")
    assert lines
    assert CANARY not in "".join(lines)
    assert "محمد" not in "".join(lines)


def test_djangos_own_line_would_hold_it(cast, caplog):
    """The control: the same line in Django's own words."""
    client_of(cast.noura).get(f"/requests/{CANARY}/")
    assert CANARY in caplog.text


def test_a_fault_tells_its_place_and_kind_and_not_its_words():
    text = said_of(ValueError(f"invalid literal for int(): {CANARY}"))
    assert "ValueError" in text
    assert "test_logs.py" in text
    assert CANARY not in text


def test_a_fault_of_the_machine_may_speak():
    assert "Connection refused" in said_of(ConnectionRefusedError("Connection refused"))


def test_a_refused_row_is_named_by_its_constraint(case):
    try:
        SupportRequest.objects.filter(pk=case.pk).update(min_decision_days=0, receive_where=CANARY)
    except IntegrityError:
        text = Impersonal().formatException(sys.exc_info())
    assert "IntegrityError" in text
    assert CANARY not in text
    assert "Failing row" not in text


def said_of(error: Exception) -> str:
    try:
        raise error
    except type(error):
        return Impersonal().formatException(sys.exc_info())


def test_the_database_server_writes_down_neither_rows_nor_statements():
    compose = (ROOT / "docker-compose.yml").read_text()
    for setting in ("log_error_verbosity=terse", "log_min_error_statement=panic"):
        assert setting in postgres.QUIET_ABOUT_ROWS
        assert setting in compose


@pytest.mark.parametrize(("demo", "printed"), [(True, True), (False, False)])
def test_a_link_is_printed_only_in_a_demonstration(settings, tmp_path, capsys, demo, printed):
    settings.VAR, settings.DEMO, settings.DEBUG = tmp_path, demo, False
    gateways.console("+966550001234", "https://portal.example/t/secret-link/")
    out = capsys.readouterr().out
    assert ("secret-link" in out) is printed
    assert "0550001234" not in out
