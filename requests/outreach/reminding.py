"""Reminding people unasked that a file is to be renewed or papers end: 60, 30 and 7 days before (rule 7).

Twice removed from the clock: `plan` writes rows for whoever stands within a reminder's distance today, `sweep` carries
them out. Each looks again: who confirmed meanwhile, or whose day moved with a changed setting, is not written to. A row
is unique for the person, the day that comes and the distance, so days on which nothing ran are made good by the one
message that fits today, and two clocks at once send one.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from beneficiaries.models import Person
from beneficiaries.renewal.rules import DUE_SOON, STAGES, last_confirmation_stale_on, stage_of, stale_on
from core import clock, outbox, reminders
from core.hijri import format_dual
from core.models import Reminder
from requests.outreach import rules

PERSON = Person._meta.label_lower
PLANNED_AT_ONCE = 8_000
"""What an hour's sweeps carry out with room to spare, so that a first day with a hundred thousand files is spread over
the days, and nobody is written to at night."""
BETWEEN = timedelta(days=7)
"""Two messages about one file never come closer together, however the setting is changed."""


def plan(most: int = PLANNED_AT_ONCE) -> int:
    """Write the reminders of today; returns how many people were added. By index, one day of confirmation at a time."""
    return plan_papers(most) + plan_renewals(most)


def plan_renewals(most: int) -> int:
    months, today, added = rules.months(), clock.today(), 0
    past = last_confirmation_stale_on(today, months)
    last = last_confirmation_stale_on(today + timedelta(days=DUE_SOON), months)
    if past is None or last is None:
        return 0
    for confirmed in days_of(Person.objects.filter(confirmed_on__gt=past, confirmed_on__lte=last), "confirmed_on"):
        day = stale_on(confirmed, months)
        if day and (stage := stage_of((day - today).days)) and added < most:
            people = rules.texted(Person.objects.filter(confirmed_on=confirmed))
            added += remind(people, f"renewal_{stage}", day, stage, most - added)
    return added


def plan_papers(most: int) -> int:
    today, added = clock.today(), 0
    ending = rules.papers_of_use().filter(valid_until__gt=today, valid_until__lte=today + timedelta(days=DUE_SOON))
    for day in days_of(ending, "valid_until"):
        stage = stage_of((day - today).days)
        if stage and added < most:
            people = rules.texted(Person.objects.filter(pk__in=ending.filter(valid_until=day).values("person")))
            added += remind(people, f"papers_{stage}", day, stage, most - added)
    return added


def days_of(rows: QuerySet[Any], column: str) -> list[date]:
    """The days that occur at all, the nearest first: most of the sixty have nobody."""
    return list(rows.order_by(column).values_list(column, flat=True).distinct())


def remind(people: QuerySet[Person], kind: str, day: date, stage: int, most: int) -> int:
    """One row for each of these people who has none for this day and distance; `most` of them."""
    key = Concat(Value(f"{kind}:{PERSON}:"), Cast("pk", CharField()), Value(f":{day}"), output_field=CharField())
    fresh = people.annotate(key=key).exclude(Exists(Reminder.objects.filter(key=OuterRef("key"))))
    numbers = list(fresh.order_by().values_list("pk", flat=True)[:most])
    reminders.remind_all(kind, PERSON, map(str, numbers), on=day - timedelta(days=stage), once=str(day))
    return len(numbers)


def sweep() -> int:
    """Carry out what is due; running it twice, or in two places, sends nothing twice."""
    return reminders.sweep(tuple(HANDLERS), lambda reminder: HANDLERS[reminder.kind](reminder))


def renew(reminder: Reminder, *, stage: int) -> str:
    """The message about the yearly renewal, if it is still true today. Returns a word for the outcome."""
    person = reached(reminder)
    if person is None:
        return "not to be reminded"
    day = stale_on(person.confirmed_on, rules.months())
    if day != reminder.due_on + timedelta(days=stage):
        return "moved"
    if stage_of((day - clock.today()).days) != stage:
        return "passed"
    if told_lately(reminder):
        return "told lately"
    tell(reminder, person, "renewal_reminder", {"due": format_dual(day)})
    return "told"


def papers_end(reminder: Reminder, *, stage: int) -> str:
    """The message about papers that end on one day, if they still do."""
    person, day = reached(reminder), reminder.due_on + timedelta(days=stage)
    if person is None:
        return "not to be reminded"
    if stage_of((day - clock.today()).days) != stage:
        return "passed"
    rows = rules.papers_of_use().filter(person=person, valid_until=day).order_by("pk")
    labels = dict.fromkeys(rows.values_list("label", flat=True))
    if not labels:
        return "renewed"
    tell(reminder, person, "documents_expiring", {"due": format_dual(day), "papers": "، ".join(labels)})
    return "told"


def reached(reminder: Reminder) -> Person | None:
    return rules.texted(Person.objects.filter(pk=reminder.subject_id)).first()


def tell(reminder: Reminder, person: Person, event: str, facts: dict[str, str]) -> None:
    outbox.post(event, to=person.mobile, about=person, once=str(reminder.pk), facts=facts)


def told_lately(reminder: Reminder) -> bool:
    """Whether another message about the renewal of this file went in the last days; by the key's index."""
    mine = Q()
    for stage in STAGES:
        mine |= Q(key__startswith=f"renewal_{stage}:{PERSON}:{reminder.subject_id}:")
    return Reminder.objects.filter(mine, outcome="told", done_at__gt=clock.now() - BETWEEN).exists()


HANDLERS: dict[str, Callable[[Reminder], str]] = {
    **{f"renewal_{stage}": partial(renew, stage=stage) for stage in STAGES},
    **{f"papers_{stage}": partial(papers_end, stage=stage) for stage in STAGES},
}
