from axes.utils import reset
from django.contrib.auth import authenticate
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.lock import rules
from accounts.lock.models import Screen
from accounts.models import User
from core import clock
from core.limits import network_of

SEEN = """
    INSERT INTO accounts_screen AS screen (session_id, seen_at) VALUES (%s, %s)
    ON CONFLICT (session_id) DO UPDATE SET seen_at = excluded.seen_at
    WHERE screen.locked_at IS NULL AND screen.seen_at > %s
    RETURNING 1
"""


def attend(session: str, *, attended: bool) -> bool:
    """Whether the screen of this session is open; somebody's own request also moves the hour they were last seen.

    One statement asks and moves, so that no request moves a screen that was locked in the meantime. A session
    without a row has just signed in.
    """
    if not attended and (screen := Screen.objects.filter(pk=session).first()):
        return screen.is_open
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(SEEN, [session, now, rules.left_alone_before(now)])
        return cursor.fetchone() is not None


def lock(session: str) -> None:
    Screen.objects.update_or_create(pk=session, defaults={"locked_at": clock.now()})


def unlock(session: str) -> None:
    Screen.objects.filter(pk=session).update(locked_at=None, seen_at=clock.now())


def knows_password(request: HttpRequest, user: User, password: str) -> bool:
    """Asked of the same backends as signing in, so that `axes` counts every wrong try and ends them.

    Not by signing in again: that would change the token in every form that waits behind the lock.
    """
    if not rules.needs_password(user):
        return True
    found = authenticate(request, username=user.get_username(), password=password)
    if found != user:
        return False
    reset(ip=network_of(request), username=user.get_username())
    return True


def mark_of(user: User) -> str:
    """By which a page knows that the same person is back; it says nothing about who that is."""
    return salted_hmac("accounts.lock.mark", str(user.pk), algorithm="sha256").hexdigest()[:32]
