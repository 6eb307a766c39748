"""The states of a support request and the actions between them, as data (product.md, «States»).

Sources and targets stand on the transitions of `SupportRequest`; who may act stands here; what an action
needs stands in `requests.rules`; carrying it out is `requests.workflow.perform` alone.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import COUNTER, Role


class State(models.TextChoices):
    RECEIVED = "received", _("New")
    AWAITING_DOCUMENTS = "awaiting_documents", _("Awaiting documents")
    VERIFIED = "verified", _("Data verified")
    SOCIAL_RESEARCH = "social_research", _("Referred to social research")
    COMMITTEE_REVIEW = "committee_review", _("With the research committee")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Not approved")
    REGISTERED = "registered", _("Registration complete")
    DELIVERED = "delivered", _("Service delivered")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", _("Closed")


DECIDED = (State.APPROVED, State.REJECTED, State.REGISTERED, State.DELIVERED)
FINAL = (State.REJECTED, State.DELIVERED, State.WITHDRAWN, State.CLOSED)
PAPERS_ASKED_IN = (State.RECEIVED, State.VERIFIED, State.SOCIAL_RESEARCH, State.COMMITTEE_REVIEW)
OPEN = tuple(state for state in State if state not in FINAL)
UNDECIDED = tuple(state for state in OPEN if state not in DECIDED)

TONES = {
    State.RECEIVED: "info",
    State.AWAITING_DOCUMENTS: "you",
    State.VERIFIED: "info",
    State.SOCIAL_RESEARCH: "wait",
    State.COMMITTEE_REVIEW: "wait",
    State.APPROVED: "ok",
    State.REJECTED: "no",
    State.REGISTERED: "ok",
    State.DELIVERED: "ok",
    State.WITHDRAWN: "off",
    State.CLOSED: "off",
}

TURN: dict[State, tuple[Role, ...]] = {
    State.RECEIVED: COUNTER,
    State.VERIFIED: COUNTER,
    State.SOCIAL_RESEARCH: (Role.RESEARCHER,),
    State.COMMITTEE_REVIEW: (Role.SECRETARY,),
    State.APPROVED: COUNTER,
    State.REGISTERED: (Role.SERVICE_OFFICER,),
}
"""Whose turn it is. Where the person served has the turn, or nobody, no role stands here."""


class By(StrEnum):
    """What besides a role an action asks of the person acting; each is a rule in `requests.rules`."""

    TURN = "whoever has the turn"
    ASSIGNED_RESEARCHER = "the assigned researcher"
    CHAIR = "the chair of the body that carried it, or its deputy where no chair of it may"
    APPLICANT = "also the person served"


@dataclass(frozen=True)
class Action:
    name: str
    label: str | Promise
    roles: tuple[Role, ...]
    by: By | None = None
    event: str | None = None  # the message the person served is sent (channels/wording.json)
    tone: str = "plain"  # primary · plain · danger


def table(*actions: Action) -> dict[str, Action]:
    return {action.name: action for action in actions}


ANY_RESEARCHER, SECRETARY, CHAIRS = (Role.RESEARCHER,), (Role.SECRETARY,), (Role.CHAIR, Role.DEPUTY)
ACTIONS = table(
    Action("receive", _("Receive the request"), COUNTER, By.APPLICANT, "request_received"),
    Action("ask_for_papers", _("Ask for papers"), (*COUNTER, *ANY_RESEARCHER, *SECRETARY), By.TURN, "papers_needed"),
    Action("papers_complete", _("Papers are complete"), COUNTER, None, "papers_complete", "primary"),
    Action("verify", _("Confirm the data"), COUNTER, None, "request_verified", "primary"),
    Action("refer_to_research", _("Refer to social research"), COUNTER, None, "referred_to_research", "primary"),
    Action(
        "recommend",
        _("Raise to the committee"),
        ANY_RESEARCHER,
        By.ASSIGNED_RESEARCHER,
        "sent_to_committee",
        "primary",
    ),
    Action("return_to_research", _("Return to research"), SECRETARY),
    Action("approve", _("Issue the approval"), CHAIRS, By.CHAIR, "decision_issued", "primary"),
    Action("reject", _("Issue the rejection"), CHAIRS, By.CHAIR, "decision_issued", "primary"),
    Action(
        "complete_registration",
        _("Complete registration"),
        (Role.OFFICER,),
        None,
        "registration_complete",
        "primary",
    ),
    Action("deliver", _("Record delivery"), (Role.SERVICE_OFFICER,), None, "delivered", "primary"),
    Action("reopen_on_appeal", _("Reopen on appeal"), SECRETARY, None, "appeal_taken_up", "primary"),
    Action("withdraw", _("Withdraw at the person's request"), (Role.OFFICER,), By.APPLICANT, "withdrawn", "danger"),
    Action("close", _("Close the request"), (Role.MANAGER,), None, "closed", "danger"),
)


class CloseReason(models.TextChoices):
    PAPERS_NEVER_CAME = "papers_never_came", _("the papers never came")
    DEATH = "death", _("death")
    DUPLICATE = "duplicate", _("a duplicate of another request")
    UNTRUE_DATA = "untrue_data", _("untrue data")


PUBLIC_STEPS = (
    (_("We received your request"), (State.RECEIVED, State.AWAITING_DOCUMENTS)),
    (_("We checked your papers"), (State.VERIFIED, State.SOCIAL_RESEARCH)),
    (_("The committee is studying your request"), (State.COMMITTEE_REVIEW,)),
    (_("The decision"), (State.APPROVED, State.REJECTED)),
    (_("Delivering the service"), (State.REGISTERED, State.DELIVERED)),
)
"""The five plain steps of the status page."""

STAFF_STEPS = (
    (_("New"), (State.RECEIVED,)),
    (_("Verification"), (State.VERIFIED,)),
    (_("Social research"), (State.SOCIAL_RESEARCH,)),
    (_("Committee"), (State.COMMITTEE_REVIEW,)),
    (_("Registration"), (State.APPROVED, State.REGISTERED)),
    (_("Delivery"), (State.DELIVERED,)),
)
