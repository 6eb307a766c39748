"""Who a visitor is: addresses behind a proxy, sessions on a shared computer, limits, redirects, host names, headers."""

from urllib.parse import parse_qs, urlsplit

import pytest
from axes.models import AccessAttempt
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from core.limits import address_of, network_of
from core.middleware import Sane
from requests.public import access
from tests.cast import client_of

BEHIND = ("HTTP_X_FORWARDED_PROTO", "https")
PASSWORD = "كلمة-مرور-للاختبار-1448"


def from_address(remote: str, forwarded: str = "") -> str:
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return address_of(RequestFactory().get("/", REMOTE_ADDR=remote, **headers))


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7", "203.0.113.7"),  # the first one is whatever the visitor wrote
        ("' OR 1=1 --", "unknown"),
        ("", "10.0.0.2"),
    ],
)
def test_behind_the_proxy_the_last_forwarded_address_counts(settings, forwarded, address):
    settings.SECURE_PROXY_SSL_HEADER = BEHIND
    assert from_address("10.0.0.2", forwarded) == address


def test_without_a_proxy_nobody_chooses_their_own_address(settings):
    settings.SECURE_PROXY_SSL_HEADER = None
    assert from_address("203.0.113.7", "198.51.100.1") == "203.0.113.7"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("::ffff:203.0.113.7", "::ffff:203.0.113.8", False),  # else all of IPv4 would be one visitor
    ],
)
def test_one_home_is_one_visitor_and_two_are_two(one, other, same):
    assert (from_address(one) == from_address(other)) is same


def test_a_server_on_a_socket_has_no_address():
    assert network_of(RequestFactory().get("/", REMOTE_ADDR="")) is None


@pytest.fixture
def officer(cast):
    cast.noura.set_password(PASSWORD)
    cast.noura.save()
    return cast.noura


def wrong_passwords(forwarded: str, times: int) -> int:
    client = Client(headers={"x-forwarded-for": forwarded})
    sent = {"username": "noura", "password": "x"}
    return [client.post(reverse("accounts:sign_in"), sent).status_code for _try in range(times)][-1]


def test_wrong_passwords_are_counted_by_the_visitor_and_not_by_the_proxy(officer, settings):
    settings.SECURE_PROXY_SSL_HEADER = BEHIND
    assert wrong_passwords("203.0.113.7", 7) == 429
    assert wrong_passwords("203.0.113.8", 1) == 200
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {"203.0.113.7", "203.0.113.8"}


def test_an_invented_address_opens_no_new_count(officer, settings):
    settings.SECURE_PROXY_SSL_HEADER = BEHIND
    for number in range(6):
        wrong_passwords(f"198.51.100.{number}, 203.0.113.7", 1)
    assert wrong_passwords("198.51.100.99, 203.0.113.7", 1) == 429


def test_without_the_setting_everybody_behind_the_proxy_is_one(officer, settings):
    """The control: by the connection's own address, one visitor's guesses close the door to all."""
    settings.SECURE_PROXY_SSL_HEADER, settings.AXES_CLIENT_IP_CALLABLE = BEHIND, None
    wrong_passwords("203.0.113.7", 7)
    assert wrong_passwords("203.0.113.8", 1) == 429


# Sessions


def status_form(case) -> dict[str, str]:
    return {"reference": case.reference, "last_four": case.person.mobile[-4:]}


def test_a_session_key_put_into_a_browser_beforehand_opens_nothing(case):
    planted, victim = Client(), Client()
    planted.session.save()
    session = planted.session
    session["x"] = 1
    session.save()
    planted.cookies["sessionid"] = victim.cookies["sessionid"] = session.session_key
    victim.post(reverse("requests:status"), status_form(case))
    assert victim.get(reverse("requests:status_view")).status_code == 200
    assert planted.get(reverse("requests:status_view")).status_code == 302


def test_a_session_key_changes_at_sign_in(officer):
    client = Client()
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    client.post(reverse("accounts:sign_in"), {"username": "noura", "password": PASSWORD})
    assert client.cookies["sessionid"].value != before


def test_signing_out_ends_the_session_for_whoever_kept_its_key(cast):
    client = client_of(cast.noura)
    key = client.cookies["sessionid"].value
    client.post(reverse("accounts:sign_out"))
    kept = Client()
    kept.cookies["sessionid"] = key
    assert kept.get(reverse("requests:counter")).status_code == 302


def test_a_closed_account_is_out_at_once(cast):
    client = client_of(cast.noura)
    cast.noura.is_active = False
    cast.noura.save()
    assert client.get(reverse("requests:counter")).status_code == 302


def test_another_person_at_the_same_computer_begins_with_nothing(cast, case, settings):
    settings.DEMO = True
    client = client_of(cast.noura)
    client.post(reverse("requests:status"), status_form(case))
    client.post(reverse("accounts:enter_demo"), {"username": "store"})
    assert access.OPENED not in client.session


@pytest.mark.parametrize("name", ["requests:counter", "requests:queue", "oversight:waiting"])
def test_no_page_of_staff_stays_in_a_cache_or_behind_the_back_button(cast, name):
    assert "no-store" in client_of(cast.noura).get(reverse(name)).headers["Cache-Control"]


def test_nor_the_pages_of_a_beneficiary(case):
    page = Client().get(reverse("requests:status_link", args=[case.status_token]))
    assert "no-store" in page.headers["Cache-Control"]


# Where a visitor is sent


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_and_choosing_a_language_lead_nowhere_outside(officer, to):
    signed_in = Client().post(
        f"{reverse('accounts:sign_in')}?next={to}", {"username": "noura", "password": PASSWORD, "next": to}
    )
    chosen = Client().post(reverse("language"), {"language": "en", "next": to}, headers={"referer": to})
    for reply in (signed_in, chosen):
        assert reply.status_code == 302
        assert urlsplit(reply.headers["Location"]).netloc == ""
        assert "evil" not in reply.headers["Location"]
        assert not reply.headers["Location"].startswith("javascript")


def test_an_address_of_our_own_is_followed(officer):
    """The control: `next` works."""
    path = reverse("requests:queue")
    asked = Client().get(path).headers["Location"]
    assert parse_qs(urlsplit(asked).query)["next"] == [path]
    reply = Client().post(asked, {"username": "noura", "password": PASSWORD, "next": path})
    assert reply.headers["Location"] == path


def test_another_host_name_is_refused(pack, settings):
    settings.ALLOWED_HOSTS = ["portal.example"]
    assert Client().get("/", headers={"host": "evil.example"}).status_code == 400
    assert Client().get("/", headers={"host": "portal.example"}).status_code == 200


def test_no_form_is_taken_without_its_token(case):
    """Every page of staff and of the public, by a client that checks as a browser does."""
    client = Client(enforce_csrf_checks=True)
    for name in ("requests:status", "channels:ask", "accounts:sign_in", "accounts:enter_demo"):
        assert client.post(reverse(name), {}).status_code == 403
    officer = Client(enforce_csrf_checks=True)
    officer.force_login(case.received_by, backend="django.contrib.auth.backends.ModelBackend")
    assert officer.post(reverse("requests:act", args=[case.reference, "verify"])).status_code == 403


@pytest.mark.parametrize("path", ["/", "/sign-in/", "/status/", "/nothing-here/", "/ask/"])
def test_every_answer_carries_the_headers(pack, path):
    headers = Client().get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_cookies_of_a_session_are_out_of_a_scripts_reach(case):
    client = Client()
    client.post(reverse("requests:status"), status_form(case))
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.parametrize(("length", "status"), [(Sane.largest, 200), (Sane.largest + 1, 413)])
def test_a_sending_larger_than_any_form_is_not_even_read(length, status):
    request = RequestFactory().post("/ask/", CONTENT_LENGTH=str(length))
    assert Sane(lambda request: HttpResponse("read"))(request).status_code == status
