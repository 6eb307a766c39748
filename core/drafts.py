"""Half-filled forms: kept as typed, for their owner alone."""

from base64 import b64encode
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac

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


def copy_keys(owner, *, about: str = "") -> list[str]:
    """Today's key and yesterday's, by which a page seals what the server cannot be given (static/js/copies.js).

    Made anew for each page of the owner and stored nowhere: whoever finds the copy has no key to it, and after the
    second midnight neither has its owner. A new password makes new keys. `about` keeps one paper's keys apart from
    another's: the key of one study opens no other.
    """
    days = (clock.today(), clock.today() - timedelta(days=1))
    return [b64encode(copy_key(owner, day.isoformat(), about=about)).decode() for day in days]


def copy_key(owner, day: str, *, about: str = "") -> bytes:
    whose = f"{owner.pk}:{owner.password}:{day}" + (f":{about}" if about else "")
    return salted_hmac("core.drafts.copy", whose, algorithm="sha256").digest()
