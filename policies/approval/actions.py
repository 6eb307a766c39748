"""Writing down the board's approval, while the version is a draft."""

from typing import Any, BinaryIO

from django.db import transaction

from accounts.models import User
from core import audit, uploads
from policies.actions import claim
from policies.editing.actions import digest
from policies.models import Approval, PolicyVersion, Signatory

FACTS = (
    "body session_no meeting_no term_no weekday date_typed calendar date candidates second_date_typed "
    "updated_on supersedes publish_on_website"
).split()


def approval_facts(version: PolicyVersion) -> dict[str, Any]:
    """What is written of the approval now, as plain values."""
    approval = Approval.objects.filter(version=version).first()
    if approval is None:
        return {}
    people = list(approval.signatories.values_list("title", "name"))
    return {name: getattr(approval, name) for name in FACTS} | {"signatories": people}


@transaction.atomic
def write_approval(
    version: PolicyVersion,
    *,
    by: User,
    revision: int,
    read: str,
    signatories: list[tuple[str, str]],
    scan: BinaryIO | None = None,
    **facts: Any,
) -> Approval:
    """Write the facts, and the signatories (title, name) in the order given. Conflict when another wrote them since.

    Raises `uploads.UploadError` for a scan that is not taken; nothing is written then.
    """
    draft = claim(version, by=by, revision=revision, unchanged=lambda now: digest(approval_facts(now)) == read)
    approval, _created = Approval.objects.update_or_create(version=draft, defaults=facts)
    if scan:
        approval.scan = uploads.store(scan, by_id=by.pk)
        approval.save(update_fields=["scan"])
    approval.signatories.all().delete()
    Signatory.objects.bulk_create(
        Signatory(approval=approval, position=place, title=title, name=name)
        for place, (title, name) in enumerate(signatories, 1)
    )
    audit.record("policy_approval_written", draft, by=by, changes={"date": str(approval.date or "")})
    return approval
