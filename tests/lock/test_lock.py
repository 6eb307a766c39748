"""A locked screen opens nothing, whatever asks and however; a password opens it, and nothing was lost."""

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse

from accounts.lock import held
from accounts.models import Screen
from core import drafts
from core.models import Draft
from requests.models import SupportRequest
from tests.cast import client_of, new_case
from tests.intake.desk import NEW, whole_form
from tests.lock.desk import ALIVE, HELD, LOCK, SCRIPT, UNLOCK, is_open, screen_of, tab_of, unlock, with_password

pytestmark = pytest.mark.django_db
CANARY = "العنزي"
MIDDLEWARE = "accounts.lock.middleware.IdleLock"


@pytest.fixture
def noura(cast, day_one):
    return with_password(cast.noura)


@pytest.fixture
def locked(noura):
    return screen_of(noura, locked=True)


@pytest.fixture
def secret(noura):
    """A list with somebody's name: what a neighbour would read."""
    new_case(by=noura)
    return reverse("requests:queue")


def ways_in(client: Client, path: str):
    """Everything by which a browser, a script or a neighbour could ask for a page."""
    yield client.get(path)
    yield client.head(path)
    yield tab_of(client).get(path)
    yield client.post(path, {"q": "x"})
    yield client.get(path, headers={"HX-Request": "true"})
    yield client.get(path, headers={"Accept": "application/json"})
    yield client.get(path, headers={"Sec-Fetch-Mode": "no-cors"})
    yield client.post(path, headers=SCRIPT)
    yield client.put(path)


def shows_nothing(client: Client, path: str) -> None:
    for reply in ways_in(client, path):
        assert reply.status_code in (302, 423)
        assert CANARY not in reply.content.decode()
        assert "no-store" in reply.headers["Cache-Control"]


def test_a_locked_screen_shows_nothing_by_any_way(locked, secret):
    shows_nothing(locked, secret)


def test_without_the_middleware_it_would_be_seen(locked, secret, settings):
    """The control: the same questions find the page when nothing stands before it."""
    settings.MIDDLEWARE = [each for each in configured.MIDDLEWARE if each != MIDDLEWARE]
    unguarded = tab_of(locked)
    assert CANARY in unguarded.get(secret).content.decode()
    with pytest.raises(AssertionError):
        shows_nothing(unguarded, secret)


@pytest.mark.parametrize("path", ["/", "/counter/", "/waiting/", "/sign-in/", "/admin/", "/policy/", "/lock/held/"])
def test_public_pages_and_the_door_are_behind_the_lock_too(locked, path):
    assert locked.get(path).url.startswith(UNLOCK)


def test_a_page_goes_to_the_lock_and_a_script_is_told(locked):
    assert locked.get("/counter/?a=1").url == f"{UNLOCK}?next=%2Fcounter%2F%3Fa%3D1"
    assert locked.get("/counter/", headers={"Sec-Fetch-Mode": "cors"}).status_code == 423


def test_the_page_of_the_lock_says_who_and_nothing_else(locked, secret):
    page = locked.get(UNLOCK, {"next": secret}).content.decode()
    assert "نورة العتيبي" in page
    assert CANARY not in page
    assert "/counter/" not in page  # no menu


def test_what_was_said_before_is_not_said_on_the_lock(noura, day_one):
    client = screen_of(noura)
    client.post("/counter/draft/", {"first_name": "سارة", "pause": "1"})
    client.post(LOCK)
    assert "المسودة" not in client.get(UNLOCK).content.decode()


def test_the_password_opens_every_tab_and_leads_on(locked, secret):
    assert unlock(locked, next=secret).url == secret
    assert CANARY in tab_of(locked).get(secret).content.decode()


def test_a_script_unlocks_and_its_page_stays(locked):
    reply = locked.post(UNLOCK, {"password": "كلمة-مرور-للاختبار-1448"}, headers=SCRIPT)
    assert reply.status_code == 204
    assert is_open(locked)


def test_unlocking_changes_no_token_and_no_session(noura):
    """A form that waits under the cover is sent with the token it was opened with."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(noura, backend="django.contrib.auth.backends.ModelBackend")
    token = client.get(ALIVE).json()["token"]
    session = client.session.session_key
    client.post(LOCK, headers=SCRIPT | {"X-CSRFToken": token})
    client.post(UNLOCK, {"password": "كلمة-مرور-للاختبار-1448", "csrfmiddlewaretoken": token})
    assert client.session.session_key == session
    assert client.post(ALIVE, headers={"X-CSRFToken": token}).status_code == 204


@pytest.mark.parametrize("wrong", ["", "خطأ", "x" * 5000, "a\x00b"])
def test_a_wrong_password_opens_nothing_and_says_so(locked, wrong):
    reply = unlock(locked, wrong)
    assert reply.status_code == 422
    assert not is_open(locked)


def test_six_wrong_passwords_are_counted_with_those_of_the_door(locked):
    answers = [unlock(locked, "خطأ").status_code for _try in range(6)]
    assert answers == [422] * 5 + [429]
    assert unlock(locked).status_code == 429
    door = Client().post(reverse("accounts:sign_in"), {"username": "noura", "password": "كلمة-مرور-للاختبار-1448"})
    assert door.status_code == 429
    assert not is_open(locked)


def test_the_right_password_forgets_the_wrong_ones(locked):
    for _turn in range(2):
        for _try in range(5):
            unlock(locked, "خطأ")
        assert unlock(locked).status_code == 302
        locked.post(LOCK, headers=SCRIPT)


def test_another_persons_password_opens_nothing(locked, cast):
    cast.saad.set_password("كلمة-مرور-سعد-1448")
    cast.saad.save()
    assert unlock(locked, "كلمة-مرور-سعد-1448").status_code == 422


@pytest.mark.parametrize(
    "away", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil", "\x00/x"]
)
def test_one_is_led_on_inside_the_portal_only(locked, away):
    assert unlock(locked, next=away).url == reverse("oversight:waiting")


def test_an_open_screen_has_no_lock_page(noura):
    assert screen_of(noura).get(UNLOCK, {"next": "/counter/"}).url == "/counter/"


def test_without_a_script_the_button_locks_and_leads_back(noura):
    client = screen_of(noura)
    assert client.post(LOCK, {"next": "/counter/new/"}).url == f"{UNLOCK}?next=%2Fcounter%2Fnew%2F"
    assert not is_open(client)


def test_locking_is_a_deed_and_not_a_link(noura):
    client = screen_of(noura)
    assert client.get(LOCK).status_code == 405
    assert is_open(client)


def test_somebody_else_signs_in_and_the_drafts_stay_their_owners(noura, cast):
    with_password(cast.saad)
    client = screen_of(noura)
    drafts.keep(owner=noura, form="intake", data={"person": None, "fields": {"first_name": "سارة"}}, label="سارة")
    client.post(LOCK, headers=SCRIPT)
    assert client.post(reverse("accounts:sign_out"), {"next": "/sign-in/"}).url == "/sign-in/"
    assert not Screen.objects.exists()
    client.post("/sign-in/", {"username": "saad", "password": "كلمة-مرور-للاختبار-1448"})
    assert "سارة" not in client.get("/counter/").content.decode()
    assert Draft.objects.get().owner == noura


def test_one_browser_locks_and_the_other_of_the_same_person_stays(noura):
    mine, other = screen_of(noura), screen_of(noura)
    mine.post(LOCK, headers=SCRIPT)
    assert (is_open(mine), is_open(other)) == (False, True)


def test_in_a_demonstration_one_button_unlocks_a_sample_account(cast, settings):
    """Like its door. It has a password too, that a visitor does not know."""
    settings.DEMO = True
    cast.saad.set_password("known to the launcher alone")
    cast.saad.save()
    client = screen_of(cast.saad, locked=True)
    assert 'name="password"' not in client.get(UNLOCK).content.decode()
    assert client.post(UNLOCK).status_code == 302
    assert is_open(client)


def test_but_not_that_of_the_superuser(cast, settings):
    settings.DEMO = True
    cast.saad.is_superuser = True
    cast.saad.save()
    client = screen_of(cast.saad, locked=True)
    assert client.post(UNLOCK).status_code == 422
    assert not is_open(client)


@pytest.mark.parametrize("sent", [{}, {"let_go": "1"}])
def test_a_held_form_outlives_a_second_lock_over_its_own_page(locked, noura, sent):
    locked.post(NEW, whole_form())
    unlock(locked)
    locked.post(LOCK, headers=SCRIPT)
    locked.post(HELD, sent)
    assert not SupportRequest.objects.exists()
    assert unlock(locked).url == HELD
    assert locked.post(HELD, whole_form()).url == NEW


def test_nobody_without_a_password_unlocks_outside_one(cast):
    client = screen_of(cast.saad, locked=True)
    assert client.post(UNLOCK).status_code == 422
    assert not is_open(client)


# --- What was sent to a locked screen


def test_what_was_sent_is_held_not_carried_out_and_sent_again_by_its_owner(locked, noura):
    locked.post(NEW, whole_form())
    assert not SupportRequest.objects.exists()
    assert unlock(locked).url == HELD
    page = locked.get(HELD).content.decode()
    assert "سارة" in page
    again = locked.post(HELD, whole_form())
    assert (again.status_code, again.url) == (307, NEW)
    assert "/receipt/" in locked.post(again.url, whole_form()).url
    assert SupportRequest.objects.count() == 1
    assert held.waiting(noura) is None


def test_it_may_be_let_go(locked, noura):
    locked.post(NEW, whole_form())
    unlock(locked)
    locked.post(HELD, {"let_go": "1"})
    assert held.waiting(noura) is None


def test_no_password_no_picture_and_no_token_is_held(locked, noura):
    locked.post(NEW, {"new_password1": "سر", "signature_drawn": "data:image/png;base64,AA", "csrfmiddlewaretoken": "t"})
    assert held.waiting(noura).data["fields"] == []


def test_what_is_too_much_is_not_held(locked, noura):
    locked.post(NEW, {"need": "ا" * 60_001})
    assert held.waiting(noura) is None


def test_what_a_strangers_page_sends_is_not_held(noura):
    client = Client(enforce_csrf_checks=True)
    client.force_login(noura, backend="django.contrib.auth.backends.ModelBackend")
    Screen.objects.update_or_create(pk=client.session.session_key, defaults={"locked_at": "2026-11-22T06:00Z"})
    assert client.post(NEW, whole_form()).status_code == 403
    assert held.waiting(noura) is None


def test_a_script_is_only_told(locked, noura):
    locked.post("/counter/draft/", {"first_name": "سارة"}, headers=SCRIPT)
    assert not Draft.objects.exists()


def test_nobody_sees_what_another_sent(locked, cast):
    locked.post(NEW, whole_form())
    assert client_of(cast.saad).get(HELD).url == reverse("oversight:waiting")
