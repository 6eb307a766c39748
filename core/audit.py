"""The record: who changed what and why, and who looked. Rows are never altered; a database trigger sees to it."""

from typing import Any, Protocol

from django.db import models

from core.models import AuditRow, ReadRow


class Actor(Protocol):
    """A staff user, the person served, or the system: whoever may be named in the record."""

    @property
    def pk(self) -> int | None: ...

    @property
    def username(self) -> str: ...


class System:
    """The portal itself, when a sweep acts."""

    pk = None
    username = "system"


def name_of(subject: models.Model) -> tuple[str, str]:
    """A subject's type and id as the record writes them: ("requests.supportrequest", "17")."""
    return subject._meta.label_lower, str(subject.pk)


def record(
    verb: str, subject: models.Model, *, by: Actor, changes: dict[str, Any] | None = None, why: str = ""
) -> AuditRow:
    """Write one change into the record, in the caller's transaction."""
    subject_type, subject_id = name_of(subject)
    return AuditRow.objects.create(
        verb=verb,
        subject_type=subject_type,
        subject_id=subject_id,
        actor_id=by.pk,
        actor=by.username,
        changes=changes or {},
        why=why,
    )


def looked_at(subject: models.Model, *, by: Actor, what: str) -> None:
    """Record one look at a sensitive file (rule 8: looking is recorded too)."""
    subject_type, subject_id = name_of(subject)
    ReadRow.objects.create(
        what=what, subject_type=subject_type, subject_id=subject_id, actor_id=by.pk or 0, actor=by.username
    )


def history(subject: models.Model) -> models.QuerySet[AuditRow]:
    """A subject's changes, oldest first."""
    subject_type, subject_id = name_of(subject)
    return AuditRow.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("id")
