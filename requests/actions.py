"""Verbs on a case that do not move its state; moving is `requests.workflow.perform` alone."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import COUNTER, Role
from beneficiaries.actions import amend, keep_document
from core import audit, clock
from core.errors import Refused
from core.hijri import TypedDate, format_dual
from core.models import StoredFile
from policies.models import WaitingStart
from policies.rules import roles_in_words
from requests import workflow
from requests.models import CheckState, DocumentCheck, Exclusion, SupportRequest, Told
from requests.states import FINAL, State

JUDGED_IN = (State.RECEIVED, State.AWAITING_DOCUMENTS, State.VERIFIED, State.APPROVED)


def why_not_tell_period(case: SupportRequest, *, by: User) -> str | None:
    if not by.holds(*COUNTER):
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


def why_not_judge(case: SupportRequest, *, by: User) -> str | None:
    """Why papers cannot be judged now; None when they can."""
    if not by.holds(*COUNTER):
        return _("Papers are judged by the relations officer or the branch delegate.")
    if case.state not in JUDGED_IN:
        return not_judged_now(case)
    return None


def not_judged_now(case: SupportRequest) -> str:
    return _("Papers are not judged while the request is: %(state)s.") % {"state": case.get_state_display()}


def is_judged(case: SupportRequest, check: DocumentCheck) -> bool:
    """After the approval only the validity of what was accepted is renewed."""
    return case.state != State.APPROVED or (check.has_expiry and check.state == CheckState.ACCEPTED)


@transaction.atomic
def judge_paper(
    check: DocumentCheck,
    *,
    by: User,
    state: str,
    valid_until: TypedDate | None = None,
    reason: str = "",
    file: StoredFile | None = None,
) -> DocumentCheck:
    """Judge one paper as at submission; after the decision, only its renewed validity is recorded.

    Raises Refused: an expired paper cannot be accepted, a problem or an absence needs its reason,
    and only a paper that may not exist is said not to exist (policy clause PS-2).
    """
    case = workflow.lock(check.case)
    check = case.checks.get(pk=check.pk)  # as it stands now: papers may have been asked for meanwhile
    if case.state == State.APPROVED:
        state = CheckState.ACCEPTED
    if sentence := why_not_judge(case, by=by) or paper_refused(check, case, state, valid_until, reason):
        raise Refused(sentence)
    if case.state == State.APPROVED:
        check.renewed_until = valid_until.gregorian if valid_until else None
    else:
        check.state, check.reason = state, reason
        check.valid_until = valid_until.gregorian if valid_until else None
        check.valid_until_typed = valid_until.typed if valid_until else ""
    check.file = file or check.file
    check.judged_by, check.judged_at = by, clock.now()
    check.save()
    if state == CheckState.ACCEPTED:
        keep_document(case.person.current, code=check.code, label=check.label, valid_until=valid_until, file=check.file)
    audit.record("judged_paper", case, by=by, changes={"paper": check.code, "state": state}, why=reason)
    return check


def paper_refused(
    check: DocumentCheck, case: SupportRequest, state: str, valid_until: TypedDate | None, reason: str
) -> str | None:
    if not is_judged(case, check):
        return not_judged_now(case)
    if state in (CheckState.PROBLEM, CheckState.DOES_NOT_EXIST) and not reason.strip():
        return _("Write the reason, so that the person can be told.")
    if state == CheckState.DOES_NOT_EXIST and not check.may_not_exist:
        return _("%(paper)s is required from everyone; ask for it.") % {"paper": check.label}
    if state != CheckState.ACCEPTED or not check.has_expiry:
        return None
    if valid_until is None:
        return _("Enter the date until which %(paper)s is valid.") % {"paper": check.label}
    if valid_until.gregorian < valid_on(case):
        return _("%(paper)s expired on %(date)s and cannot be accepted. Ask for a valid one.") % {
            "paper": check.label,
            "date": format_dual(valid_until.gregorian),
        }
    return None


def valid_on(case: SupportRequest) -> date:
    """The day papers are judged against: submission; at registration, today."""
    return clock.today() if case.state == State.APPROVED else clock.local_date(case.received_at)


@transaction.atomic
def take_for_research(case: SupportRequest, *, by: User) -> SupportRequest:
    """A researcher takes an unassigned case of their area. Raises Refused when another has it."""
    case = workflow.lock(case)
    if not by.holds(Role.RESEARCHER):
        raise Refused(_("Only a social researcher takes a case for study."))
    if case.state != State.SOCIAL_RESEARCH:
        raise Refused(_("This request is not with social research now."))
    if case.researcher_id and case.researcher_id != by.pk:
        raise Refused(_("Another researcher has taken this case."))
    case.researcher = by
    case.save(update_fields=["researcher"])
    audit.record("taken_for_research", case, by=by)
    return case


def why_not_tell_decision(case: SupportRequest, *, by: User) -> str | None:
    if not by.holds(*COUNTER):
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
    if case.state != State.APPROVED or not by.holds(*COUNTER):
        raise Refused(_("The file is completed after an approval, by the relations officer."))
    amend(case.person.current, by=by, **facts)
    return case


@transaction.atomic
def postpone(case: SupportRequest, *, by: User, until: date, why: str) -> SupportRequest:
    """The committee's postponement: the case stays where it is, its earliest date never moves (rule 1)."""
    case = workflow.lock(case)
    if case.state != State.COMMITTEE_REVIEW:
        raise Refused(_("Only a case with the committee is postponed."))
    case.postponed_until = until
    case.save(update_fields=["postponed_until"])
    audit.record("postponed", case, by=by, changes={"until": until.isoformat()}, why=why)
    return case


@transaction.atomic
def declare_conflict(case: SupportRequest, *, by: User, why: str) -> Exclusion:
    """Declare a conflict of interest: from now on the case is closed to this person (rule 5)."""
    case = workflow.lock(case)
    row, _created = Exclusion.objects.get_or_create(case=case, user=by, why=Exclusion.Why.CONFLICT_DECLARED)
    audit.record("declared_conflict", case, by=by, why=why)
    return row
