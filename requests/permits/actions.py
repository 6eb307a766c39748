"""Receiving a programme from a volunteer (policy clause PS-D1)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Refused
from policies.models import PolicyVersion, Procedure
from requests import workflow
from requests.models import ProgrammePermit
from requests.rules import Applicant


@transaction.atomic
def propose(*, by: User | Applicant, **facts: Any) -> ProgrammePermit:
    """Take a volunteer's programme. Raises Refused where the policy has no programme permits."""
    policy = PolicyVersion.in_force()
    if policy is None or not policy.has(Procedure.PROGRAMME_PERMITS):
        raise Refused(_("The association's policy has no programme permits."))
    return workflow.begin(ProgrammePermit(policy_version=policy, **facts), "propose", by=by)
