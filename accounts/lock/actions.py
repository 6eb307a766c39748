from axes.utils import reset
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.lock import rules
from accounts.lock.models import Screen
from accounts.models import User
from core import clock
from core.limits import network_of


def attend(session: str, *, attended: bool) -> bool:
    """Whether the screen of this session is open; somebody's own request also moves the hour they were last seen.

    One statement asks and moves, so that no request moves a screen that was locked in the meantime.
    """
    screens = Screen.objects.filter(pk=session)
    if attended and screens.open().update(seen_at=clock.now()) or not attended and screens.open().exists():
        return True
    if screens.exists():
        return False
    Screen.objects.bulk_create([Screen(session_id=session)], ignore_conflicts=True)  # just signed in
    return True


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
