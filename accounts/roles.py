"""Who may do what, as reviewed code: the roles of the portal (product.md, «who may what»).

A person may hold several roles; keeping hands apart in one case is `requests.rules`' work, not this table's.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OFFICER = "officer", _("Relations officer")
    DELEGATE = "delegate", _("Branch delegate")
    RESEARCHER = "researcher", _("Social researcher")
    CHAIR = "chair", _("Committee chair")
    DEPUTY = "deputy", _("Deputy chair")
    MEMBER = "member", _("Committee member")
    SECRETARY = "secretary", _("Committee secretary")
    SERVICE_OFFICER = "service_officer", _("Service officer")
    MANAGER = "manager", _("Executive manager")
    POLICY_EDITOR = "policy_editor", _("Policy editor")
    IT_ADMIN = "it_admin", _("System administrator")


class Scope(models.TextChoices):
    """Which cases a role reads; `SupportRequest.visible_to` turns each into a query."""

    BRANCH = "branch"  # own branch; head office: all
    OWN_BRANCH = "own_branch"  # own branch only, head office or not
    ASSIGNED = "assigned"  # assigned, and the unassigned queue of the area
    COMMITTEE = "committee"  # at committee or on an agenda of theirs; never when recused
    DELIVERY = "delivery"  # registered and delivered
    ALL = "all"
    NONE = "none"


class Votes(models.TextChoices):
    OWN_THEN_ALL = "own, others' once closed"
    TALLY = "the tally"
    RESULT = "the result"
    NONE = "none"


@dataclass(frozen=True)
class Sight:
    """One row of the second table of product.md: what a role sees."""

    cases: Scope
    study: bool = False  # the sensitive study of the cases in scope
    votes: Votes = Votes.NONE
    iban: bool = False  # unmasked
    survey_groups: bool = False  # groups of five or more; never one answer


SIGHT: dict[Role, Sight] = {
    Role.OFFICER: Sight(Scope.BRANCH),
    Role.DELEGATE: Sight(Scope.OWN_BRANCH),
    Role.RESEARCHER: Sight(Scope.ASSIGNED, study=True),
    Role.CHAIR: Sight(Scope.COMMITTEE, study=True, votes=Votes.OWN_THEN_ALL),
    Role.DEPUTY: Sight(Scope.COMMITTEE, study=True, votes=Votes.OWN_THEN_ALL),
    Role.MEMBER: Sight(Scope.COMMITTEE, study=True, votes=Votes.OWN_THEN_ALL),
    Role.SECRETARY: Sight(Scope.COMMITTEE, study=True, votes=Votes.TALLY),
    Role.SERVICE_OFFICER: Sight(Scope.DELIVERY, iban=True),
    Role.MANAGER: Sight(Scope.ALL, votes=Votes.RESULT, survey_groups=True),
    Role.POLICY_EDITOR: Sight(Scope.NONE),
    Role.IT_ADMIN: Sight(Scope.NONE),
}

COUNTER = (Role.OFFICER, Role.DELEGATE)
VOTING = (Role.CHAIR, Role.DEPUTY, Role.MEMBER)
COMMITTEE = (*VOTING, Role.SECRETARY)
EDITORIAL = (Role.POLICY_EDITOR, Role.IT_ADMIN)
