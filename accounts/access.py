"""The door of every staff page: signed in, and holding one of the roles it is for; otherwise it does not exist."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse

from accounts.models import User
from accounts.roles import Role


class StaffRequest(HttpRequest):
    """The HTTP request of a staff page: whoever sent it is signed in."""

    user: User


public = login_not_required
"""Marks a view that anyone may open; tests/architecture holds the reviewed list of them."""


def staff(*roles: Role) -> Callable:
    """Only for people holding one of `roles`; everybody else meets the same 404 as for a page that is not there."""

    def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def checked(request: StaffRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.holds(*roles):
                raise Http404
            return view(request, *args, **kwargs)

        checked.roles = roles  # type: ignore[attr-defined]
        return checked

    return door
