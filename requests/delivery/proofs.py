"""Photographs of what was given, and calls to whoever has not come for it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import StaffRequest, staff
from accounts.models import User
from accounts.roles import Role
from core.errors import Refused
from core.uploads import UploadError
from requests.delivery.actions import call, photograph, remove_photograph
from requests.delivery.forms import CallForm, PhotographsForm
from requests.delivery.page import chosen
from requests.delivery.views import load_award, page_response
from requests.models import Award
from requests.views import REFUSED


@staff(Role.SERVICE_OFFICER)
@require_POST
def photographs(request: StaffRequest, reference: str) -> HttpResponse:
    award = load_award(request, reference)
    form = PhotographsForm(request.POST, request.FILES)
    if form.is_valid() and kept(form, award, by=request.user):
        messages.success(request, _("The photographs are kept."))
        return redirect("requests:delivery", reference)
    current = chosen(award.case, None)
    return page_response(request, award, current=current, status=REFUSED, photographs_form=form)


def kept(form: PhotographsForm, award: Award, *, by: User) -> bool:
    """All of them, or none: the one that is no picture is named."""
    try:
        photograph(award.case, by=by, instalment=chosen(award.case, None), **form.cleaned_data)
    except UploadError as error:
        form.add_error("pictures", str(error))
    except Refused as refused:
        form.add_error(None, refused.sentence)
    return form.is_valid()


@staff(Role.SERVICE_OFFICER)
@require_POST
def photograph_removed(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    award = load_award(request, reference)
    photo = get_object_or_404(award.photographs.select_related("award__case", "file"), pk=pk)
    try:
        remove_photograph(photo, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return page_response(request, award, current=chosen(award.case, None), status=REFUSED)
    messages.success(request, _("The photograph is taken away; the record says that it was there."))
    return redirect("requests:delivery", reference)


@staff(Role.SERVICE_OFFICER)
@require_POST
def called(request: StaffRequest, reference: str) -> HttpResponse:
    award = load_award(request, reference)
    form = CallForm(request.POST)
    if form.is_valid():
        try:
            call(award.case, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("The call is written down."))
            return redirect("requests:delivery", reference)
    return page_response(request, award, current=chosen(award.case, None), status=REFUSED, call_form=form)
