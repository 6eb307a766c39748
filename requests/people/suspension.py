"""The suspension of a file: proposed, decided by a second person, told, objected to, lifted (rule 3)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import StaffRequest, staff
from accounts.models import User
from accounts.roles import COUNTER, Role
from beneficiaries.models import Person, Suspension
from beneficiaries.suspension import actions, rules
from beneficiaries.suspension.forms import AnswerForm, ObjectionForm, ProposeForm, ReasonForm
from channels import wording
from core import audit, once
from core.errors import Refused
from requests.happened import messages_of
from requests.models import SupportRequest
from requests.people.access import closed_to, people_of, person_for, sight_of_file
from requests.people.page import crumbs
from requests.views import REFUSED, load_file

OPENS = (*COUNTER, Role.MANAGER)
SHOWN = 50
TONES = {"proposed": "wait", "in_force": "no", "refused": "off", "lifted": "ok", "ended": "off"}
SAID: dict[str, str | Promise] = {
    "confirm": gettext_lazy("The file is suspended, and the person is told."),
    "refuse": gettext_lazy("The proposal is refused; nothing changes for the person."),
    "object": gettext_lazy("The objection is written down; somebody else answers it."),
    "answer": gettext_lazy("The answer is kept, and the person is told."),
    "lift": gettext_lazy("The suspension is lifted, and the person is told."),
}
STEPS: dict[str, tuple[type[Form] | None, Callable[[Suspension, User], str | None]]] = {
    "confirm": (None, rules.why_not_settle),
    "refuse": (ReasonForm, rules.why_not_settle),
    "object": (ObjectionForm, rules.why_not_object),
    "answer": (AnswerForm, rules.why_not_answer),
    "lift": (ReasonForm, rules.why_not_lift),
}
"""Each step with what it asks and the rule that opens it."""


def state_of(suspension: Suspension) -> dict[str, Any]:
    """Its state as today stands: one whose last day has passed is over."""
    state = rules.State.ENDED if rules.is_over(suspension) else rules.State(suspension.state)
    return {"label": state.label, "tone": TONES[state]}


# Proposing


@staff(*OPENS)
@require_http_methods(["GET", "POST"])
def suspend(request: StaffRequest, pk: int) -> HttpResponse:
    person = person_for(request, pk)
    whole = sight_of_file(person, request.user).whole
    return proposing(request, person, whole=whole, back=reverse("requests:person", args=[person.pk]))


@staff(*OPENS, Role.RESEARCHER)
@require_http_methods(["GET", "POST"])
def suspend_from_case(request: StaffRequest, reference: str) -> HttpResponse:
    """From the request whose data was untrue; the researcher who found it out has no other way to the file."""
    case, sight = load_file(request, reference)
    person = case.person.current
    if person.pk in closed_to(request.user):  # by a conflict in another request of theirs
        raise Http404
    back = reverse("requests:case", args=[reference])
    return proposing(request, person, whole=sight.whole, about=case.reference, back=back)


def proposing(request: StaffRequest, person: Person, *, whole: bool, back: str, about: str = "") -> HttpResponse:
    """The form of a proposal; the same form sent twice proposes once."""
    form = ProposeForm(request.POST if request.method == "POST" else None)
    refused = rules.why_not_propose(person, request.user)
    if form.is_bound and form.is_valid():
        try:
            once.sent(once.key_of(request.POST), lambda: proposed(person, request.user, form, about))
        except Refused as error:
            refused = error.sentence
        else:
            messages.success(request, _("The proposal waits for a second person; until then nothing changes."))
            return redirect(back)
    context = {
        "person": person,
        "whole": whole,
        "about": about,
        "form": form,
        "form_key": once.key_of(request.POST),
        "refused": refused,
        "back": back,
    }
    return render(request, "requests/people/suspension/propose.html", context, status=REFUSED if form.is_bound else 200)


def proposed(person: Person, by: User, form: ProposeForm, about: str) -> str:
    return str(actions.propose(person, by=by, about=about, **form.cleaned_data).pk)


# Deciding, objecting, answering, lifting


def load(request: StaffRequest, pk: int) -> Suspension:
    """The suspension, where this user finds the person; a case of whom is closed to them, so is this."""
    suspension = get_object_or_404(
        Suspension.objects.select_related("person", "proposed_by", "settled_by", "objection_answered_by", "lifted_by"),
        pk=pk,
    )
    person_for(request, suspension.person_id)
    return suspension


@staff(*OPENS)
@require_http_methods(["GET", "POST"])
def suspension(request: StaffRequest, pk: int) -> HttpResponse:
    row = load(request, pk)
    if request.method == "GET":
        return shown(request, row)
    step = request.POST.get("step", "")
    if step not in STEPS:
        raise Http404
    wanted = STEPS[step][0]
    form = wanted(request.POST) if wanted else None
    if form and not form.is_valid():
        return shown(request, row, {step: form}, status=REFUSED)
    try:
        take(step, row, by=request.user, data=form.cleaned_data if form else {})
    except Refused as refused:
        messages.error(request, refused.sentence)
        return shown(request, load(request, pk), status=REFUSED)
    messages.success(request, str(SAID[step]))
    return redirect("requests:suspension", pk)


def take(step: str, row: Suspension, *, by: User, data: dict[str, Any]) -> Suspension:
    match step:
        case "confirm":
            return actions.confirm(row, by=by)
        case "refuse":
            return actions.refuse(row, by=by, why=data["why"])
        case "object":
            return actions.object_to(row, by=by, words=data["words"], how=data["how"])
        case "answer":
            return actions.answer(row, by=by, words=data["words"], lifts=data["outcome"] == "lift")
        case _:
            return actions.lift(row, by=by, why=data["why"])


def shown(
    request: StaffRequest, row: Suspension, sent: dict[str, Form] | None = None, status: int = 200
) -> HttpResponse:
    """The page of one suspension, with the steps that are open to this user, and why the next one is not."""
    audit.looked_at(row.person, by=request.user, what="suspension")
    person, user = row.person.current, request.user
    why_not = {step: rule(row, user) for step, (_form, rule) in STEPS.items()}
    forms = {step: (sent or {}).get(step) or (form() if form else None) for step, (form, _rule) in STEPS.items()}
    case = SupportRequest.objects.visible_to(user).filter(reference=row.about).first() if row.about else None
    context = {
        "row": row,
        "person": person,
        "whole": sight_of_file(person, user).whole,
        "state": state_of(row),
        "case": case,
        "open": {step: not sentence for step, sentence in why_not.items()},
        "waits": why_not["confirm"],
        "unanswered": row.objected_at and not row.objection_answered_at and not rules.not_in_force(row),
        "why_not_answer": why_not["answer"],
        "last_day": rules.last_day_to_object(row) if row.state == rules.State.IN_FORCE else None,
        "forms": forms,
        "proposed": row.state == rules.State.PROPOSED,
        "to_read": row.state == rules.State.IN_FORCE and not rules.is_over(row),
        "text": wording.render(actions.told_first(row), actions.facts_of(row)),
        "told": messages_of(row),
        "crumbs": crumbs(user, person, sight_of_file(person, user), _("Suspension of the file")),
    }
    return render(request, "requests/people/suspension/suspension.html", context, status=status)


@staff(*OPENS)
@require_safe
def suspensions(request: StaffRequest) -> HttpResponse:
    """What waits for a second person, and what is in force, among the people this user finds."""
    rows = within_sight(request.user).select_related("person").order_by("-pk")
    waits = list(rows.filter(state=rules.State.PROPOSED)[:SHOWN])
    in_force = list(rows.filter(rules.today_in_force())[:SHOWN])
    context = {
        "waits": [listed(row, request.user) for row in waits],
        "in_force": [listed(row, request.user) for row in in_force],
    }
    return render(request, "requests/people/suspension/list.html", context)


def listed(row: Suspension, user: User) -> dict[str, Any]:
    return {
        "row": row,
        "state": state_of(row),
        "whole": sight_of_file(row.person, user).whole,
        "objection": bool(row.objected_at and not row.objection_answered_at),
    }


def within_sight(user: User):
    return Suspension.objects.filter(person__in=people_of(user))


def waiting_for(user: User) -> list[Suspension]:
    """What this user may decide or answer today, oldest first; for the page of what waits for them."""
    if not user.holds(*rules.SETTLE):
        return []
    rows = within_sight(user).select_related("person").order_by("pk")
    proposals = rows.filter(state=rules.State.PROPOSED).exclude(proposed_by=user)
    objections = rows.filter(rules.today_in_force(), objected_at__isnull=False, objection_answered_at=None)
    mine = objections.exclude(proposed_by=user).exclude(settled_by=user)
    return [*proposals[:SHOWN], *mine[:SHOWN]]
