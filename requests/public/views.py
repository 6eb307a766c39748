"""The beneficiary's own pages: no account, no script, and nothing private without a code (screens, 5)."""

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import public
from channels import views as inquiries
from channels.models import Inquiry
from core.errors import Refused
from policies.models import PolicyVersion, Procedure
from requests.models import ProgrammePermit, SupportRequest
from requests.permits import views as permits
from requests.public import access, code_door
from requests.public.forms import CodeForm, NumberForm, StatusForm, WholeMobileForm
from requests.public.progress import page_of


@public
@never_cache
def status(request: HttpRequest) -> HttpResponse:
    """Number and mobile, or its last digits, by POST. What fits is kept in the session; the address says nothing."""
    offers = {"takes_requests": takes_requests()}
    form = (WholeMobileForm if "whole_mobile" in request.POST else StatusForm)(request.POST or None, **offers)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, status=422 if form.is_bound else 200)
    if not access.may_try(request, reference := form.cleaned_data["reference"]):
        return render(request, "requests/public/too_many.html", status=429)
    if isinstance(form, StatusForm) and not access.four_digits_do():
        whole = WholeMobileForm(initial={"reference": reference}, **offers)
        return form_page(request, whole, status=429, many=True)
    found = access.find(reference, form.mobile)
    if found is None:
        form.add_error(None, NOT_TOGETHER[takes_requests()])
        return form_page(request, form, status=422)
    access.remember(request, found)
    return redirect("requests:status_view")


NOT_TOGETHER = {
    True: gettext_lazy("The number and the digits do not go together. Check both on your receipt, or call us."),
    False: gettext_lazy("The number and the digits do not go together. Check both in our message, or call us."),
}


def takes_requests() -> bool:
    policy = PolicyVersion.in_force()
    return policy is not None and policy.has(Procedure.SUPPORT_REQUESTS)


def form_page(request: HttpRequest, form: NumberForm, *, status: int, many: bool = False) -> HttpResponse:
    return render(request, "requests/public/status_form.html", {"form": form, "many": many}, status=status)


@public
@never_cache
def status_view(request: HttpRequest) -> HttpResponse:
    followed = access.opened(request)
    if isinstance(followed, SupportRequest):
        return show(request, followed)
    if isinstance(followed, ProgrammePermit):
        return permits.show(request, followed)
    if isinstance(followed, Inquiry):
        return inquiries.show(request, followed)
    return redirect("requests:status")


@public
@never_cache
def status_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a message: 128 random bits are the key. Links that open nothing are counted."""
    case = SupportRequest.objects.filter(status_token=token).first()
    if case is not None:
        return show(request, case)
    if not access.may_guess(request):
        return render(request, "requests/public/too_many.html", status=429)
    raise Http404


def show(request: HttpRequest, case: SupportRequest) -> HttpResponse:
    return render(request, "requests/public/status.html", page_of(case) | {"token": case.status_token})


@public
@never_cache
@require_POST
def send_code(request: HttpRequest) -> HttpResponse:
    """Send a code for the request of this link, or of the one opened here. The mobile is the one on file, always."""
    token = request.POST.get("token", "")
    case = of_link(token) if token else opened_request(request)
    if case is None and token and not access.may_guess(request):
        return render(request, "requests/public/too_many.html", status=429)
    if case is None:
        return redirect("requests:status")
    access.remember(request, case)
    try:
        code_door.send(request, case)
    except Refused as refused:  # no number on file, or a budget used up: the page says so, and how to reach us
        return code_page(request, case, CodeForm(), trouble=refused.sentence, status=422)
    return redirect("requests:status_code")


@public
@never_cache
@require_http_methods(["GET", "POST"])
def status_code(request: HttpRequest) -> HttpResponse:
    """The six digits; wrong, expired and never sent ones get one sentence."""
    case = opened_request(request)
    if case is None:
        return redirect("requests:status")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if code_door.enter(request, case, form.cleaned_data["code"]):
            return redirect("requests:decision")
        form.add_error("code", code_door.NOT_ACCEPTED)
    return code_page(request, case, form, status=422 if form.is_bound else 200)


def of_link(token: str) -> SupportRequest | None:
    """The request of this link; what no link could hold is not even looked for."""
    looks_like_one = re.fullmatch("[A-Za-z0-9_-]{22}", token)
    return SupportRequest.objects.filter(status_token=token).first() if looks_like_one else None


def opened_request(request: HttpRequest) -> SupportRequest | None:
    followed = access.opened(request)
    return followed if isinstance(followed, SupportRequest) else None


def code_page(
    request: HttpRequest, case: SupportRequest, form: CodeForm, *, trouble: str = "", status: int = 200
) -> HttpResponse:
    sent = code_door.last_sent(case)
    context = {
        "form": form,
        "reference": case.reference,
        "token": case.status_token,
        "ends_in": case.mobile_to_tell[-2:],
        "sent": sent,
        "trouble": trouble,
    }
    return render(request, "requests/public/code.html", context, status=status)


@public
@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close what was opened here, for whoever uses this telephone next."""
    code_door.leave(request)
    messages.success(request, _("Your page is closed. To open it again, ask for a new code."))
    return redirect("requests:status")
