"""Verbs of the researcher."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit, clock
from core.errors import Refused
from requests import workflow
from requests.models import Study, SupportRequest
from requests.states import State

FIELDS = ["household_size", "income", "obligations", "findings", "recommends", "what", "amount", "reasons"]


@transaction.atomic
def save_study(case: SupportRequest, *, by: User, **facts: Any) -> Study:
    """Keep the study as far as it is; only its researcher writes it, while the case is with research."""
    case = workflow.lock(case)
    if case.researcher_id != by.pk:
        raise Refused(_("Only the researcher assigned to this case may do this."))
    if case.state != State.SOCIAL_RESEARCH:
        raise Refused(_("This request is not with social research now."))
    study, _created = Study.objects.update_or_create(
        case=case,
        defaults={field: facts[field] for field in FIELDS if field in facts}
        | {"updated_at": clock.now(), "researcher": by},
    )
    return study


@transaction.atomic
def recommend(case: SupportRequest, *, by: User, **facts: Any) -> SupportRequest:
    """Complete the study and raise the case to the committee with a recommendation and its reasons."""
    study = save_study(case, by=by, **facts)
    if not (study.findings and study.recommends and study.reasons):
        raise Refused(_("Complete the study first: what was found, the recommendation and its reasons."))
    study.completed_at = clock.now()
    study.save(update_fields=["completed_at"])
    audit.record("study_completed", case, by=by)
    return workflow.perform(case, "recommend", by=by)
