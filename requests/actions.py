"""Verbs on a case that do not move its state; moving is `requests.workflow.perform` alone."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import COUNTER, Role
from beneficiaries.actions import amend
from core import audit, clock
from core.errors import Refused
from policies.models import WaitingStart
from policies.rules import roles_in_words
from requests import workflow
from requests.models import SupportRequest, Told
from requests.rules import not_the_counters
from requests.states import FINAL, State


def why_not_tell_period(case: SupportRequest, *, by: User) -> str | None:
    if not_the_counters(case, by):
        return _("This step belongs to: %(roles)s.") % {"roles": roles_in_words(COUNTER, case.policy_version)}
    if case.informed_at is not None:
        return _("The person was told already; the date does not move.")
    if case.state in FINAL:
        return _("This cannot be done while the request is: %(state)s.") % {"state": case.get_state_display()}
    return None


@transaction.atomic
def tell_period(case: SupportRequest, *, by: User) -> SupportRequest:
    """Record that the person was told now: from here the waiting period counts, and never moves (rule 1)."""
    case = workflow.lock(case)
    if sentence := why_not_tell_period(case, by=by):
        raise Refused(sentence)
    case.informed_at = clock.now()
    if case.waiting_starts_at == WaitingStart.INFORMED:
        case.start_waiting(clock.local_date(case.informed_at))
    case.save()
    audit.record("told_period", case, by=by, changes={"earliest": [None, str(case.earliest_decision_on)]})
    return case


@transaction.atomic
def take_for_research(case: SupportRequest, *, by: User) -> SupportRequest:
    """A researcher takes an unassigned case of their area. Raises Refused when another has it."""
    case = workflow.lock(case)
    if not by.holds(Role.RESEARCHER):
        raise Refused(_("Only a social researcher takes a case for study."))
    if sentence := workflow.out_of_sight(case, by):
        raise Refused(sentence)
    if case.state != State.SOCIAL_RESEARCH:
        raise Refused(_("This request is not with social research now."))
    if case.researcher_id and case.researcher_id != by.pk:
        raise Refused(_("Another researcher has taken this case."))
    case.researcher = by
    case.save(update_fields=["researcher"])
    audit.record("taken_for_research", case, by=by)
    return case


def why_not_tell_decision(case: SupportRequest, *, by: User) -> str | None:
    if not_the_counters(case, by):
        return _("The decision is told by the relations officer or the branch delegate.")
    if case.state not in (State.APPROVED, State.REJECTED):
        return _("There is no decision to tell now.")
    if case.decision_told_at:
        return _("The person was told the decision already.")
    return None


@transaction.atomic
def tell_decision(case: SupportRequest, *, by: User, how: str) -> SupportRequest:
    """Record that the person was told the decision, and how (needed before registration)."""
    case = workflow.lock(case)
    if sentence := why_not_tell_decision(case, by=by):
        raise Refused(sentence)
    case.decision_told_at, case.decision_told_how = clock.now(), Told(how)
    case.save(update_fields=["decision_told_at", "decision_told_how"])
    audit.record("told_decision", case, by=by, changes={"how": how})
    return case


@transaction.atomic
def complete_file(case: SupportRequest, *, by: User, **facts: Any) -> SupportRequest:
    """Fill in what registration still needs to know of the person (policy clause PS-6)."""
    case = workflow.lock(case)
    if case.state != State.APPROVED or not_the_counters(case, by):
        raise Refused(_("The file is completed after an approval, by the relations officer."))
    amend(case.person.current, by=by, **facts)
    return case


@transaction.atomic
def postpone(case: SupportRequest, *, by: User, until: date) -> SupportRequest:
    """The committee's postponement: the case stays where it is, its earliest date never moves (rule 1). Why stands
    in the proposal, where the committee reads it: the record is read at the counter too."""
    case = workflow.lock(case)
    if case.state != State.COMMITTEE_REVIEW:
        raise Refused(_("Only a case with the committee is postponed."))
    case.postponed_until = until
    case.save(update_fields=["postponed_until"])
    audit.record("postponed", case, by=by, changes={"until": until.isoformat()})
    return case
