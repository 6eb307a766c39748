"""A screen at the counter: signed in with a password, locked by hand or left alone."""

from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.cast import client_of

PASSWORD = "كلمة-مرور-للاختبار-1448"
LOCK, UNLOCK, ALIVE, HELD = (reverse(f"accounts:{name}") for name in ("lock", "unlock", "alive", "held"))
SCRIPT = {"X-Requested-With": "fetch"}
UNATTENDED = {"X-Unattended": "1"}


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def screen_of(user: User, *, locked: bool = False) -> Client:
    """One open page behind it, as after signing in."""
    client = client_of(user)
    client.post(ALIVE)
    if locked:
        client.post(LOCK, headers=SCRIPT)
    return client


def unlock(client: Client, password: str = PASSWORD, **more: str):
    return client.post(UNLOCK, {"password": password, **more})


def tab_of(client: Client) -> Client:
    """Another tab of the same browser."""
    tab = Client()
    tab.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return tab


def is_open(client: Client) -> bool:
    return client.get(ALIVE, headers=UNATTENDED).status_code == 200
