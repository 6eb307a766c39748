"""The counter writes an objection down; the secretary reads it beside the frozen file and puts it to the committee."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import StaffRequest, staff
from accounts.models import User
from accounts.roles import COUNTER, Role, Scope
from core import audit, clock, uploads
from core.errors import Refused
from core.references import format_reference
from requests import workflow
from requests.appeal import actions, rules
from requests.appeal.forms import WriteDownForm
from requests.appeal.listing import appeals_for
from requests.appeal.page import objection, slip_of
from requests.declaration.rules import speaking_for
from requests.models import IN_SCOPE, SupportRequest
from requests.page import crumbs, url
from requests.rules import not_the_counters
from requests.states import TONES, State
from requests.views import REFUSED, load, load_file


@staff(*COUNTER)
@require_http_methods(["GET", "POST"])
def write(request: StaffRequest, reference: str) -> HttpResponse:
    case = at_the_counter(request, reference)
    if request.method == "POST":
        form = form_of(case, request.POST, request.FILES)
        if form.is_valid() and written(form, case, by=request.user):
            return redirect("requests:appeal_slip", reference)
        return write_page(request, case, form, status=REFUSED)
    return write_page(request, case, form_of(case))


def at_the_counter(request: StaffRequest, reference: str) -> SupportRequest:
    """A case of their counter; another role that sees further opens no page of the counter."""
    case, _sight = load_file(request, reference)
    if not_the_counters(case, request.user):
        raise Http404
    return case


def form_of(case: SupportRequest, data=None, files=None) -> WriteDownForm:
    return WriteDownForm(data, files, policy=case.policy_version, speakers=speaking_for(case.person.current))


def written(form: WriteDownForm, case: SupportRequest, *, by: User) -> bool:
    """Keep the signature, the papers and the objection together; on a refusal none of them, and the form says why."""
    clean = form.cleaned_data
    try:
        with uploads.together() as store:
            signature = store(form.signature, by_id=by.pk)
            papers = uploads.store_each(clean["papers"], store=store, by_id=by.pk)
            facts = {"signed": clean["how"], "signature": signature, "representative": form.representative}
            actions.write_down(case, by=by, text=clean["text"], files=papers, **facts)
    except uploads.SeveralRefused as error:
        for name, sentence in error.refused:
            form.add_error("papers", f"{name}: {sentence}")
    except uploads.UploadError as error:
        form.add_error("scan", str(error))
    except Refused as refused:
        form.add_error(None, refused.sentence)
    return form.is_valid()


def write_page(request: StaffRequest, case: SupportRequest, form: WriteDownForm, *, status: int = 200) -> HttpResponse:
    """The form beside the decision it is about; where nothing can be objected to, the sentence that says why."""
    audit.looked_at(case, by=request.user, what="case")
    decision = rules.rejection_of(case)
    context = {
        "case": case,
        "policy": case.policy_version,
        "person": case.person.current,
        "tone": TONES[State(case.state)],
        "form": form,
        "decision": decision,
        "last": decision and decision.objections_until,
        "why_not": rules.why_not_write(case, request.user),
        "crumbs": crumbs(case, _("An objection")),
        "back": url("case", case),
    }
    return render(request, "requests/appeal/write.html", context, status=status)


@staff(*COUNTER)
@require_GET
def slip(request: StaffRequest, reference: str) -> HttpResponse:
    """What the person takes home: the number, the day, what happens next. No name, no reason: slips get lost."""
    case = at_the_counter(request, reference)
    appeal = rules.appeal_of(case)
    if appeal is None:
        raise Http404
    paper = request.GET.get("paper", "a5")
    context = {
        "case": case,
        "slip": slip_of(case, appeal),
        "paper": "roll" if paper == "80" else "a5",
        "back": url("case", case),
    }
    return render(request, "requests/appeal/slip.html", context)


@staff(Role.SECRETARY)
@require_GET
def appeals(request: StaffRequest) -> HttpResponse:
    """Objections that wait for the secretary, the oldest first, and those taken up lately."""
    return render(request, "requests/appeal/list.html", appeals_for(request.user))


@staff(Role.SECRETARY)
@require_http_methods(["GET", "POST"])
def appeal(request: StaffRequest, reference: str) -> HttpResponse:
    """The objection beside the file as it stood; reopening puts it before those who did not decide first."""
    case = load(request, reference)
    shown = objection(case, reader=request.user)
    if shown is None or not SupportRequest.objects.filter(IN_SCOPE[Scope.COMMITTEE](request.user), pk=case.pk).exists():
        raise Http404
    if request.method == "POST":
        try:
            actions.take_up(case, by=request.user)
        except Refused as refused:
            messages.error(request, refused.sentence)
            return appeal_page(request, case, shown, status=REFUSED)
        done = _("Request %(reference)s is before the committee again. The person is told.")
        messages.success(request, done % {"reference": format_reference(case.reference)})
        return redirect("requests:appeal", reference)
    return appeal_page(request, case, shown)


def appeal_page(request: StaffRequest, case: SupportRequest, shown: dict, *, status: int = 200) -> HttpResponse:
    audit.looked_at(case, by=request.user, what="case")
    audit.looked_at(case, by=request.user, what="study")
    context = {
        "case": case,
        "policy": case.policy_version,
        "person": case.person.current,
        "tone": TONES[State(case.state)],
        "objection": shown,
        "days": clock.days_since(shown["appeal"].submitted_at),
        "why_not": workflow.why_not(case, "reopen_on_appeal", by=request.user),
        "barred": rules.first_deciders(case),
        "crumbs": [*crumbs(case, _("The objection"))],
    }
    return render(request, "requests/appeal/appeal.html", context, status=status)
