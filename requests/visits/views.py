"""The researcher's days on a phone, and the small pages of what they do. Loading a case is the permission."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import StaffRequest, staff
from accounts.roles import COUNTER, Role
from core import audit
from core.errors import Refused
from requests import workflow
from requests.models import Appointment, SupportRequest
from requests.page import crumbs, url
from requests.sight import sight_of
from requests.states import TONES, State
from requests.views import REFUSED, case_response, load, refusal
from requests.visits import actions, rules
from requests.visits.forms import AppointmentForm, AskOpinionForm, CancelForm, ChangeForm, HandOverForm, OpinionForm
from requests.visits.models import AppointmentState
from requests.visits.page import days_page, visits_card

HOLDERS = (Role.RESEARCHER, Role.MANAGER)
MOVERS = (*COUNTER, *HOLDERS)
"""Whoever may move or cancel an appointment: its researcher, the counter at the person's request, the manager."""


@staff(Role.RESEARCHER)
@require_GET
def visits(request: StaffRequest) -> HttpResponse:
    """Today's visits, then tomorrow and the week ahead."""
    page = days_page(request.user)
    for row in (*page["now"], *page["overdue"]):
        audit.looked_at(row["case"], by=request.user, what="visit")
    return render(request, "requests/visits/visits.html", page)


# Appointments


@staff(Role.RESEARCHER)
@require_http_methods(["GET", "POST"])
def appointment_new(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    form = AppointmentForm(sent(request))
    if made := carried_out(form, lambda: actions.make(case, by=request.user, **form.facts())):
        messages.success(request, _("The appointment is made: %(when)s.") % {"when": rules.when(made)})
        return redirect(back_from(request, case))
    words: dict[str, Any] = {"title": _("A new appointment"), "label": _("Make the appointment")}
    why_not = rules.why_not_arrange(case, by=request.user)
    return form_page(request, case, form, template="appointment", why_not=why_not, **words)


@staff(*MOVERS)
@require_http_methods(["GET", "POST"])
def appointment_move(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    case, appointment = load_appointment(request, reference, pk)
    whole, own = sight_of(case, request.user).whole, appointment.researcher_id == request.user.pk
    form = AppointmentForm(sent(request), appointment=appointment, whole=whole, own=own)
    if moved := carried_out(form, lambda: actions.move(appointment, by=request.user, **form.facts())):
        messages.success(request, _("The appointment is now %(when)s.") % {"when": rules.when(moved)})
        return redirect(back_from(request, case))
    words: dict[str, Any] = {"title": _("Move the appointment"), "label": _("Keep the new time")}
    why_not = rules.why_not_rearrange(appointment, by=request.user)
    more = {"appointment": appointment, "note": for_whom(appointment, request)}
    return form_page(request, case, form, template="appointment", why_not=why_not, more=more, **words)


@staff(*MOVERS)
@require_http_methods(["GET", "POST"])
def appointment_cancel(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    case, appointment = load_appointment(request, reference, pk)
    counter = rules.asks_at_the_counter(case, request.user)
    form = CancelForm(sent(request), counter=counter)
    if carried_out(form, lambda: actions.cancel(appointment, by=request.user, why=form.cleaned_data["why"])):
        messages.success(request, _("The appointment is cancelled, and the person is told."))
        return redirect(back_from(request, case))
    words: dict[str, Any] = {"title": _("Cancel the appointment"), "label": _("Cancel the appointment")}
    why_not = rules.why_not_rearrange(appointment, by=request.user)
    more = {"danger": True, "note": for_whom(appointment, request) or rules.when(appointment)}
    return form_page(request, case, form, why_not=why_not, more=more, **words)


def for_whom(appointment: Appointment, request: StaffRequest) -> str:
    """Whose appointment it is, to whoever changes it for somebody else."""
    if appointment.researcher_id == request.user.pk:
        return ""
    facts = {"name": appointment.researcher.name, "when": rules.when(appointment)}
    if appointment.researcher.mobile:
        return _("The appointment with %(name)s, %(when)s. The researcher is sent a message of the change.") % facts
    return _("The appointment with %(name)s, %(when)s.") % facts


SETTLED: dict[str, Any] = {
    AppointmentState.HELD: gettext_lazy("It is recorded that it was held. The study is open."),
    AppointmentState.MISSED: gettext_lazy("It is recorded that it did not take place. Arrange another time."),
}


@staff(Role.RESEARCHER)
@require_POST
def appointment_settle(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Held, missed, or neither after all: one tap on the list of the day."""
    _case, appointment = load_appointment(request, reference, pk)
    state = request.POST.get("state", "")
    try:
        if state == "back":
            actions.take_back(appointment, by=request.user)
            messages.success(request, _("The appointment is planned again."))
        elif state in SETTLED:
            actions.settle(appointment, by=request.user, state=state)
            messages.success(request, SETTLED[state])
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("requests:visits")


def load_appointment(request: StaffRequest, reference: str, pk: int) -> tuple[SupportRequest, Appointment]:
    case = load(request, reference)
    appointment = get_object_or_404(case.appointments.select_related("researcher"), pk=pk)
    appointment.case = case
    return case, appointment


# Handing over


@staff(*HOLDERS)
@require_http_methods(["GET", "POST"])
def hand_over(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    form = HandOverForm(sent(request), case=case)
    verb = lambda: actions.hand_over(case, by=request.user, to=form.chosen(), why=form.cleaned_data["why"])  # noqa: E731
    if carried_out(form, verb):
        messages.success(request, _("The case is now with %(name)s.") % {"name": form.chosen().name})
        return redirect(url("case", case) if request.user.holds(Role.MANAGER) else reverse("requests:visits"))
    words: dict[str, Any] = {"title": _("Hand the case over"), "label": _("Hand it over")}
    if case.researcher_id is None:
        words = {"title": _("Give the case to a researcher"), "label": _("Give it")}
    why_not = rules.why_not_hand_over(case, by=request.user) or nobody(form)
    more = {"note": case.researcher_id and _("The study and the planned appointments go with it. Nothing is lost.")}
    return form_page(request, case, form, why_not=why_not, more=more, **words)


def nobody(form: HandOverForm | AskOpinionForm) -> str | None:
    return None if form.colleagues else _("There is no other researcher who may study this case.")


# Second opinion


@staff(Role.RESEARCHER, Role.SECRETARY)
@require_http_methods(["GET", "POST"])
def opinion_ask(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    form = AskOpinionForm(sent(request), case=case, by=request.user)
    if asked := carried_out(form, lambda: actions.ask_opinion(case, by=request.user, **form.facts())):
        said = _("%(name)s is asked, and may read the study now.") % {"name": asked.colleague.name}
        messages.success(request, said)
        return redirect("requests:case", reference)
    words: dict[str, Any] = {"title": _("Ask for a second opinion"), "label": _("Ask the colleague")}
    why_not = rules.why_not_ask(case, by=request.user) or nobody(form)
    more = {"note": _("Your colleague reads this case and its study until they have answered.")}
    return form_page(request, case, form, why_not=why_not, more=more, **words)


@staff(Role.RESEARCHER)
@require_POST
def opinion_answer(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    case = load(request, reference)
    opinion = get_object_or_404(case.opinions, pk=pk, colleague=request.user)
    form = OpinionForm(request.POST)
    if not form.is_valid():
        card = visits_card(case, request.user, sight_of(case, request.user))
        return case_response(request, case, status=REFUSED, visits=card | {"opinion_form": form})
    facts = {"agrees": form.cleaned_data["agrees"] == "yes", "reasons": form.cleaned_data["reasons"]}
    try:
        actions.answer_opinion(opinion, by=request.user, **facts)
    except Refused as refused:
        return refusal(request, case, refused)
    messages.success(request, _("Your opinion is with your colleague. The case is closed to you again."))
    return redirect("oversight:waiting")


# Changes of circumstances


CHANGE_RECORDED = {
    False: gettext_lazy("The change is recorded; whoever studies or decides the case sees it."),
    True: gettext_lazy("The change is recorded; whoever delivers sees it, and the manager."),
}
CHANGE_MOVES = {
    False: gettext_lazy("The earliest decision date does not move."),
    True: gettext_lazy("The approval stands and no date moves; whoever delivers goes on, or cancels what is left."),
}


@staff(*COUNTER, Role.RESEARCHER)
@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    form = ChangeForm(sent(request))
    if carried_out(form, lambda: actions.record_change(case, by=request.user, **form.facts())):
        messages.success(request, CHANGE_RECORDED[case.state in rules.GRANTED])
        return redirect("requests:case", reference)
    words: dict[str, Any] = {"title": _("A change of circumstances"), "label": _("Record the change")}
    why_not = rules.why_not_record(case, by=request.user)
    more = {"note": CHANGE_MOVES[case.state in rules.GRANTED]}
    return form_page(request, case, form, why_not=why_not, more=more, **words)


@staff(Role.SECRETARY)
@require_POST
def back_to_research(request: StaffRequest, reference: str) -> HttpResponse:
    """The study no longer holds: the case goes back without a vote, to be recommended anew."""
    case = load(request, reference)
    try:
        workflow.perform(case, "return_to_research", by=request.user)
    except Refused as refused:
        return refusal(request, case, refused)
    messages.success(request, _("The case is with research again, to be brought up to date."))
    return redirect("committee:queue")


# The one page of the small forms


def sent(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None


def carried_out(form: Form, verb: Callable[[], Any]) -> Any:
    """What the verb made of a whole form. None where it was not sent so, or the verb refused: the form says why."""
    if not form.is_valid():
        return None
    try:
        return verb()
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return None


def form_page(
    request: StaffRequest,
    case: SupportRequest,
    form: Form,
    *,
    title: str,
    label: str,
    why_not: str | None,
    template: str = "form",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """The form, or the sentence that says why it is not to be filled in now."""
    context = {
        "case": case,
        "person": case.person.current,
        "sight": sight_of(case, request.user),
        "tone": TONES[State(case.state)],
        "form": form,
        "title": title,
        "label": label,
        "why_not": why_not,
        "back": back_from(request, case),
        "coming_from": coming_from(request),
        "crumbs": crumbs(case, title),
    }
    status = REFUSED if form.is_bound else 200
    return render(request, f"requests/visits/{template}.html", context | (more or {}), status=status)


def coming_from(request: StaffRequest) -> str:
    """Where the page was opened from, as a word; nothing else of the address is trusted."""
    return "visits" if (request.POST or request.GET).get("from") == "visits" else ""


def back_from(request: StaffRequest, case: SupportRequest) -> str:
    return reverse("requests:visits") if coming_from(request) else url("case", case)
