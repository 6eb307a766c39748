"""The public page on which anybody holding a paper of the association checks it: no account, no script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import public
from committee.minutes.sheet import groups
from committee.verify.found import BY_ADDRESS, compare, paper_of, typed_hash, typed_number
from core.limits import address_of, within

SHOWN = 30


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The number as typed leads to its page; without one, the form."""
    number = typed_number(request.POST.get("number") or request.GET.get("number", ""))
    if not number:
        return page(request, {})
    return look_up(request, number)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, number: str) -> HttpResponse:
    return look_up(request, typed_number(number))


def look_up(request: HttpRequest, number: str) -> HttpResponse:
    """One shape for every answer: found or not, the same page, and the number as it was asked."""
    if not within(BY_ADDRESS, address_of(request)):
        return render(request, "committee/verify/too_many.html", status=429)
    found = paper_of(number)
    typed = typed_hash(request.POST.get("hash") or request.GET.get("hash", ""))
    shown = {"number": number[:SHOWN], "asked": True, "paper": found, "typed": typed}
    if found is not None:
        shown |= {"hash": groups(found.sha256), "same": compare(found, typed) if typed else None}
    return page(request, shown, status=200 if found else 404)


def page(request: HttpRequest, shown: dict, status: int = 200) -> HttpResponse:
    return render(request, "committee/verify/verify.html", shown, status=status)
