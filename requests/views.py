"""The case desk: the queue, one case, and the small pages of its actions. Loading a case is the permission."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import StaffRequest, staff
from accounts.models import User
from accounts.roles import COUNTER, Role
from channels import wording
from core import audit, hijri
from core.errors import Refused, refuse
from core.identifiers import mask_iban
from core.references import format_reference
from policies.models import Service
from requests import actions, effects, rules, workflow
from requests.delivery.actions import person_of
from requests.delivery.rules import another_iban, iban_mark
from requests.forms import (
    AskForPapersForm,
    CloseForm,
    RegistrationForm,
    RevealForm,
    TellDecisionForm,
    WithdrawForm,
)
from requests.intake.forms import other_calendar
from requests.listing import Wanted, address, page_of, stage_tabs, wanted_cases
from requests.models import CheckState, SupportRequest
from requests.page import AT_ONCE, approved_sentence, case_page, crumbs, issued_decision, url, why_not_open
from requests.sight import DESK, Sight, sight_of
from requests.states import ACTIONS, TONES, State

REFUSED = 422
FORMS: dict[str, type[Form]] = {
    "ask_for_papers": AskForPapersForm,
    "complete_registration": RegistrationForm,
    "withdraw": WithdrawForm,
    "close": CloseForm,
}


def load(request: StaffRequest, reference: str) -> SupportRequest:
    """The case, if this user sees it. Outside their scope it does not exist."""
    cases = SupportRequest.objects.visible_to(request.user).select_related(
        "person__merged_into", "service", "branch", "policy_version", "received_by", "researcher"
    )
    return get_object_or_404(cases, reference=reference)


def load_file(request: StaffRequest, reference: str) -> tuple[SupportRequest, Sight]:
    """The same for whoever reads its file, whole or masked; delivery has a page of its own."""
    case = load(request, reference)
    sight = sight_of(case, request.user)
    if sight.delivery_only:
        raise Http404
    return case, sight


@staff(*DESK)
@require_GET
def queue(request: StaffRequest) -> HttpResponse:
    wanted = Wanted.read(request.GET)
    cases = wanted_cases(request.user, wanted)
    rows, following = page_of(cases, request.user, wanted)
    context = {
        "tabs": stage_tabs(cases, request.GET, wanted),
        "rows": rows,
        "wanted": wanted,
        "services": Service.objects.filter(is_active=True),
        "next": address(request.GET, after=following) if following else "",
        "first": address(request.GET) if wanted.after else "",
        "exports": request.user.holds(Role.MANAGER),  # the counter has its own way there
    }
    return render(request, "requests/queue.html", context)


@staff(*DESK)
@require_GET
def case(request: StaffRequest, reference: str) -> HttpResponse:
    support_request = load(request, reference)
    if sight_of(support_request, request.user).delivery_only:
        return redirect("requests:delivery", reference)
    return case_response(request, support_request)


def case_response(
    request: StaffRequest, case: SupportRequest, *, sight: Sight | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of one case; opening it leaves a row (rule 8)."""
    sight = sight or sight_of(case, request.user)
    audit.looked_at(case, by=request.user, what="case")
    if sight.study:
        audit.looked_at(case, by=request.user, what="study")
    context = {"tell_form": TellDecisionForm(), "reveal_form": RevealForm()} | case_page(
        case, request.user, sight=sight
    )
    return render(request, "requests/case.html", context | more, status=status)


@staff(Role.MANAGER)
@require_POST
def reveal(request: StaffRequest, reference: str) -> HttpResponse:
    """Break-glass: the masked file is opened once, for this answer alone, with a written reason."""
    case, sight = load_file(request, reference)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return case_response(request, case, status=REFUSED, reveal_form=form)
    audit.record("revealed", case, by=request.user, why=form.cleaned_data["why"])
    return case_response(request, case, sight=Sight(whole=True, masked=sight.masked, study=True, contact=True))


@staff(*COUNTER)
@require_POST
def tell_period(request: StaffRequest, reference: str) -> HttpResponse:
    case, _sight = load_file(request, reference)
    try:
        actions.tell_period(case, by=request.user)
    except Refused as refused:
        return refusal(request, case, refused)
    messages.success(request, _("It is recorded that the person was told; the period counts from today."))
    return redirect("requests:case", reference)


@staff(*COUNTER)
@require_POST
def tell_decision(request: StaffRequest, reference: str) -> HttpResponse:
    case, _sight = load_file(request, reference)
    form = TellDecisionForm(request.POST)
    if not form.is_valid():
        return case_response(request, case, status=REFUSED, tell_form=form)
    try:
        actions.tell_decision(case, by=request.user, how=form.cleaned_data["how"])
    except Refused as refused:
        return refusal(request, case, refused)
    messages.success(request, _("It is recorded that the person was told the decision."))
    return redirect("requests:case", reference)


def refusal(request: StaffRequest, case: SupportRequest, refused: Refused) -> HttpResponse:
    """The case page again, with the sentence that stands beside the disabled button."""
    messages.error(request, refused.sentence)
    return case_response(request, case, status=REFUSED)


@staff(*DESK)
@require_http_methods(["GET", "POST"])
def act(request: StaffRequest, reference: str, action: str) -> HttpResponse:
    """One action on one case. The committee's outcomes, the study and the receipts have pages of their own."""
    case, _sight = load_file(request, reference)
    if action in AT_ONCE:
        return act_at_once(request, case, action)
    if action not in FORMS:
        raise Http404
    if request.method == "POST":
        return act_with_facts(request, case, action)
    return form_page(request, case, action, form_for(case, action))


def act_at_once(request: StaffRequest, case: SupportRequest, action: str) -> HttpResponse:
    if request.method == "GET":
        return redirect("requests:case", case.reference)
    try:
        case = workflow.perform(case, action, by=request.user)
    except Refused as refused:
        return refusal(request, case, refused)
    return done(request, case, action)


def act_with_facts(request: StaffRequest, case: SupportRequest, action: str) -> HttpResponse:
    form = form_for(case, action, request.POST)
    if not form.is_valid():
        return form_page(request, case, action, form, status=REFUSED)
    if "preview" in request.POST:
        return form_page(request, case, action, form)
    try:
        case = carry_out(case, action, form, by=request.user)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return form_page(request, case, action, form, status=REFUSED)
    if action == "complete_registration":
        number = SupportRequest.objects.get(pk=case.pk).person.current.file_number
        messages.success(
            request, _("The file number is %(number)s. It stays for every later request.") % {"number": number}
        )
    return done(request, case, action)


def done(request: StaffRequest, case: SupportRequest, action: str) -> HttpResponse:
    facts = {
        "reference": format_reference(case.reference),
        "action": ACTIONS[action].label,
        "state": case.get_state_display(),
    }
    messages.success(request, _("Request %(reference)s: done (%(action)s). It is now: %(state)s.") % facts)
    return redirect("requests:case", case.reference)


def form_for(case: SupportRequest, action: str, data: Any = None) -> Form:
    """The form of an action's facts, empty or filled in."""
    if action == "ask_for_papers":
        return AskForPapersForm(data, case=case)
    if action == "complete_registration":
        return RegistrationForm(data, person=case.person.current, policy=case.policy_version)
    return FORMS[action](data)


@transaction.atomic
def carry_out(case: SupportRequest, action: str, form: Any, *, by: User) -> SupportRequest:
    """Do what the form asks: all of it, or nothing. Raises Refused."""
    if action == "ask_for_papers":
        return workflow.perform(case, action, by=by, papers=form.papers())
    if action == "complete_registration":
        if form.by_transfer:
            refuse(another_iban(person_of(workflow.lock(case)), form.shown))
        actions.complete_file(case, by=by, **form.of_person())
        return workflow.perform(case, action, by=by, **form.of_case())
    return workflow.perform(case, action, by=by, **form.cleaned_data)


def form_page(
    request: StaffRequest, case: SupportRequest, action: str, form: Form, *, status: int = 200
) -> HttpResponse:
    """The page of one action; where it may not be done, the same sentence as beside its disabled button."""
    if isinstance(form, RegistrationForm) and form.is_bound and another_iban(case.person.current, form.shown):
        form.untick()
    context = {
        "case": case,
        "policy": case.policy_version,
        "person": case.person.current,
        "sight": sight_of(case, request.user),
        "action": ACTIONS[action],
        "form": form,
        "why_not": why_not_open(case, action, by=request.user),
        "expired": action == "complete_registration" and rules.papers_expired_today(case, request.user),
        "approved": approved_sentence(issued_decision(case)) if action == "complete_registration" else "",
        "tone": TONES[State(case.state)],
        "iban_masked": mask_iban(case.person.current.iban or ""),
        "iban_mark": iban_mark(case.person.current),
        "preview": papers_message(case, form) if action == "ask_for_papers" else "",
        "crumbs": crumbs(case, str(ACTIONS[action].label)),
        "back": url("case", case),
    }
    return render(request, f"requests/do/{action}.html", context, status=status)


def papers_message(case: SupportRequest, form: Any) -> str:
    """The message as the person will receive it: what is chosen, and whatever else is still owed."""
    if form.is_bound and not form.is_valid():
        return ""
    papers = form.papers() if form.is_bound else {}
    words = [
        effects.paper_in_words(check) if check.state == CheckState.PROBLEM or check.code not in papers else check.label
        for check in form.checks
        if check.code in papers or not check.settled
    ]
    listed = {check.code for check in form.checks}
    words += [label for code, label in papers.items() if code not in listed]
    return wording.render("papers_needed", effects.request_facts(case) | {"papers": "، ".join(words)})


@staff(*DESK)
@require_POST
def date_echo(request: StaffRequest) -> HttpResponse:
    """The other calendar of a date as typed, or what is wrong with it, to stand under the field."""
    typed = str(next(iter(request.POST.values()), ""))
    try:
        return HttpResponse(other_calendar(hijri.parse(typed)) if typed else "")
    except hijri.DateError as error:
        return HttpResponse(escape(str(error)))
