"""Who may open a public page: whoever holds its link, or its number and the end of the mobile (trust.md).

Never by national ID. A number that exists and one that does not take the same path: the same queries, the
same sentence, the same page.
"""

from datetime import timedelta
from hmac import compare_digest

from django.http import HttpRequest

from channels.models import Inquiry
from core import clock
from core.limits import Limit, address_of, within
from requests.models import ProgrammePermit, SupportRequest

BY_ADDRESS = Limit("status", 10, timedelta(minutes=15))
BY_NUMBER = Limit("status-number", 6, timedelta(hours=1))
BY_DAY = Limit("status-day", 2000, timedelta(days=1))
UNKNOWN_LINKS = Limit("link", 10, timedelta(minutes=15))
OPEN_FOR = timedelta(minutes=30)
BEHIND = "behind the code"  # of `code_door`; it opens the one request its code was sent for
OPENED = "opened"  # the session's key: [kind, id, until]

Followed = SupportRequest | ProgrammePermit | Inquiry


def may_try(request: HttpRequest, reference: str) -> bool:
    """Count one attempt by address, then by number; False when either of them is used up."""
    return within(BY_ADDRESS, address_of(request)) and within(BY_NUMBER, reference)


def four_digits_do() -> bool:
    """Count one attempt by four digits among everybody's of the day. Beyond it the whole mobile is asked for:
    guessing on from many addresses finds nothing then, and whoever knows their mobile still sees their page."""
    return within(BY_DAY)


def find(reference: str, mobile: str) -> Followed | None:
    """What this number and this mobile, or its last four digits, open; one query per kind, and one comparison."""
    requests = SupportRequest.objects.select_related("person__merged_into__merged_into")
    found = [
        requests.filter(reference=reference).first(),
        ProgrammePermit.objects.filter(reference=reference).first(),
        Inquiry.objects.filter(reference=reference).first(),
    ]
    one = next((row for row in found if row), None)
    fits = compare_digest(mobile_of(one)[-len(mobile) :], mobile)
    return one if fits else None


def mobile_of(followed: Followed | None) -> str:
    if followed is None:
        return ""
    return followed.mobile if isinstance(followed, Inquiry) else followed.mobile_to_tell


def remember(request: HttpRequest, followed: Followed) -> None:
    """Keep in the session, not in the address, what this visitor has opened; for half an hour."""
    request.session.cycle_key()  # a key that somebody else put into this browser opens nothing for them
    request.session.pop(BEHIND, None)
    until = clock.now() + OPEN_FOR
    request.session[OPENED] = [followed._meta.model_name, followed.pk, until.timestamp()]


def opened(request: HttpRequest) -> Followed | None:
    """What this visitor opened less than half an hour ago."""
    kind, pk, until = request.session.get(OPENED, ("", None, 0))
    if clock.now().timestamp() >= until:
        return None
    kinds = {model._meta.model_name: model for model in (SupportRequest, ProgrammePermit, Inquiry)}
    return kinds[kind].objects.filter(pk=pk).first()


def may_guess(request: HttpRequest) -> bool:
    """Count one link that opened nothing; False when this address tried too many of them."""
    return within(UNKNOWN_LINKS, address_of(request))
