"""Locking, unlocking, and what was sent in between. Signed in is all that is asked here: every role locks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StaffRequest
from accounts.lock import actions, held, rules
from accounts.lock.forms import UnlockForm


@require_POST
def lock(request: StaffRequest) -> HttpResponse:
    """Lock every tab of this browser; a script is answered, a person is shown the lock."""
    actions.lock(rules.session_of(request))
    if not rules.wants_a_page(request):
        return HttpResponse(status=204)
    return redirect(f"{reverse('accounts:unlock')}?{urlencode({'next': next_of(request)})}")


@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: StaffRequest) -> HttpResponse:
    """Ask for the password. A right one opens every tab; a script only hears of it, its page is as it was left."""
    form = asked(request)
    if request.method != "POST":
        open_already = actions.attend(rules.session_of(request), attended=False)
        return redirect(after(request)) if open_already else page(request, form)
    if not form.is_valid():
        return refused(request, form)
    actions.unlock(rules.session_of(request))
    return redirect(after(request)) if rules.wants_a_page(request) else HttpResponse(status=204)


def asked(request: StaffRequest) -> UnlockForm:
    user = request.user
    return UnlockForm(
        request.POST if request.method == "POST" else None,
        asks=rules.needs_password(user),
        knows=lambda password: actions.knows_password(request, user, password),
    )


def refused(request: StaffRequest, form: UnlockForm) -> HttpResponse:
    if rules.wants_a_page(request):
        return page(request, form, status=422)
    sentence = " ".join(str(sentence) for errors in form.errors.values() for sentence in errors)
    return HttpResponse(sentence, status=422, content_type="text/plain; charset=utf-8")


def page(request: StaffRequest, form: UnlockForm, status: int = 200) -> HttpResponse:
    return render(request, "accounts/lock/unlock.html", {"form": form, "next": next_of(request)}, status=status)


def next_of(request: HttpRequest) -> str:
    return rules.local_path(request.POST.get("next") or request.GET.get("next", ""))


def after(request: StaffRequest) -> str:
    """What was sent to the locked screen comes first, then where one was going."""
    if held.waiting(request.user):
        return reverse("accounts:held")
    return next_of(request) or resolve_url(settings.LOGIN_REDIRECT_URL)


@require_http_methods(["GET", "HEAD", "POST"])
def alive(request: StaffRequest) -> HttpResponse:
    """POST: somebody is at the page. GET: whose is it now? The token is news where they have signed in again."""
    if request.method == "POST":
        return HttpResponse(status=204)
    return JsonResponse({"mark": actions.mark_of(request.user), "token": get_token(request)})


@require_http_methods(["GET", "HEAD", "POST"])
def held_page(request: StaffRequest) -> HttpResponse:
    """Show what was sent to the locked screen; POST sends it on as it was, or lets it go."""
    row = held.waiting(request.user)
    if row is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if request.method != "POST":
        return render(request, "accounts/lock/held.html", held.shown(row))
    data: dict[str, Any] = row.data
    held.let_go(request.user)
    if "let_go" in request.POST:
        return redirect(settings.LOGIN_REDIRECT_URL)
    answer = HttpResponseRedirect(rules.local_path(data["path"]) or "/")
    answer.status_code = 307  # the browser sends the same form there
    return answer


def overlay(request: HttpRequest) -> dict[str, Any] | None:
    """What the cover of a staff page needs, for the context of every page; nothing for a stranger."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return {
        "seconds": f"{rules.limit().total_seconds():g}",
        "mark": actions.mark_of(user),
        "form": UnlockForm(asks=rules.needs_password(user), auto_id="lock_%s"),
    }
