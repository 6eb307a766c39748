"""The beneficiary's own pages: no account, no script, and nothing private without a code (screens, 5)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts.access import public
from channels import views as inquiries
from channels.models import Inquiry
from policies.models import PolicyVersion, Procedure
from requests.models import ProgrammePermit, SupportRequest
from requests.permits import views as permits
from requests.public import access
from requests.public.forms import NumberForm, StatusForm, WholeMobileForm
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
    return render(request, "requests/public/status.html", page_of(case))
