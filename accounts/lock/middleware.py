from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.lock import actions, held, rules

OPEN_WHILE_LOCKED = {
    "accounts:lock",
    "accounts:unlock",
    "accounts:sign_out",
    "admin:logout",
    "language",
    "oversight:healthz",
    "oversight:readyz",
}
"""Unlocking, signing out, and what shows nobody anything."""


class IdleLock:
    """A locked screen opens nothing: no page, no file, no answer to a script, public or not (trust.md).

    It stands after the checks of the token and of the signing in, as `process_view`, so that what a stranger's page
    sends is refused before it is held for anybody.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OPEN_WHILE_LOCKED or not request.user.is_authenticated:
            return None
        if actions.attend(rules.session_of(request), attended=rules.attended(request)):
            return None
        return refuse(request)


def refuse(request: HttpRequest) -> HttpResponse:
    """A page is led to the lock and back again; a script is told. What a form sent is held, not carried out."""
    if not rules.wants_a_page(request):
        return HttpResponse(_("The screen is locked."), status=423, content_type="text/plain; charset=utf-8")
    if request.method == "POST" and not held.is_its_own(request):
        held.hold(request)
    back = "" if request.method == "POST" else request.get_full_path()
    return redirect(f"{reverse('accounts:unlock')}?{urlencode({'next': back})}" if back else "accounts:unlock")
