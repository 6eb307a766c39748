"""At the visit: photographs, once the person agreed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import StaffRequest, staff
from accounts.roles import Role
from core import uploads
from core.errors import Refused
from requests.models import PhotoConsent, Study, StudyPhoto, SupportRequest
from requests.page import url
from requests.study import page
from requests.study.sections import BY_NAME
from requests.study.views import own, section_page
from requests.study.visit import actions
from requests.study.visit.forms import ConsentForm, PhotosForm
from requests.views import REFUSED


@staff(Role.RESEARCHER)
@require_POST
def consent(request: StaffRequest, reference: str) -> HttpResponse:
    """Record who agreed to photographs, or that they took it back."""
    case = own(request, reference)
    form = ConsentForm(request.POST)
    given = PhotoConsent.objects.filter(study__case=case, withdrawn_at=None).first()
    try:
        if "withdraw" in request.POST and given:
            actions.withdraw_consent(given, by=request.user)
            messages.success(request, _("The consent is taken back, and the photographs are deleted."))
        elif form.is_valid():
            actions.record_consent(case, by=request.user, given_by=form.cleaned_data["given_by"])
            messages.success(request, _("The consent is recorded. You may add photographs."))
        else:
            return visit_page(request, case, consent_form=form)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return visit_page(request, case)
    return redirect(url("study_section", case, "visit"))


@staff(Role.RESEARCHER)
@require_POST
def photos(request: StaffRequest, reference: str) -> HttpResponse:
    """Keep photographs of the visit: all that were sent, or none of them."""
    case = own(request, reference)
    form = PhotosForm(request.POST, request.FILES)
    if not form.is_valid():
        return visit_page(request, case, photos_form=form)
    data = form.cleaned_data
    try:
        actions.add_photos(case, by=request.user, files=data["photographs"], caption=data["caption"])
    except uploads.SeveralRefused as error:
        form.add_error("photographs", [_("None of the files was kept:"), *str(error).splitlines()])
        return visit_page(request, case, photos_form=form)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return visit_page(request, case, photos_form=form)
    messages.success(request, _("The photographs are kept."))
    return redirect(url("study_section", case, "visit"))


@staff(Role.RESEARCHER)
@require_POST
def remove(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    case = own(request, reference)
    photo = get_object_or_404(StudyPhoto, pk=pk, consent__study__case=case)
    try:
        actions.remove_photo(photo, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return visit_page(request, case)
    messages.success(request, _("The photograph is deleted."))
    return redirect(url("study_section", case, "visit"))


def visit_page(request: StaffRequest, case: SupportRequest, **forms: Any) -> HttpResponse:
    """The visit's section again, with what was wrong."""
    section = BY_NAME["visit"]
    form = page.open_form(case, get_object_or_404(Study, case=case), section)
    return section_page(request, case, section, form, status=REFUSED, **forms)
