"""What waits for whom, oldest first: each question a constant number of queries over what the person may see."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import COUNTER, VOTING, Role
from channels.models import INQUIRY_DESK, Inquiry
from committee.models import Motion
from core import clock
from core.models import OutboxRow, OutboxState
from requests.appeal.listing import row_of
from requests.appeal.listing import waiting_for as appeals_to_take_up
from requests.clarification.card import to_answer, to_tell
from requests.decision.issuing import to_issue
from requests.declaration.rules import papers_to_scan
from requests.delivery.listing import with_nothing_to_do_yet
from requests.models import Decision, Exclusion, ProgrammePermit, SupportRequest
from requests.people.duplicates.listing import merges_to_settle
from requests.people.suspension import waiting_for as suspensions_to_decide
from requests.permits.models import PermitState
from requests.rules import decidable_today
from requests.states import TONES, TURN, State

SHOWN = 20


@dataclass(frozen=True)
class NextStep:
    """The next thing to do in a state, and the page where it is done."""

    label: str | Promise
    url_name: str


NEXT = {
    State.RECEIVED: NextStep(_("Check the papers"), "requests:case"),
    State.VERIFIED: NextStep(_("Refer to social research"), "requests:case"),
    State.SOCIAL_RESEARCH: NextStep(_("Study the case"), "requests:study"),
    State.COMMITTEE_REVIEW: NextStep(_("Bring it to the committee"), "committee:case"),
    State.APPROVED: NextStep(_("Tell the decision and register"), "requests:case"),
    State.REGISTERED: NextStep(_("Deliver the service"), "requests:delivery"),
}
TAKE = NextStep(_("Take the case for study"), "requests:case")


def turns(user: User) -> list[State]:
    """The states in which it is this person's turn."""
    return [state for state, roles in TURN.items() if user.holds(*roles)]


def requests_waiting(user: User) -> list[dict[str, Any]]:
    """Requests whose next step is this person's, the longest-waiting first; one more than shown says there are more.

    A case whose decision is carried waits for the chair, not for the secretary; one a colleague studies, for them; one
    whose next instalment is still to come, for its day.
    """
    carried = Decision.objects.filter(settled_at=None, outcome__in=Decision.ISSUED).values("case")
    cases = SupportRequest.objects.visible_to(user).filter(state__in=turns(user)).exclude(pk__in=carried)
    cases = cases.filter(~Q(state=State.SOCIAL_RESEARCH) | Q(researcher=None) | Q(researcher=user))
    cases = cases.exclude(pk__in=with_nothing_to_do_yet(user).values("pk"))
    cases = cases.select_related("service", "person", "branch").order_by("state_since", "id")
    return [row(case) for case in cases[: SHOWN + 1]]


def row(case: SupportRequest) -> dict[str, Any]:
    state = State(case.state)
    step = TAKE if state == State.SOCIAL_RESEARCH and case.researcher_id is None else NEXT[state]
    return {
        "case": case,
        "tone": TONES[state],
        "label": step.label,
        "url": reverse(step.url_name, args=[case.reference]),
        "days": clock.days_since(case.state_since),
    }


def votes_waiting(user: User) -> QuerySet[Motion]:
    """Proposals open in the open meeting that this person sits in and has not voted on."""
    if not user.holds(*VOTING):
        return Motion.objects.none()
    barred = Exclusion.objects.filter(user=user, why__in=Exclusion.FROM_DECIDING).values("case")
    motions = Motion.objects.filter(
        closed_at=None,
        item__meeting__closed_at=None,
        item__meeting__attendance__seat__user=user,
        item__meeting__attendance__left_at=None,
        item__case__state=State.COMMITTEE_REVIEW,
    )
    motions = motions.exclude(item__case__in=barred).exclude(votes__seat__user=user)
    return motions.select_related("item__case__service", "item__meeting").order_by("item__position")[:SHOWN]


def decisions_waiting(user: User) -> list[dict[str, Any]]:
    """Carried decisions that are this person's to issue (rule 5), and that they are not barred from."""
    barred = Exclusion.objects.filter(user=user, why__in=Exclusion.FROM_DECIDING).values("case")
    cases = SupportRequest.objects.at_committee().exclude(pk__in=barred)
    carried = to_issue(user).filter(case__in=cases).exclude(proposed_by=user).select_related("case__service")
    return [
        {"case": decision.case, "today": may_be_issued(decision.case)}
        for decision in carried.order_by("case__earliest_decision_on", "id")[:SHOWN]
    ]


def objections_waiting(user: User) -> list[dict[str, Any]]:
    """Objections the secretary has still to put before the committee, the oldest first."""
    return [row_of(appeal) for appeal in appeals_to_take_up(user)[:SHOWN]]


def may_be_issued(case: SupportRequest) -> bool:
    return decidable_today(case) and not (case.postponed_until and clock.today() < case.postponed_until)


def permits_waiting(user: User) -> list[dict[str, Any]]:
    """Programmes to raise and approvals to hand over; those with the authority wait for the authority."""
    if not user.holds(Role.OFFICER):
        return []
    permits = ProgrammePermit.objects.visible_to(user).filter(state__in=(PermitState.PROPOSED, PermitState.ISSUED))
    return [
        {"permit": permit, "days": clock.days_since(permit.state_since)}
        for permit in permits.order_by("state_since")[:SHOWN]
    ]


def clarifications_waiting(user: User) -> dict[str, list[dict[str, Any]]]:
    """Questions referred to this researcher, and answers that this counter has still to tell (clause PS-3)."""
    return {"to_answer": to_answer(user), "to_tell": to_tell(user)}


def merges_waiting(user: User) -> list[dict[str, Any]]:
    """Proposals to make two files one that wait for a second person, and this one may be it."""
    return [
        {"merge": merge, "days": clock.days_since(merge.proposed_at)}
        for merge in merges_to_settle(user).order_by("proposed_at", "pk")[:SHOWN]
    ]


def suspensions_waiting(user: User) -> list[dict[str, Any]]:
    """Suspensions that wait for a second person, and objections for a third, where this one may be it (rule 3)."""
    return [
        {"row": row, "days": clock.days_since(row.objected_at or row.proposed_at), "objection": bool(row.objected_at)}
        for row in suspensions_to_decide(user)[:SHOWN]
    ]


def papers_waiting(user: User) -> list[dict[str, Any]]:
    """Declarations signed on paper whose paper is still to be scanned; one more than shown says there are more."""
    return [{"case": case, "days": clock.days_since(case.received_at)} for case in papers_to_scan(user)[: SHOWN + 1]]


def inquiries_waiting(user: User) -> QuerySet[Inquiry]:
    return Inquiry.objects.visible_to(user).unanswered().order_by("id")[:SHOWN]


def troubled_messages(user: User) -> dict[str, int]:
    """How many messages failed, and of how many nobody knows whether they arrived; for those whom people will call."""
    if not user.holds(*COUNTER, *INQUIRY_DESK, Role.IT_ADMIN):
        return {"failed": 0, "uncertain": 0}
    return OutboxRow.objects.filter(state__in=(OutboxState.FAILED, OutboxState.UNCERTAIN)).aggregate(
        failed=Count("pk", filter=Q(state=OutboxState.FAILED)),
        uncertain=Count("pk", filter=Q(state=OutboxState.UNCERTAIN)),
    )


def where_requests_wait(user: User) -> list[dict[str, Any]]:
    """For the manager: how many open requests stand in each state, and since when the oldest does."""
    if not user.holds(Role.MANAGER):
        return []
    counts = (
        SupportRequest.objects.visible_to(user)
        .open()
        .values("state")
        .annotate(n=Count("pk"), oldest=Min("state_since"))
    )
    found = {group["state"]: group for group in counts.order_by()}
    return [
        {
            "label": state.label,
            "tone": TONES[state],
            "n": found[state]["n"],
            "days": clock.days_since(found[state]["oldest"]),
        }
        for state in State
        if state in found
    ]


# For whoever watches the server

LATE = timedelta(minutes=10)


def readiness() -> dict[str, Any]:
    """Whether the portal can serve: database, migrations, and how long the oldest due message has waited (seconds)."""
    executor = MigrationExecutor(connection)
    migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    lag = outbox_lag()
    return {
        "database": True,
        "migrations": migrated,
        "outbox_lag_seconds": int(lag.total_seconds()),
        "outbox_late": lag > LATE,
    }


def outbox_lag() -> timedelta:
    due = OutboxRow.objects.filter(state=OutboxState.PENDING, not_before__lte=clock.now())
    oldest = due.aggregate(oldest=Min(Greatest("not_before", "created_at")))["oldest"]
    return clock.now() - oldest if oldest else timedelta()
