"""An address that leads nowhere, in a demonstration as in service: our own page, and no list of our addresses."""

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from tests.cast import client_of


@pytest.fixture(params=[True, False], ids=["debug", "service"])
def debug(request, settings):
    settings.DEBUG = request.param


@pytest.mark.parametrize("address", ["/nowhere/", "/requests/000000000/", "/t/none/", "/requests/"])
def test_a_missing_page_is_said_in_our_own_words(pack, cast, debug, address):
    response = client_of(cast.it).get(address)
    page = response.content.decode()
    assert response.status_code == 404
    assert '<html lang="ar" dir="rtl">' in page
    assert "URLconf" not in page


def test_a_visitor_reads_the_same(client, pack, debug):
    response = client.get("/nowhere/")
    assert (response.status_code, "URLconf" in response.content.decode()) == (404, False)


@pytest.mark.parametrize("send", ["get", "post"])
def test_an_address_without_its_slash_is_missing_too(client, pack, debug, send):
    response = getattr(client, send)("/nowhere")
    assert response.status_code == 404
    assert '<html lang="ar" dir="rtl">' in response.content.decode()


def test_a_good_address_without_its_slash_is_still_completed(client, pack, debug):
    assert client.get("/status").url == "/status/"


def test_a_page_of_another_role_is_refused_in_our_own_words(cast, debug):
    page = client_of(cast.editor).get(reverse("requests:counter")).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "Traceback" not in page


def test_a_fault_of_ours_keeps_djangos_page_for_whoever_mends_it(pack, settings, monkeypatch):
    """The control: with DEBUG on, a fault is shown with where it happened."""

    def fault(request: HttpRequest):
        raise ZeroDivisionError

    settings.DEBUG = True
    monkeypatch.setattr("oversight.views.rules.readiness", lambda: fault(HttpRequest()))
    response = Client(raise_request_exception=False).get("/readyz")
    assert (response.status_code, b"ZeroDivisionError" in response.content) == (500, True)
