"""The life of a policy version: written as a draft, approved by the board, put in force by a second person.

Every verb locks the version's row first; the database refuses what these refuse (policies/migrations/0004).
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit, clock, reminders
from core.errors import Refused, refuse
from policies.difference.changes import changes
from policies.lifecycle import rules
from policies.models import (
    Acknowledgement,
    Association,
    Clause,
    DeskDocument,
    PolicyVersion,
    ServicePeriod,
    VersionState,
)

CONTENT = (
    "title notice procedures min_decision_days channels person_terms officer_title requires_signature "
    "declaration_text read_aloud asks_household has_membership"
).split()
"""What a version says and what follows from it; the other columns are its life."""


class Conflict(Refused):
    """Somebody else saved the draft since it was opened. `current` is the draft as it now stands."""

    def __init__(self, current: PolicyVersion):
        super().__init__(_("Somebody else saved this draft while you were writing. Nothing of yours is lost."))
        self.current = current


def held_in_force() -> PolicyVersion | None:
    """The version in force, held so until the caller's transaction ends: a publication waits for it.

    Asked a second time when a publication came between: the row that was in force is then in force no more.
    """
    for _attempt in range(2):
        held = PolicyVersion.objects.raw("SELECT * FROM policies_policyversion WHERE state = 'published' FOR SHARE")
        if found := next(iter(held), None):
            return found
    return None


@transaction.atomic
def new_version(based_on: PolicyVersion, *, by: User, label: str = "") -> PolicyVersion:
    """A draft with everything of another version in it but its approval: a new text needs its own."""
    refuse(rules.why_not_editor(by))
    draft = PolicyVersion.objects.create(
        label=label or rules.next_label(),
        based_on=based_on,
        modified_by=by,
        **{name: getattr(based_on, name) for name in CONTENT},
    )
    clauses: dict[int, Clause] = {}
    for clause in based_on.clauses.all():
        old = clause.pk
        clause.pk, clause.version = None, draft
        clause.parent = clauses[clause.parent_id] if clause.parent_id else None
        clause._state.adding = True
        clause.save()
        clauses[old] = clause
    for tool in based_on.tools.all():
        tool.pk, tool.version = None, draft
        tool._state.adding = True
        tool.save()
    for period in based_on.service_periods.all():
        ServicePeriod.objects.create(
            version=draft, service_id=period.service_id, days=period.days, clause=clauses[period.clause_id]
        )
    audit.record("policy_drafted", draft, by=by, changes={"based_on": based_on.label})
    return draft


def claim(
    version: PolicyVersion,
    *,
    by: User,
    revision: int,
    unchanged: Callable[[PolicyVersion], bool] = lambda version: False,
) -> PolicyVersion:
    """The draft, locked for writing and marked as changed by `by`; call inside a transaction.

    `revision` is the one the writer read. Raises Refused when it is no draft, Conflict when another saved since,
    unless what is being written is `unchanged` all the same: two people may write two clauses.
    """
    refuse(rules.why_not_editor(by))
    locked = lock(version)
    refuse(rules.frozen_sentence(locked))
    if locked.revision != revision and not unchanged(locked):
        raise Conflict(locked)
    locked.revision, locked.modified_at, locked.modified_by = locked.revision + 1, clock.now(), by
    locked.save(update_fields=["revision", "modified_at", "modified_by"])
    return locked


@transaction.atomic
def record_approval(version: PolicyVersion, *, by: User) -> PolicyVersion:
    """Record that the board approved this text; from now on it is frozen. Raises Refused with what is missing."""
    refuse(rules.why_not_editor(by))
    locked = lock(version)
    if missing := rules.missing_for_approval(locked):
        raise Refused(missing[0])
    move(locked, VersionState.APPROVED, approved_by=by, approved_at=clock.now())
    audit.record("policy_approved", locked, by=by, changes={"label": locked.label})
    return locked


@transaction.atomic
def reopen(version: PolicyVersion, *, by: User, why: str) -> PolicyVersion:
    """Back to a draft, while nothing was published; the approval has to be recorded again."""
    refuse(rules.why_not_editor(by))
    locked = lock(version)
    if locked.state != VersionState.APPROVED:
        raise Refused(_("Only an approved version that is not yet published can be reopened."))
    if not why.strip():
        raise Refused(_("Write why the version is reopened."))
    move(locked, VersionState.DRAFT, approved_by=None, approved_at=None)
    audit.record("policy_reopened", locked, by=by, why=why.strip())
    return locked


@transaction.atomic
def publish(version: PolicyVersion, *, by: User) -> PolicyVersion:
    """Put an approved version in force; the one before it is superseded in the same moment.

    Raises Refused: it is not approved, or `by` is who recorded its approval (two people publish).
    """
    one_at_a_time()
    locked = lock(version)
    refuse(rules.why_not_publish(locked, by=by))
    now, before = clock.now(), PolicyVersion.objects.select_for_update().filter(state=VersionState.PUBLISHED).first()
    said = [str(change) for change in changes(before, locked)]
    if before:
        move(before, VersionState.SUPERSEDED, superseded_at=now)
        settle_reviews(before, outcome="superseded")
    move(locked, VersionState.PUBLISHED, published_by=by, published_at=now)
    if before:
        keep_desk_documents(before, locked)
    audit.record("policy_published", locked, by=by, changes={"label": locked.label, "said": said})
    return locked


def one_at_a_time() -> None:
    """Two versions are not put in force in the same moment: the second waits for the first, and supersedes it."""
    list(Association.objects.select_for_update().order_by("pk"))


def keep_desk_documents(before: PolicyVersion, now: PolicyVersion) -> None:
    """The files on the officer's desk stay there when the new version has the same tool."""
    files = {row.tool.code: row for row in DeskDocument.objects.current(before).select_related("tool")}
    DeskDocument.objects.bulk_create(
        DeskDocument(
            tool=tool,
            file_id=files[tool.code].file_id,
            name=files[tool.code].name,
            uploaded_by_id=files[tool.code].uploaded_by_id,
            uploaded_at=files[tool.code].uploaded_at,
        )
        for tool in now.tools.all()
        if tool.code in files and not tool.documents.exists()
    )


@transaction.atomic
def set_review(version: PolicyVersion, *, on: date | None, by: User) -> PolicyVersion:
    """Set or clear the day of the next review, of a version in any state; from then on the editors' page says it."""
    refuse(rules.why_not_editor(by))
    locked = lock(version)
    locked.review_due_on = on
    locked.save(update_fields=["review_due_on"])
    settle_reviews(locked, outcome="moved")
    if on:
        reminders.remind(rules.REVIEW, about=locked, on=on, once=f"{on.isoformat()}:{audit.history(locked).count()}")
    audit.record("policy_review_set", locked, by=by, changes={"on": on.isoformat() if on else ""})
    return locked


def settle_reviews(version: PolicyVersion, *, outcome: str) -> None:
    """Reminders of a review that is no longer awaited; until then each stays on the editors' page."""
    rules.reviews_of(version).update(done_at=clock.now(), outcome=outcome)


@transaction.atomic
def acknowledge(version: PolicyVersion, *, by: User) -> Acknowledgement:
    """`by` has read the version in force; saying it again changes nothing."""
    if version.state != VersionState.PUBLISHED:
        raise Refused(_("Only the version in force is read and acknowledged."))
    row, created = Acknowledgement.objects.get_or_create(version=version, user=by)
    if created:
        audit.record("policy_read", version, by=by)
    return row


def lock(version: PolicyVersion) -> PolicyVersion:
    return PolicyVersion.objects.select_for_update().get(pk=version.pk)


def move(version: PolicyVersion, state: VersionState, **facts: Any) -> None:
    """Write a new state and its facts, and nothing else."""
    for name, value in facts.items():
        setattr(version, name, value)
    version.state = state
    version.revision += 1
    version.save(update_fields=["state", "revision", *facts])
