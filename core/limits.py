"""How often one address, one number or one day may try (trust.md, «the public side»)."""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.identifiers import lookup_hash
from core.models import RateBucket

TOO_OFTEN = _("You sent several times in a short while. Wait a quarter of an hour and try again, or call us.")

KEEP_THE_NUMBER = _("Its number is %(reference)s: write it down, for no text message is sent to you now.")


@dataclass(frozen=True)
class Limit:
    """At most `capacity` attempts within `per`, counted apart for each `name`."""

    name: str
    capacity: int
    per: timedelta


PUBLIC_MESSAGES = Limit("public-messages", 300, timedelta(days=1))
"""The text messages that the forms open to everybody may bring in a day: each costs, and each reaches somebody's
telephone. Beyond it the forms go on, and say the number to keep."""


def within(limit: Limit, whose: str = "") -> bool:
    """Count one attempt of `whose`; False when there were too many. Only a keyed hash of `whose` is kept.

    Its own transaction, so that the row is free again before the page's work begins.
    """
    with transaction.atomic():
        return RateBucket.take(f"{limit.name}:{lookup_hash(whose)}", capacity=limit.capacity, per=limit.per)


def address_of(request: HttpRequest) -> str:
    """The visitor, as limits count them."""
    return network_of(request) or "unknown"


def network_of(request: HttpRequest) -> str | None:
    """The visitor's address, or None where the proxy wrote none; `axes` counts wrong passwords by it too.

    Behind our own proxy it is the last one forwarded; earlier ones may be invented.

    A whole IPv6 network of 64 bits is one visitor: every home has as many addresses as it likes. An IPv4 address
    that a server of both kinds writes as ::ffff:a.b.c.d is itself: all of those lie in one such network.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)
