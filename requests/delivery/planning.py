"""The schedule of an award: planned, planned anew where nothing was received yet, and reminded of on its days."""

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit, clock, reminders
from core.errors import Refused
from requests.delivery import rules
from requests.delivery.actions import held, refuse
from requests.delivery.rules import Row
from requests.delivery.schedule import HIGHEST_NUMBER
from requests.models import Award, Instalment, SupportRequest


@transaction.atomic
def plan(case: SupportRequest, *, by: User, rows: Sequence[Row], why: str = "") -> Award:
    """Lay what is outstanding into these instalments, in order of their days. Raises Refused.

    What was received or cancelled stays. The first plan needs no reason, a later one does; the record keeps both.
    """
    award = held(case)
    refuse(rules.not_theirs(award.case, by))
    if award.planned_at and not why.strip():
        raise Refused(_("Write why the schedule changes."))
    refuse(rules.wrong_schedule(award, rows))
    before = written(award.case.instalments.outstanding())
    laid_out(award.case, sorted(rows, key=lambda row: row[1]))
    award.planned_at, award.planned_by = clock.now(), by
    award.save(update_fields=["planned_at", "planned_by"])
    planned = list(award.case.instalments.outstanding())
    audit.record("planned_delivery", award.case, by=by, changes={"schedule": [before, written(planned)]}, why=why)
    for each in planned:
        remind(each)
    return award


def laid_out(case: SupportRequest, rows: Sequence[Row]) -> None:
    """The outstanding rows take the new amounts and days; those too many go first, so that the sum never passes the
    total on the way, and those too few get the numbers that are free."""
    kept = list(case.instalments.outstanding().order_by("number"))
    for each in kept[len(rows) :]:
        each.delete()
    for each, (amount, due) in zip(kept, rows, strict=False):
        each.amount, each.due_on = amount, due
    Instalment.objects.bulk_update(kept[: len(rows)], ["amount", "due_on"])
    numbers = free_numbers(case)
    Instalment.objects.bulk_create(
        Instalment(case=case, number=next(numbers), amount=amount, due_on=due) for amount, due in rows[len(kept) :]
    )


def free_numbers(case: SupportRequest) -> Iterator[int]:
    last = case.instalments.order_by("-number").values_list("number", flat=True).first() or 0
    yield from range(last + 1, HIGHEST_NUMBER + 1)


def written(instalments: Sequence[Instalment]) -> list[list[str]]:
    """A schedule as the record keeps it."""
    return [[str(each.number), str(each.amount or ""), str(each.due_on or "")] for each in instalments]


def remind(instalment: Instalment) -> None:
    """Of its day; setting it again for the same day changes nothing."""
    day = instalment.due_on
    if day and not reminders.waits("instalment_due", about=instalment, on=day):
        reminders.remind("instalment_due", about=instalment, on=day, once=day.isoformat())
