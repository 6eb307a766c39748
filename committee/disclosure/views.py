"""A member's own disclosure: written by them, read by them, and by the comparison that closes files to them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import StaffRequest, staff
from accounts.roles import COMMITTEE
from committee.disclosure.forms import MOST, DisclosureForm, relatives_of, with_one_more
from requests.conflict.actions import disclose
from requests.models import Disclosure


@staff(*COMMITTEE)
@never_cache
@require_http_methods(["GET", "POST"])
def disclosure(request: StaffRequest) -> HttpResponse:
    said = Disclosure.objects.filter(user=request.user).first()
    if "add" in request.POST:
        return another_row(request, said)
    data = request.POST if request.method == "POST" else None
    form, rows = DisclosureForm(data, said=said, name=request.user.name), relatives_of(data, said)
    if data is not None and all([form.is_valid(), *(row.is_valid() for row in rows)]):
        relatives = [row.row for row in rows if row.cleaned_data["name"]]
        disclose(by=request.user, relatives=relatives, **form.cleaned_data)
        messages.success(request, _("Your disclosure is kept. Files it ties you to are closed to you."))
        return redirect("committee:disclosure")
    context = {"form": form, "rows": rows, "said": said, "most": MOST}
    return render(request, "committee/disclosure.html", context, status=200 if data is None else 422)


def another_row(request: StaffRequest, said: Disclosure | None) -> HttpResponse:
    """The page as it is being typed, with one more row; nothing is kept yet. With a script the page does it itself."""
    form = DisclosureForm(said=None, name="")
    form.initial = {name: request.POST.get(name, "") for name in form.fields}
    context = {"form": form, "rows": with_one_more(request.POST), "said": said, "most": MOST}
    return render(request, "committee/disclosure.html", context)
