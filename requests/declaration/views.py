"""Signing by a code, step by step, and the signed paper that is scanned later."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StaffRequest, staff
from accounts.roles import COUNTER, Role
from channels.models import OneTimeCode
from core import once
from core.errors import Refused
from core.uploads import UploadError
from requests.declaration.actions import attach_paper
from requests.declaration.forms import ScanForm
from requests.declaration.panel import incomplete, message_of, panel
from requests.declaration.rules import speaking_for
from requests.intake.actions import send_code as send
from requests.intake.forms import Desk, IntakeForm
from requests.intake.views import number, page, takes_requests, visible_person
from requests.models import Declaration
from requests.views import REFUSED, case_response, load_file


@staff(*COUNTER)
@takes_requests
@require_POST
def send_code(request: StaffRequest) -> HttpResponse:
    """Send the code for the form as it stands. With htmx only its own panel changes; without, the page comes again
    with everything typed."""
    pk = number(request.POST.get("person"))
    person = visible_person(request, pk) if pk else None
    data = request.POST.copy()
    data["signed"] = Declaration.Signed.CODE
    form = IntakeForm(data, desk=Desk.open(), by=request.user, person=person, sending=True)
    trouble = sent(form, once.key_of(request.POST))
    if "HX-Request" not in request.headers:
        return page(request, form, trouble=trouble, status=REFUSED if trouble else 200)
    context = panel(form, once.key_of(request.POST), trouble=trouble)
    return render(request, "requests/intake/code.html", {"form": form} | context)


def sent(form: IntakeForm, form_key: str) -> str:
    """Send it; or why it was not sent, and another way to sign."""
    if not form.is_valid():
        return incomplete(form)
    facts = form.registration()
    del facts["signature"]
    try:
        send(form_key, by=form.by, person=form.person, **facts)
    except Refused as refused:
        return _("%(why)s Let the person sign on paper or on the screen.") % {"why": refused.sentence}
    return ""


@staff(*COUNTER, Role.SERVICE_OFFICER)
@require_safe
def code_state(request: StaffRequest, pk: int) -> HttpResponse:
    """What became of the message, to whoever asked for it; nothing new is an empty answer, so that a poll is quiet."""
    message = message_of(get_object_or_404(OneTimeCode, pk=pk, asked_by=request.user))
    if message and request.GET.get("seen") == message["state"]:
        return HttpResponse(status=204)
    return render(request, "requests/intake/code_state.html", {"code": {"pk": pk}, "message": message})


@staff(*COUNTER)
@require_POST
def signed_paper(request: StaffRequest, reference: str) -> HttpResponse:
    """The scan that the case page asks for."""
    case, _sight = load_file(request, reference)
    form = ScanForm(request.POST, request.FILES, policy=case.policy_version, speakers=speaking_for(case.person.current))
    if form.is_valid():
        try:
            attach_paper(case, by=request.user, scan=form.cleaned_data["scan"], representative=form.representative)
        except UploadError as error:
            form.add_error("scan", str(error))
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("The signed paper is kept with the declaration."))
            return redirect("requests:case", reference)
    return case_response(request, case, status=REFUSED, scan_form=form)
