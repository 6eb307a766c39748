"""Closing a case to a member of the committee who is tied to it: declared by them, or found (rule 5)."""

from typing import Any

from django.db import transaction

from accounts.models import User
from core import audit, clock
from requests import workflow
from requests.conflict import rules
from requests.conflict.closing import detect_for
from requests.conflict.models import DeclaredRelative, Disclosure
from requests.models import Exclusion, SupportRequest


@transaction.atomic
def declare(case: SupportRequest, *, by: User, why: str) -> Exclusion:
    """Declare a conflict of interest: from now on the case is closed to this person. Their words are sealed: they tell
    of the person served, and of themselves."""
    case = workflow.lock(case)
    declared = Exclusion.Why.CONFLICT_DECLARED
    row, _created = Exclusion.objects.get_or_create(case=case, user=by, why=declared, defaults={"said": why})
    audit.record("declared_conflict", case, by=by)
    return row


@transaction.atomic
def disclose(*, by: User, relatives: list[dict[str, Any]], **facts: Any) -> Disclosure:
    """Keep what a member says of themselves and of those near to them, and close what it ties them to.

    `relatives`: rows of name, national_id and relation; the list replaces the one before. What was closed stays so.
    """
    said, _made = Disclosure.objects.select_for_update().update_or_create(
        user=by, defaults=facts | {"updated_at": clock.now()}
    )
    said.relatives.all().delete()
    DeclaredRelative.objects.bulk_create(
        DeclaredRelative(disclosure=said, national_id_lookup=rules.lookup_of(row.get("national_id")), **row)
        for row in relatives
    )
    audit.record("disclosed", said, by=by, changes={"relatives": len(relatives)})
    detect_for(by)
    return said
