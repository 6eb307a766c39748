"""The door of what is private: six digits sent to the number on file, then half an hour in this browser.

Used by every page of the person served that shows more than the status page. The digits, their ten minutes, their
tries and their budgets are `channels.codes`; what is opened is one request, and opening another closes it.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import public
from channels.codes import actions as codes
from channels.codes import rules
from channels.models import OneTimeCode
from core import clock
from core.errors import Refused
from core.limits import address_of
from requests.models import SupportRequest
from requests.public import access

BEHIND = access.BEHIND
Purpose = OneTimeCode.Purpose
NOT_ACCEPTED = gettext_lazy(
    "The code is not right, or its ten minutes have passed, or it was used. Look at the last message from us, or ask "
    "for a new code."
)
"""One sentence for every code that is none, as the person reads it (`codes.rules` has the officer's)."""


class NoMobile(Refused):
    """There is no number on file to send a code to."""


def subject_of(case: SupportRequest) -> str:
    return f"case:{case.pk}"


def send(request: HttpRequest, case: SupportRequest) -> OneTimeCode:
    """Send the digits to the number on file, to no other. Raises NoMobile, and BudgetSpent (`codes.send`)."""
    if not case.mobile_to_tell:
        raise NoMobile(_("There is no mobile in your file, so no code can be sent. Call us or visit us with your ID."))
    return codes.send(
        purpose=Purpose.OPEN, subject=subject_of(case), mobile=case.mobile_to_tell, address=address_of(request)
    )


def last_sent(case: SupportRequest) -> OneTimeCode | None:
    """The code that was sent last and is good still, so that the page says whether one is on its way."""
    row = codes.latest(purpose=Purpose.OPEN, subject=subject_of(case))
    return row if row and rules.is_open(row) else None


def enter(request: HttpRequest, case: SupportRequest, typed: str) -> bool:
    """Whether these digits open the door; if they do, they are used up and it stands open for half an hour."""
    found = codes.find(purpose=Purpose.OPEN, subject=subject_of(case), mobile=case.mobile_to_tell, typed=typed)
    if found is None:
        return False
    try:
        codes.use(found)
    except Refused:  # a second press of the same button
        return False
    access.remember(request, case)  # a new key for the session: one put there by somebody else opens nothing
    until = clock.now() + access.OPEN_FOR
    request.session[BEHIND] = [case.pk, found.pk, until.timestamp()]
    return True


def opened(request: HttpRequest) -> tuple[SupportRequest, OneTimeCode] | None:
    """The request this visitor proved theirs less than half an hour ago, and the code by which they did."""
    pk, code_pk, until = request.session.get(BEHIND, (None, None, 0))
    case = access.opened(request)
    if clock.now().timestamp() >= until or not isinstance(case, SupportRequest) or case.pk != pk:
        return None
    code = OneTimeCode.objects.filter(pk=code_pk, subject=subject_of(case)).first()
    return (case, code) if code else None


def leave(request: HttpRequest) -> None:
    """Close the door and forget what was followed, on a telephone that others use too."""
    for key in (BEHIND, access.OPENED):
        request.session.pop(key, None)
    request.session.cycle_key()


def behind_the_code(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A public page behind the door: `view(request, case, code, …)`. Whoever stands before it is led to it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        found = opened(request)
        if found is None:
            return redirect("requests:status_code")
        return view(request, *found, *args, **kwargs)

    return public(guarded)
