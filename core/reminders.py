"""Things due on a date, as rows. Sweeps of the apps that set them carry them out, once."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db import models, transaction

from core import clock
from core.audit import name_of
from core.models import Reminder


def remind(kind: str, *, about: models.Model, on: date, once: str = "") -> None:
    """Set one reminder; setting it again changes nothing."""
    subject_type, subject_id = name_of(about)
    remind_all(kind, subject_type, [subject_id], on=on, once=once)


def remind_all(kind: str, subject_type: str, subject_ids: Iterable[str], *, on: date, once: str = "") -> None:
    """The same reminder about each of many subjects of one type, in one statement."""
    Reminder.objects.bulk_create(
        [
            Reminder(
                key=f"{kind}:{subject_type}:{subject_id}:{once}",
                kind=kind,
                subject_type=subject_type,
                subject_id=subject_id,
                due_on=on,
            )
            for subject_id in subject_ids
        ],
        ignore_conflicts=True,
        batch_size=1000,
    )


def waits(kind: str, *, about: models.Model, on: date) -> bool:
    """Whether such a reminder is set for this day and is still to be carried out: it waits for a sweep that is at it,
    and holds it until the end of this transaction."""
    subject_type, subject_id = name_of(about)
    found = Reminder.objects.filter(kind=kind, subject_type=subject_type, subject_id=subject_id, due_on=on)
    return found.filter(done_at=None).select_for_update().first() is not None


def sweep(kinds: tuple[str, ...], handle: Callable[[Reminder], str], *, batch: int = 200) -> int:
    """Carry out what is due, each in its own transaction; two sweeps at once share the rows between them.

    `handle` returns a word for the outcome. Returns how many were carried out.
    """
    done = 0
    for pk in list(Reminder.objects.due(*kinds).values_list("pk", flat=True)[:batch]):
        with transaction.atomic():
            reminder = Reminder.objects.due(*kinds).select_for_update(skip_locked=True).filter(pk=pk).first()
            if reminder is None:
                continue
            reminder.outcome = handle(reminder)
            reminder.done_at = clock.now()
            reminder.save(update_fields=["outcome", "done_at"])
            done += 1
    return done
