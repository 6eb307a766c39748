"""Programmes: proposed by a volunteer, raised to the authority, answered when it answers (clauses PS-D1, PS-D4)."""

from datetime import timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_fsm import can_proceed

from accounts.access import StaffRequest, public, staff
from accounts.roles import Role
from core import once, outbox
from core.errors import Refused
from core.limits import KEEP_THE_NUMBER, PUBLIC_MESSAGES, TOO_OFTEN, Limit, address_of, within
from core.references import format_reference
from policies.models import PolicyVersion, Procedure
from requests import workflow
from requests.models import ProgrammePermit
from requests.permits import actions
from requests.permits.forms import FORMS, SUBMITS, EnterForm, ProposeForm
from requests.permits.models import PERMIT_DESK, PermitState
from requests.permits.rules import PERMIT, TONES, public_steps
from requests.rules import Applicant

PROPOSED_FROM_ONE_ADDRESS = Limit("propose", 10, timedelta(minutes=15))
PROPOSED_WITH_ONE_MOBILE = Limit("propose-mobile", 5, timedelta(hours=1))
OPEN = (PermitState.PROPOSED, PermitState.RAISED, PermitState.ISSUED)
SHOWN = 200
RECENT = 20


def only_where_offered() -> None:
    """A policy without programme permits has none of these pages."""
    policy = PolicyVersion.in_force()
    if policy is None or not policy.has(Procedure.PROGRAMME_PERMITS):
        raise Http404


@public
def propose(request: HttpRequest) -> HttpResponse:
    only_where_offered()
    form = ProposeForm(request.POST or None)
    key = once.key_of(request.POST)
    context = {"form": form, "form_key": key}
    if request.method != "POST" or not form.is_valid():
        return render(request, "requests/permits/propose.html", context, status=422 if form.is_bound else 200)
    if not may_send(request, form.cleaned_data["mobile"]):
        form.add_error(None, TOO_OFTEN)
        return render(request, "requests/permits/propose.html", context, status=429)
    told = within(PUBLIC_MESSAGES)
    token = once.sent(key, lambda: taken(form.cleaned_data, told=told))
    messages.success(request, _("Your programme has reached us. Thank you."))
    if not told:
        reference = ProgrammePermit.objects.get(status_token=token).reference
        messages.warning(request, KEEP_THE_NUMBER % {"reference": format_reference(reference)})
    return redirect("requests:permit_status", token)


def taken(facts: dict[str, Any], *, told: bool) -> str:
    """Take the programme; once the day's messages are used up, without one. Returns the key of its page."""
    proposed = actions.propose(by=Applicant(), **facts)
    if not told:
        outbox.withhold(proposed, why=PUBLIC_MESSAGES.name)
    return proposed.status_token


def may_send(request: HttpRequest, mobile: str) -> bool:
    """Each sending brings a text message, so each address and each mobile has its limit."""
    return within(PROPOSED_FROM_ONE_ADDRESS, address_of(request)) and within(PROPOSED_WITH_ONE_MOBILE, mobile)


@public
@never_cache
def permit_status(request: HttpRequest, token: str) -> HttpResponse:
    return show(request, get_object_or_404(ProgrammePermit, status_token=token))


def show(request: HttpRequest, permit: ProgrammePermit) -> HttpResponse:
    """Where a programme stands, for whoever proposed it; no name and no number of theirs."""
    context = {
        "permit": permit,
        "state": PermitState,
        "steps": public_steps(permit, list(permit.steps.values_list("to_state", "at"))),
    }
    return render(request, "requests/permits/status.html", context)


@staff(*PERMIT_DESK)
def permits(request: StaffRequest) -> HttpResponse:
    """What is open, grouped by state and oldest first, then what ended lately."""
    only_where_offered()
    visible = ProgrammePermit.objects.visible_to(request.user)
    rows = sorted(visible.filter(state__in=OPEN).order_by("state_since")[:SHOWN], key=lambda row: OPEN.index(row.state))
    groups = [
        {"label": PermitState(state).label, "tone": TONES[PermitState(state)], "permits": list(group)}
        for state, group in groupby(rows, lambda row: row.state)
    ]
    ended = visible.exclude(state__in=OPEN).order_by("-state_since")[:RECENT]
    return render(request, "requests/permits/list.html", {"groups": groups, "ended": with_tone(ended)})


def with_tone(permits) -> list[dict[str, Any]]:
    return [{"permit": permit, "tone": TONES[PermitState(permit.state)]} for permit in permits]


@staff(Role.OFFICER)
def permit_new(request: StaffRequest) -> HttpResponse:
    """A programme told at the desk, entered on the volunteer's behalf."""
    only_where_offered()
    form = EnterForm(request.POST or None)
    key = once.key_of(request.POST)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "form_key": key}
        return render(request, "requests/permits/new.html", context, status=422 if form.is_bound else 200)
    reference = once.sent(key, lambda: actions.propose(by=request.user, **form.cleaned_data).reference)
    messages.success(request, _("The programme is entered, and the volunteer is told its number."))
    return redirect("requests:permit", reference)


@staff(*PERMIT_DESK)
def permit(request: StaffRequest, reference: str) -> HttpResponse:
    return page(request, visible_permit(request, reference))


def visible_permit(request: StaffRequest, reference: str) -> ProgrammePermit:
    return get_object_or_404(ProgrammePermit.objects.visible_to(request.user), reference=reference)


def page(
    request: StaffRequest, permit: ProgrammePermit, *, tried: str = "", form: forms.Form | None = None
) -> HttpResponse:
    """One programme; `tried` and `form` show again what was refused, as it was typed."""
    context = {
        "permit": permit,
        "contact": request.user.reads_names,
        "tone": TONES[PermitState(permit.state)],
        "actions": [possible(request, permit, name, form if name == tried else None) for name in legal(permit)],
        "history": [history_row(step) for step in permit.steps.select_related("by").order_by("-id")],
    }
    return render(request, "requests/permits/permit.html", context, status=422 if tried else 200)


def legal(permit: ProgrammePermit) -> list[str]:
    """The actions that lead on from the state the permit is in."""
    return [name for name in FORMS if can_proceed(getattr(permit, name), check_conditions=False)]


def possible(request: StaffRequest, permit: ProgrammePermit, name: str, form: forms.Form | None) -> dict[str, Any]:
    action = PERMIT.actions[name]
    return {
        "label": action.label,
        "submit": SUBMITS.get(name, action.label),
        "tone": action.tone,
        "url": reverse("requests:permit_act", args=[permit.reference, name]),
        "form": form or FORMS[name](prefix=name),
        "why_not": workflow.why_not(permit, name, by=request.user),
    }


def history_row(step) -> dict[str, Any]:
    """The action and by whom; without a user it was the volunteer."""
    return {
        "what": PERMIT.actions[step.action].label,
        "who": step.by or _("the volunteer"),
        "why": step.why,
        "at": step.at,
    }


@staff(*PERMIT_DESK)
@require_POST
def permit_act(request: StaffRequest, reference: str, action: str) -> HttpResponse:
    permit = visible_permit(request, reference)
    if action not in FORMS:
        raise Http404
    form = FORMS[action](request.POST, prefix=action)
    if not form.is_valid():
        return page(request, permit, tried=action, form=form)
    try:
        workflow.perform(permit, action, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return page(request, permit, tried=action, form=form)
    messages.success(request, _("Done, and the volunteer is told."))
    return redirect("requests:permit", permit.reference)
