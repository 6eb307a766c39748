"""Half-filled forms: kept as typed, for their owner alone."""

from typing import Any

from django.db import transaction

from core import clock
from core.models import Draft

KEPT_PER_FORM = 20


@transaction.atomic
def keep(*, owner, form: str, data: dict[str, Any], label: str = "", pk: int | None = None) -> Draft:
    """Keep what was typed so far; `pk` continues an earlier draft of the same owner and form."""
    draft = Draft.objects.select_for_update().filter(pk=pk or 0, owner=owner, form=form).first()
    if draft is None:
        draft = Draft(owner=owner, form=form)
    draft.data = data  # type: ignore[assignment]  # the sealed field takes any JSON value
    draft.label, draft.updated_at = label[:120], clock.now()
    draft.save()
    old = Draft.objects.filter(owner=owner, form=form).order_by("-updated_at", "-pk").values("pk")[KEPT_PER_FORM:]
    Draft.objects.filter(pk__in=[row["pk"] for row in old]).delete()
    return draft


def find(*, owner, form: str, pk: int | None) -> Draft | None:
    return Draft.objects.filter(owner=owner, form=form, pk=pk).first() if pk else None


def waiting(*, owner, form: str):
    """The owner's unfinished drafts of a form, newest first."""
    return Draft.objects.filter(owner=owner, form=form).order_by("-updated_at")


def drop(*, owner, form: str, pk: int | None) -> None:
    if pk:
        Draft.objects.filter(owner=owner, form=form, pk=pk).delete()
