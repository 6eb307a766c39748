"""Referring what is unclear to the person, answering it, and telling the answer. The case stays where it is (PS-3)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StaffRequest, staff
from accounts.roles import COUNTER, Role
from core import audit
from core.errors import Refused
from requests.clarification import actions, rules
from requests.clarification.card import clarification_card, days_of
from requests.clarification.forms import AnswerForm, AskForm, TellForm
from requests.models import Clarification, SupportRequest
from requests.sight import Sight
from requests.states import TONES, State
from requests.views import REFUSED, case_response, load_file, refusal

BACK = {"papers": "requests:papers"}


@staff(*COUNTER)
@require_POST
def ask(request: StaffRequest, reference: str) -> HttpResponse:
    """Refer what is unclear; from the case page, or from the papers, to which `back` leads again."""
    case, sight = load_file(request, reference)
    form = AskForm(request.POST)
    if not form.is_valid():
        return asked_again(request, case, sight, {"ask_form": form})
    try:
        actions.ask(case, by=request.user, question=form.cleaned_data["question"])
    except Refused as refused:
        return refusal(request, case, refused)
    messages.success(request, _("The question is referred to the researcher; the request stays where it is."))
    return redirect(BACK.get(request.POST.get("back", ""), "requests:case"), reference)


def asked_again(request: StaffRequest, case: SupportRequest, sight: Sight, form: dict[str, Any]) -> HttpResponse:
    """The case page with the form as it was sent and what is wrong in it."""
    card = clarification_card(case, request.user, sight)
    return case_response(request, case, sight=sight, status=REFUSED, clarification=card and card | form)


@staff(*COUNTER)
@require_POST
def tell(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    case, sight = load_file(request, reference)
    row = get_object_or_404(case.clarifications, pk=pk)
    form = TellForm(request.POST)
    if not form.is_valid():
        return asked_again(request, case, sight, {"tell_form": form})
    try:
        row = actions.tell(row, by=request.user, how=form.cleaned_data["how"])
    except Refused as refused:
        return refusal(request, case, refused)
    invited = _("The message is on its way. When they call or come, tell them the answer and record it here.")
    messages.success(request, _("It is recorded that the person knows the answer.") if row.told_at else invited)
    return redirect("requests:case", reference)


@staff(Role.RESEARCHER)
@require_POST
def take(request: StaffRequest, pk: int) -> HttpResponse:
    row = load_question(request, pk)
    try:
        actions.take(row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("requests:clarification", pk)


@staff(Role.RESEARCHER)
@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """The researcher's page: the question, the service and the stage; nothing else of the case (least privilege)."""
    row = load_question(request, pk)
    person = row.case.person.current
    if request.method == "GET":
        return question_page(request, row, AnswerForm(person=person))
    form = AnswerForm(request.POST, person=person)
    if not form.is_valid():
        return question_page(request, row, form, status=REFUSED)
    facts = {"text": form.cleaned_data["answer"], "may_be_shown": form.cleaned_data["may_be_shown"]}
    try:
        actions.answer(row, by=request.user, **facts)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return question_page(request, row, form, status=REFUSED)
    messages.success(request, _("The answer is with reception, who tells the person."))
    return redirect("oversight:waiting")


def load_question(request: StaffRequest, pk: int) -> Clarification:
    rows = Clarification.objects.visible_to(request.user).select_related(
        "case__service", "case__policy_version", "case__branch", "case__person__merged_into", "asked_by", "researcher"
    )
    return get_object_or_404(rows, pk=pk)


def question_page(request: StaffRequest, row: Clarification, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    audit.looked_at(row.case, by=request.user, what="clarification")
    is_mine = row.researcher_id == request.user.pk
    if is_mine:  # taken, it is written at once; before, the letters of the keyboard are keys
        form.fields["answer"].widget.attrs["data-focus"] = True
    context = {
        "row": row,
        "policy": row.case.policy_version,
        "tone": TONES[State(row.case.state)],
        "form": form,
        "days": days_of(row),
        "late": rules.is_late(row),
        "why_not": rules.why_not_answer(row, by=request.user),
        "is_mine": is_mine,
    }
    return render(request, "requests/clarification/question.html", context, status=status)
