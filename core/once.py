"""A form is sent once, however often its button is pressed (trust.md: 200 identical POSTs, exactly one effect)."""

import uuid
from collections.abc import Callable, Mapping

from django.db import transaction

from core.models import FormKey

FIELD = "form_key"


def new_key() -> str:
    """The value of the hidden field `form_key` of a form that creates something."""
    return str(uuid.uuid4())


def claim(key: str) -> FormKey | None:
    """Take the key for this sending, inside its transaction; None when an earlier sending took it.

    Two at once: the second waits for the first to commit, then gets None. Raises ValueError for what is no key.
    """
    assert transaction.get_connection().in_atomic_block, "claim a form key inside the transaction of its effect"  # noqa: S101
    row, created = FormKey.objects.get_or_create(key=uuid.UUID(key))
    return row if created else None


def led_to(key: str) -> str:
    """Where the first sending of this form led, to which a repeated POST goes too; "" when there was none."""
    return FormKey.objects.filter(key=uuid.UUID(key)).values_list("result", flat=True).first() or ""


def key_of(data: Mapping[str, str]) -> str:
    """The key a form came with, or a fresh one where it came with none."""
    try:
        return str(uuid.UUID(data.get(FIELD, "")))
    except ValueError:
        return new_key()


@transaction.atomic
def sent(key: str, make: Callable[[], str]) -> str:
    """Do `make` at a form's first sending and keep the word it returns; a repeated one only gets the word."""
    claimed = claim(key)
    if claimed is None:
        return led_to(key)
    claimed.result = make()
    claimed.save(update_fields=["result"])
    return claimed.result
