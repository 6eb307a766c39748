"""The service officer's page: what was approved, how it is received, and the receipt of each instalment."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import StaffRequest, staff
from accounts.models import User
from accounts.roles import Role
from core import audit, uploads
from core.errors import Refused
from requests import rules
from requests.delivery.actions import receipt
from requests.delivery.forms import ReceiptForm
from requests.models import ReceiveBy, SupportRequest
from requests.page import crumbs, issued_decision
from requests.sight import sight_of
from requests.states import TONES, State
from requests.views import REFUSED, load


@staff(Role.SERVICE_OFFICER)
@require_http_methods(["GET", "POST"])
def delivery(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    if case.state not in (State.REGISTERED, State.DELIVERED):
        raise Http404
    if request.method == "GET":
        return delivery_page(request, case, ReceiptForm(case=case))
    form = ReceiptForm(request.POST, request.FILES, case=case)
    if not (form.is_valid() and receipted(form, case, by=request.user)):
        return delivery_page(request, case, form, status=REFUSED)
    messages.success(request, _("The receipt is recorded."))
    return redirect("requests:delivery", reference)


def receipted(form: ReceiptForm, case: SupportRequest, *, by: User) -> bool:
    """Keep the signature and record the receipt together; on a refusal neither, and the form says why."""
    clean = form.cleaned_data
    instalment = get_object_or_404(case.instalments, number=clean["instalment"])
    try:
        with uploads.together() as store:
            kept = store(form.signature, by_id=by.pk) if form.signature else None
            receipt(
                instalment,
                by=by,
                how=clean["how"],
                received_by_name=clean["received_by_name"],
                note=clean["note"],
                signature=kept,
            )
    except uploads.UploadError as error:
        form.add_error("scan", str(error))
    except Refused as refused:
        form.add_error(None, refused.sentence)
    return form.is_valid()


def delivery_page(request: StaffRequest, case: SupportRequest, form: ReceiptForm, *, status: int = 200) -> HttpResponse:
    """Name, contact, what was approved and how it is received: nothing else of the file (product.md, second table)."""
    audit.looked_at(case, by=request.user, what="delivery")
    instalments = list(case.instalments.select_related("receipted_by", "signature"))
    context = {
        "case": case,
        "person": case.person.current,
        "tone": TONES[State(case.state)],
        "decision": issued_decision(case),
        "by_transfer": case.receive_by == ReceiveBy.TRANSFER,
        "instalments": instalments,
        "due": next((each for each in instalments if each.receipted_at is None), None),
        "several": len(instalments) > 1,
        "form": form,
        "why_not": rules.suspended(case, request.user) or rules.decided_it(case, request.user),
        "crumbs": crumbs(case, _("Delivery")) if not sight_of(case, request.user).delivery_only else crumbs(case),
    }
    return render(request, "requests/delivery/delivery.html", context, status=status)
