"""Left alone for five minutes a screen is locked by the server's own clock, whatever its script does."""

from datetime import timedelta

import pytest

from accounts.checks import screens_lock
from accounts.models import Screen
from core import clock
from tests.cast import client_of
from tests.lock.desk import ALIVE, LOCK, UNATTENDED, is_open, screen_of, unlock, with_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def screen(cast, day_one):
    return screen_of(with_password(cast.noura))


@pytest.fixture
def wait(day_one):
    return lambda **time: day_one.shift(timedelta(**time))


def test_at_four_minutes_fifty_nine_it_is_open(screen, wait):
    wait(minutes=4, seconds=59)
    assert screen.get("/counter/").status_code == 200


def test_at_five_minutes_it_is_locked_and_stays_locked(screen, wait):
    wait(minutes=5)
    assert [screen.get("/counter/").status_code for _try in range(2)] == [302, 302]
    assert unlock(screen, next="/counter/").url == "/counter/"
    assert screen.get("/counter/").status_code == 200


def test_whoever_is_there_stays_in(screen, wait):
    for _turn in range(4):
        wait(minutes=4)
        assert screen.get("/counter/").status_code == 200


def test_a_key_pressed_in_an_open_page_counts(screen, wait):
    wait(minutes=4)
    screen.post(ALIVE)
    wait(minutes=4)
    assert is_open(screen)


def test_what_a_page_does_by_itself_does_not(screen, wait):
    """A draft kept again and again, or a poll, is nobody at the screen."""
    for _turn in range(5):
        screen.post("/counter/draft/", {"first_name": "سارة"}, headers=UNATTENDED)
        wait(minutes=1)
    assert screen.post("/counter/draft/", {"first_name": "سارة"}, headers=UNATTENDED).status_code == 423


def test_the_association_says_how_long(screen, wait, settings):
    settings.IDLE_LOCK_MINUTES = 10
    wait(minutes=9, seconds=59)
    assert screen.get("/counter/").status_code == 200
    wait(minutes=10)
    assert screen.get("/counter/").status_code == 302


def test_a_slow_page_read_before_the_lock_does_not_open_it(screen):
    """Django writes a session whole; the lock stands beside it."""
    before = screen.session
    before["x"] = "read before"
    screen.post(LOCK)
    before.save()
    assert not is_open(screen)


def test_signing_in_again_is_a_new_screen(cast, screen):
    screen.post(LOCK)
    again = client_of(cast.noura)
    assert is_open(again)
    assert not is_open(screen)


def test_a_session_that_ends_takes_its_row_along(screen):
    screen.post("/sign-out/")
    assert not Screen.objects.exists()


def test_one_question_for_an_open_screen(screen, django_assert_num_queries):
    from accounts.lock.actions import attend

    with django_assert_num_queries(1):
        assert attend(screen.session.session_key, attended=True)
    assert Screen.objects.get().seen_at == clock.now()


@pytest.mark.parametrize(("minutes", "faults"), [(0, 1), (1, 0), (60, 0), (61, 1), (-5, 1)])
def test_the_deployment_is_asked_for_a_sensible_limit(settings, minutes, faults):
    settings.IDLE_LOCK_MINUTES = minutes
    assert len(screens_lock(None)) == faults
