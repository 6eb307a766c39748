"""The only door to a state. Read this first; every other module is written to be this plain.

lock → why not → change → step row → audit → outbox row, in one transaction; delivery is nudged on commit.
"""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django_fsm import can_proceed

from accounts.models import User
from core import audit, clock
from core.errors import Refused
from requests import effects
from requests.models import ProgrammePermit, SupportRequest
from requests.permits.rules import PERMIT
from requests.rules import SUPPORT, Applicant, Rulebook, Sentence, wrong_role
from requests.states import Action

RULEBOOKS: dict[type[models.Model], Rulebook] = {SupportRequest: SUPPORT, ProgrammePermit: PERMIT}


def why_not(case: Any, name: str, *, by: User | Applicant) -> Sentence:
    """Why `by` may not do this to `case` now, as one sentence; None when they may.

    Asked by the page to disable a button and by `perform` to refuse the POST.
    """
    book = RULEBOOKS[type(case)]
    action = book.actions[name]
    if not can_proceed(getattr(case, name), check_conditions=False):
        return _("This cannot be done while the request is: %(state)s.") % {"state": case.get_state_display()}
    if sentence := wrong_role(case, action, by):
        return sentence
    return first(guard(case, by) for guard in book.guards.get(name, ()))


@transaction.atomic
def perform(case: Any, name: str, *, by: User | Applicant, why: str = "", **facts: Any) -> Any:
    """Move `case` by one action and record it. Returns the case as it now stands; raises Refused with a sentence.

    `facts` are what the action needs besides (`requests.rules`, needs): papers, how it is received, and so on.
    """
    case = lock(case)
    facts |= {"why": why}
    if sentence := out_of_sight(case, by) or why_not(case, name, by=by) or lacking(case, name, by, facts):
        raise Refused(sentence)
    before = case.state
    getattr(case, name)(**facts)
    case.state_since = clock.now()
    case.save()
    effects.of(case, name, by=by, facts=facts)
    write_down(case, RULEBOOKS[type(case)].actions[name], before=before, by=by, why=why)
    return case


@transaction.atomic
def begin(case: Any, name: str, *, by: User | Applicant) -> Any:
    """The first step of a new case: – → its first state. Raises Refused when `by` may not begin one."""
    action = RULEBOOKS[type(case)].actions[name]
    if sentence := wrong_role(case, action, by):
        raise Refused(sentence)
    case.save()
    write_down(case, action, before="", by=by, why="")
    return case


def lock(case: Any) -> Any:
    """The case as it stands in the database, held until the end of the transaction."""
    return type(case).objects.select_for_update().get(pk=case.pk)


def out_of_sight(case: Any, by: User | Applicant) -> Sentence:
    """The view answered 404 already; this stands for every other caller."""
    if isinstance(by, Applicant) or type(case).objects.visible_to(by).filter(pk=case.pk).exists():
        return None
    return _("This request is not among those you work on.")


def lacking(case: Any, name: str, by: User | Applicant, facts: dict[str, Any]) -> Sentence:
    return first(need(case, by, facts) for need in RULEBOOKS[type(case)].needs.get(name, ()))


def first(sentences) -> Sentence:
    return next((sentence for sentence in sentences if sentence), None)


def write_down(case: Any, action: Action, *, before: str, by: User | Applicant, why: str) -> None:
    """The step, the audit row and the message: the same transaction as the move, or none of them."""
    by_user = by if isinstance(by, User) else None
    step = case.steps.create(action=action.name, from_state=before, to_state=case.state, by=by_user, why=why)
    audit.record(action.name, case, by=by, changes={"state": [before, case.state]})  # why: in the step, once
    if action.event:
        effects.tell(case, action.event, once=str(step.pk))
