"""The beneficiary's own pages: no account, no script, and nothing private without a code (screens, 5)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.access import public
from channels import views as inquiries
from channels.models import Inquiry
from requests.models import ProgrammePermit, SupportRequest
from requests.permits import views as permits
from requests.public import access
from requests.public.forms import StatusForm
from requests.public.progress import page_of


@public
@never_cache
def status(request: HttpRequest) -> HttpResponse:
    """Number and last four digits, by POST. What fits is kept in the session; the address says nothing."""
    form = StatusForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "requests/public/status_form.html", {"form": form}, status=422 if form.is_bound else 200)
    if not access.may_try(request, form.cleaned_data["reference"]):
        return render(request, "requests/public/too_many.html", status=429)
    found = access.find(**form.cleaned_data)
    if found is None:
        form.add_error(None, _("The number and the digits do not go together. Check both on your receipt, or call us."))
        return render(request, "requests/public/status_form.html", {"form": form}, status=422)
    access.remember(request, found)
    return redirect("requests:status_view")


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
