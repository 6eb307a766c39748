"""The service officer's page: what was approved, how it is received, and the receipt of each instalment."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import StaffRequest, staff
from accounts.models import User
from accounts.roles import Role
from channels.codes import actions as codes
from channels.codes.rules import NOT_ACCEPTED
from core import audit, uploads
from core.errors import Refused
from requests.delivery import rules
from requests.delivery.actions import finish, receipt, sign_by
from requests.delivery.actions import send_code as send
from requests.delivery.forms import ReceiptForm
from requests.delivery.page import award_of, chosen, delivery_page
from requests.delivery.schedule import HIGHEST_NUMBER
from requests.delivery.slip import PAPERS, slip_of
from requests.models import Award, Instalment, Receipted
from requests.states import State
from requests.views import REFUSED, load


def load_award(request: StaffRequest, reference: str) -> Award:
    """The award of a case this user delivers; any other does not exist."""
    case = load(request, reference)
    if case.state not in (State.REGISTERED, State.DELIVERED):
        raise Http404
    return award_of(case)


@staff(Role.SERVICE_OFFICER)
@require_http_methods(["GET", "POST"])
def delivery(request: StaffRequest, reference: str) -> HttpResponse:
    """The page of one award; a POST is the receipt of one instalment."""
    award = load_award(request, reference)
    if request.method == "GET":
        return page_response(request, award, current=chosen(award.case, number(request.GET.get("n"))))
    current = instalment_of(award, request.POST.get("instalment"))
    form = ReceiptForm(request.POST, request.FILES, instalment=current)
    if not (form.is_valid() and code_is_found(form, current) and receipted(form, current, by=request.user)):
        return page_response(request, award, current=current, form=form, status=REFUSED)
    messages.success(request, _("The receipt is recorded."))
    return redirect("requests:delivery", reference)


@staff(Role.SERVICE_OFFICER)
@require_POST
def send_code(request: StaffRequest, reference: str) -> HttpResponse:
    """Send the code that signs the receipt as the form stands; the page comes again with everything typed. With
    `look` nothing is sent: what became of the message is read anew."""
    award = load_award(request, reference)
    current = instalment_of(award, request.POST.get("instalment"))
    data = request.POST.copy()
    data["how"], data["code"] = Receipted.CODE, ""
    form = ReceiptForm(data, instalment=current, sending=True)
    if form.is_valid() and "look" not in request.POST:
        try:
            send(current, by=request.user, **form.receives)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return page_response(request, award, current=current, form=form, status=200 if form.is_valid() else REFUSED)


def instalment_of(award: Award, typed: str | None) -> Instalment:
    """An instalment of this award by its number; settled ones too, for the refusal says so."""
    wanted = number(typed)
    found = award.case.instalments.filter(number=wanted).first() if wanted else None
    if found is None:
        raise Http404
    found.case = award.case
    return found


def number(typed: str | None) -> int | None:
    """An instalment's number as it came; None for whatever is none."""
    typed = typed or ""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= len(str(HIGHEST_NUMBER)) else None


def code_is_found(form: ReceiptForm, instalment: Instalment) -> bool:
    """Whether what was read out is the code sent for this receipt; a wrong one is counted, outside its transaction."""
    if form.cleaned_data["how"] != Receipted.CODE:
        return True
    asked = sign_by(instalment, representative=form.representative)
    form.cleaned_data["found"] = codes.find(**asked, typed=form.cleaned_data["code"])
    if form.cleaned_data["found"] is None:
        form.add_error("code", NOT_ACCEPTED)
    return form.is_valid()


def receipted(form: ReceiptForm, instalment: Instalment, *, by: User) -> bool:
    """Keep the signature and record the receipt together; on a refusal neither, and the form says why."""
    clean = form.cleaned_data
    facts: dict[str, Any] = {"how": clean["how"], "note": clean["note"], "code": clean.get("found"), **form.receives}
    try:
        with uploads.together() as store:
            kept = store(form.signature, by_id=by.pk) if form.signature else None
            receipt(instalment, by=by, signature=kept, **facts)
    except uploads.UploadError as error:
        form.add_error("scan", str(error))
    except Refused as refused:
        form.add_error(None, refused.sentence)
    return form.is_valid()


def page_response(
    request: StaffRequest,
    award: Award,
    *,
    current: Instalment | None,
    form: ReceiptForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page; opening it leaves a row (rule 8)."""
    audit.looked_at(award.case, by=request.user, what="delivery")
    if form is None and current is not None:
        form = ReceiptForm(instalment=current)
    context = delivery_page(award, request.user, current=current, form=form) | more
    return render(request, "requests/delivery/delivery.html", context, status=status)


@staff(Role.SERVICE_OFFICER)
@require_POST
def finished(request: StaffRequest, reference: str) -> HttpResponse:
    """The rest was cancelled; what was received is the service."""
    award = load_award(request, reference)
    try:
        finish(award.case, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return page_response(request, award, current=chosen(award.case, None), status=REFUSED)
    messages.success(request, _("The service is recorded as delivered."))
    return redirect("requests:delivery", reference)


@staff(Role.SERVICE_OFFICER)
@require_GET
def slip(request: StaffRequest, reference: str, instalment: int) -> HttpResponse:
    """The receipt to hand over, or before it the paper to be signed, `?paper=a5` or `?paper=80`; with `copy=own` the
    association's own."""
    award = load_award(request, reference)
    found = instalment_of(award, str(instalment))
    if found.receipted_at is None and (rules.settled(found) or rules.not_now(award.case, request.user)):
        raise Http404
    paper = PAPERS.get(request.GET.get("paper", ""), "a5")
    own = request.GET.get("copy") == "own" and found.receipted_at is not None
    return render(request, "requests/delivery/slip.html", {"paper": paper} | slip_of(award, found, own_copy=own))
