"""May this happen? Questions without side effects; each answers with None, or with the sentence that says why not.

The same sentence refuses the POST, disables the button and stands beside it (code.md, line 10).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import COUNTER, SIGHT, Role
from beneficiaries.models import Person
from beneficiaries.suspension import rules as suspension
from core import clock
from core.hijri import format_dual
from policies.models import PolicyVersion, Procedure
from policies.rules import days_in_words, roles_in_words
from requests.decision.issuing import not_theirs_to_issue
from requests.models import Appeal, CheckState, Decision, Exclusion, Outcome, ReceiveBy, SupportRequest
from requests.states import ACTIONS, TURN, Action, By, CloseReason, State
from requests.visits.rules import appointment_open, changed_since, is_asked, must_go_back, study_expired

Sentence = str | None
Guard = Callable[[Any, Any], Sentence]
Need = Callable[[Any, Any, dict[str, Any]], Sentence]


@dataclass(frozen=True)
class Rulebook:
    """What the workflow asks of one model: its actions, what stands in their way, and what must come with them."""

    actions: dict[str, Action]
    guards: dict[str, tuple[Guard, ...]] = field(default_factory=dict)
    needs: dict[str, tuple[Need, ...]] = field(default_factory=dict)


class Applicant:
    """The person served, acting on their own request."""

    pk = None
    username = "applicant"
    is_active = True

    def holds(self, *roles: Role) -> bool:
        return False


# Who


def wrong_role(case: Any, action: Action, by: User | Applicant) -> Sentence:
    """The tables of product.md: role, turn, assignment, and whose office it is to issue."""
    if isinstance(by, Applicant):
        return None if action.by is By.APPLICANT else _("This step is done by the association's staff.")
    if not by.holds(*action.roles):
        return _("This step belongs to: %(roles)s.") % {"roles": roles_in_words(action.roles, case.policy_version)}
    if isinstance(case, SupportRequest) and not within_reach(case, by, action.roles):
        return _("This request is not among those you work on.")
    if action.by is By.TURN and not has_turn(case, by):
        return _("Papers are asked for by whoever has the request in hand.")
    if action.by is By.ASSIGNED_RESEARCHER and case.researcher_id != by.pk:
        return _("Only the researcher assigned to this case may do this.")
    return not_theirs_to_issue(case, by) if action.by is By.CHAIR else None


def has_turn(case: Any, by: User) -> bool:
    """Whether the case waits for `by`; what one researcher studies does not wait for another, who may only read it."""
    others = case.state == State.SOCIAL_RESEARCH and case.researcher_id not in (None, by.pk)
    return by.holds(*TURN.get(State(case.state), ())) and not others


def within_reach(case: SupportRequest, by: User, roles: Iterable[Role]) -> bool:
    """Whether a role of theirs among these reaches the case: one that sees every branch lends the counter nothing."""
    return by.holds(*(role for role in roles if role not in COUNTER)) or by.serves(case.branch_id)


def not_the_counters(case: SupportRequest, by: User) -> bool:
    """Whether `by` does not stand at the counter that has this case."""
    return not (by.holds(*COUNTER) and by.serves(case.branch_id))


def took_part_before(case: SupportRequest, by: User) -> Sentence:
    """Excluded from voting and issuing: the verifier, the researcher, whoever has a conflict (rule 5)."""
    row = case.exclusions.filter(user_id=by.pk, why__in=Exclusion.FROM_DECIDING).first()
    if row is None:
        return None
    return _("You may not decide this case: you %(why)s.") % {"why": row.get_why_display()}


def decided_it(case: SupportRequest, by: User) -> Sentence:
    """Nobody who voted on a case or issued its decision carries it out (rule 5)."""
    row = case.exclusions.filter(user_id=by.pk, why__in=Exclusion.FROM_CARRYING_OUT).first()
    if row is None:
        return None
    return _("A colleague must do this step: you %(why)s in this case.") % {"why": row.get_why_display()}


def proposed_it(case: SupportRequest, by: User) -> Sentence:
    """Whoever proposed the decision does not issue it (rule 5)."""
    decision = open_decision(case)
    if decision and decision.proposed_by_id == by.pk:
        return _("You proposed this decision, so another person issues it.")
    return None


def sees_study(case: SupportRequest, by: User) -> bool:
    """The sensitive study is read only under a role that the table gives it to."""
    if by.holds(Role.RESEARCHER) and (case.researcher_id == by.pk or is_asked(case, by)):
        return True
    return by.holds(*(role for role, sight in SIGHT.items() if sight.study and role != Role.RESEARCHER))


# When


def earliest_decision_date(waiting_from: date, days: int) -> date:
    """The first day on which a decision may be issued: calendar days in Riyadh (rule 1; policy clause PS-5)."""
    return waiting_from + timedelta(days=days)


def decidable_today(case: SupportRequest) -> bool:
    """Whether the waiting period of the case is over (rule 1)."""
    return case.earliest_decision_on is not None and case.earliest_decision_on <= clock.today()


def too_early(case: SupportRequest, by: Any) -> Sentence:
    """Before the earliest date no decision is issued; there is no exception (rule 1)."""
    if case.earliest_decision_on is None:
        return _("The waiting period has not begun: tell the person first, then count.")
    if clock.today() < case.earliest_decision_on:
        return _("No decision before %(date)s: the policy promises a period of no less than %(period)s.") % {
            "date": format_dual(case.earliest_decision_on, weekday=True),
            "period": days_in_words(case.min_decision_days),
        }
    return None


def postponed(case: SupportRequest, by: Any) -> Sentence:
    """A postponed case waits for its day, though its earliest date never moves."""
    if case.postponed_until and clock.today() < case.postponed_until:
        return _("The committee postponed this case until %(date)s.") % {"date": format_dual(case.postponed_until)}
    return None


def appeal_is_open(case: SupportRequest, by: Any) -> Sentence:
    """Reopened by its one objection alone, which came in time (`appeal.rules`); later, when the period is over too."""
    appeal = Appeal.objects.filter(case=case).first()
    if appeal is None:
        return _("Nobody has objected to this decision. An objection is registered first, then the case is reopened.")
    if appeal.reopened_at:
        return _("This request was reopened once already; the second decision is final.")
    return None


# What


def not_told(case: SupportRequest, by: Any) -> Sentence:
    if case.informed_at is None:
        return _("Tell the person first that the committee decides and how long it takes, and tick that you did.")
    return None


def papers_unsettled(case: SupportRequest, by: Any) -> Sentence:
    """Every required paper is accepted, or said not to exist with a reason; an upload alone moves nothing."""
    missing = [check.label for check in case.checks.all() if not check.settled]
    if missing:
        return _("Not settled yet: %(papers)s. Accept each paper, or write why it does not exist.") % {
            "papers": "، ".join(missing)
        }
    return None


def papers_expired_at_submission(case: SupportRequest, by: Any) -> Sentence:
    """Papers are judged as at submission (policy clause PS-2)."""
    return expired_sentence(case, clock.local_date(case.received_at), lambda check: check.valid_until)


def papers_expired_today(case: SupportRequest, by: Any) -> Sentence:
    """Registration needs papers that are valid today (rule 4)."""
    return expired_sentence(case, clock.today(), lambda check: check.valid_to)


def expired_sentence(case: SupportRequest, day: date, valid_to: Callable[[Any], date | None]) -> Sentence:
    accepted = [check for check in case.checks.all() if check.state == CheckState.ACCEPTED]
    expired = [check.label for check in accepted if (valid_to(check) or day) < day]
    if expired:
        return _("Expired on %(day)s: %(papers)s. Ask for a valid one.") % {
            "papers": "، ".join(expired),
            "day": format_dual(day),
        }
    return None


def study_incomplete(case: SupportRequest, by: Any) -> Sentence:
    study = getattr(case, "study", None)
    if study is None or study.completed_at is None:
        return _("Complete the study first: what was found, the recommendation and its reasons.")
    return None


def open_decision(case: SupportRequest) -> Decision | None:
    """What the committee carried and nobody has settled yet."""
    return case.decisions.filter(settled_at=None).first()


def carried_decision(case: SupportRequest) -> Decision:
    """The same, where a guard has made sure that there is one."""
    return case.decisions.get(settled_at=None)


def carried(outcome: Outcome) -> Guard:
    """A guard: the committee carried this outcome in a quorate meeting and the secretary proposed it."""

    def not_carried(case: SupportRequest, by: Any) -> Sentence:
        decision = open_decision(case)
        if decision is None:
            return _("The committee has not carried a decision on this case yet.")
        if decision.outcome != outcome:
            return _("The committee carried another outcome: %(outcome)s.") % {
                "outcome": decision.get_outcome_display()
            }
        return None

    return not_carried


def neither_carried_nor_outdated(case: SupportRequest, by: Any) -> Sentence:
    """Back to research as the committee's outcome; or without a vote, where the study no longer holds."""
    return None if must_go_back(case) else carried(Outcome.RETURN_TO_RESEARCH)(case, by)


HOLDS = (study_expired, changed_since)
"""Nobody decides by a study that expired, or that does not know what changed since."""


def committee_did_not_ask(case: SupportRequest, by: Any) -> Sentence:
    """From the committee, papers are asked for only as its carried outcome."""
    return carried(Outcome.ASK_FOR_PAPERS)(case, by) if case.state == State.COMMITTEE_REVIEW else None


def decision_not_told(case: SupportRequest, by: Any) -> Sentence:
    if case.decision_told_at is None:
        return _("Tell the person the decision first, and record how.")
    return None


def fields_missing(case: SupportRequest, by: Any) -> Sentence:
    missing = missing_fields(case)
    if missing:
        return _("Fill in first: %(fields)s.") % {"fields": "، ".join(missing)}
    return None


def missing_fields(case: SupportRequest) -> list[str]:
    """Labels of what registration still needs to know of the person."""
    person, needed = case.person.current, ["birth_date", "marital_status"]
    if case.policy_version.asks_household:
        needed.append("household_size")
    if case.policy_version.has_membership:
        needed.append("member_no")
    labels = {field.name: field.verbose_name for field in person._meta.concrete_fields}
    return [str(labels[name]) for name in needed if not getattr(person, name)]


def receipts_missing(case: SupportRequest, by: Any) -> Sentence:
    """Delivered: something was received, and all the rest was received or cancelled. Nothing is delivered to the
    dead: the manager closes the request."""
    instalments = list(case.instalments.all())
    if not instalments or any(each.outstanding for each in instalments):
        return _("The receipt of the last instalment is still to be signed.")
    if not any(each.receipted_at for each in instalments):
        return _("Nothing was received: all of it was cancelled. The manager closes the request.")
    if any(each.ended_by_death for each in instalments):
        return _("The person died: the manager closes the request.")
    return None


def suspended(case: SupportRequest, by: Any) -> Sentence:
    """Untrue data, decided by two: nothing is completed or delivered meanwhile, and the case stays where it is."""
    return person_suspended(case.person)


def person_suspended(person: Person) -> Sentence:
    """The same before there is a case: no request is received."""
    return suspension.suspended(person)


# What must come with the action


def papers_are_listed(case: SupportRequest, by: Any, facts: dict[str, Any]) -> Sentence:
    return None if facts.get("papers") else _("Choose the papers you need, at least one.")


def a_reason(case: Any, by: Any, facts: dict[str, Any]) -> Sentence:
    return None if facts.get("why", "").strip() else _("Write the reason.")


def a_close_reason(case: SupportRequest, by: Any, facts: dict[str, Any]) -> Sentence:
    """One from the list, not only from the form that offers it (product.md, «close»)."""
    return None if facts.get("close_reason") in CloseReason.values else _("Choose the reason for closing.")


def a_signed_paper(case: SupportRequest, by: Any, facts: dict[str, Any]) -> Sentence:
    """Staff withdraw on a signed paper; the person served withdraws by code (product.md, «withdraw»)."""
    if isinstance(by, Applicant) or facts.get("signed"):
        return None
    return _("A request is withdrawn on a signed paper only. Have it signed first.")


def how_it_is_received(case: SupportRequest, by: Any, facts: dict[str, Any]) -> Sentence:
    """A verified IBAN, a place, or a delegate (rule 4)."""
    how = facts.get("receive_by")
    if how == ReceiveBy.TRANSFER:
        return (
            None
            if case.person.current.iban and facts.get("iban_verified")
            else _("Enter the IBAN and confirm that you saw its certificate.")
        )
    if how in ReceiveBy.values:
        return (
            None if facts.get("receive_where", "").strip() else _("Write where, or through whom, it will be received.")
        )
    return _("Choose how the service will be received.")


# Association


def no_support_requests(policy: PolicyVersion | None) -> Sentence:
    """An association whose policy knows no support requests takes none (product.md, «the second procedure»)."""
    if policy is None or not policy.has(Procedure.SUPPORT_REQUESTS):
        return _("The association's policy has no support requests; its services are da'wah programmes and inquiries.")
    return None


def channel_not_offered(policy: PolicyVersion, channel: str) -> Sentence:
    if channel not in policy.channel_labels:
        return _("The association's policy does not offer this channel.")
    return None


SUPPORT = Rulebook(
    actions=ACTIONS,
    guards={
        "ask_for_papers": (committee_did_not_ask,),
        "papers_complete": (papers_unsettled,),
        "verify": (not_told, papers_unsettled, papers_expired_at_submission),
        "recommend": (not_told, study_incomplete, study_expired, appointment_open),
        "return_to_research": (neither_carried_nor_outdated,),
        "approve": (took_part_before, carried(Outcome.APPROVE), proposed_it, too_early, postponed, *HOLDS),
        "reject": (took_part_before, carried(Outcome.REJECT), proposed_it, too_early, postponed, *HOLDS),
        "complete_registration": (suspended, decided_it, decision_not_told, fields_missing, papers_expired_today),
        "deliver": (suspended, decided_it, receipts_missing),
        "reopen_on_appeal": (appeal_is_open,),
    },
    needs={
        "ask_for_papers": (papers_are_listed,),
        "complete_registration": (how_it_is_received,),
        "withdraw": (a_reason, a_signed_paper),
        "close": (a_close_reason,),
    },
)
