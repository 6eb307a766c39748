"""When a screen is locked, who is asked for a password, and where one may be led afterwards."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

UNATTENDED = "X-Unattended"
"""The header of what a page sends by itself (a draft kept, a poll): it does not count as somebody being there."""


def session_of(request: HttpRequest) -> str:
    return request.session.session_key or ""


def limit() -> timedelta:
    return timedelta(minutes=settings.IDLE_LOCK_MINUTES)


def left_alone_before(now: datetime) -> datetime:
    """Whoever was last seen at this instant or earlier is gone: at exactly five minutes the screen is locked."""
    return now - limit()


def attended(request: HttpRequest) -> bool:
    """Whether a person did this, and not the page they left open."""
    return UNATTENDED not in request.headers


def wants_a_page(request: HttpRequest) -> bool:
    """Whether a browser goes somewhere, as against a script, a picture or a file fetched within a page."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    by_script = {"HX-Request", "X-Requested-With", UNATTENDED} & request.headers.keys()
    wants_data = request.headers.get("Accept", "").startswith("application/json")
    return mode == "navigate" and not by_script and not wants_data


def needs_password(user) -> bool:
    """A sample account of the demonstration has none: its door is a button, and so is its lock."""
    return not settings.DEMO or user.is_superuser


def local_path(wanted: str) -> str:
    """The path to go on to when it is one of ours, or nothing."""
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else ""
