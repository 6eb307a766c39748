"""What the tests of the renewal share: a person of the yearly file, and the day on which something is so near."""

from datetime import timedelta

from beneficiaries.models import Person
from beneficiaries.renewal.rules import stale_on
from core.models import OutboxRow
from policies.models import Association
from requests.outreach import reminding
from tests.cast import new_person


def yearly(cast, number: str = "1001", **facts) -> Person:
    """A person with a file number, confirmed on the day the clock stands at."""
    columns = {key: facts.pop(key) for key in ("confirmed_on", "preferred_channel", "language") if key in facts}
    person = new_person(by=facts.pop("by", cast.noura), **facts)
    Person.objects.filter(pk=person.pk).update(file_number=number, **columns)
    person.refresh_from_db()
    return person


def stands(day_one, person: Person, *, days: int, hour: str = "10:00") -> None:
    """Turn the clock to so many days before the person's file is stale."""
    due = stale_on(person.confirmed_on, Association.current().renewal_months)
    day_one.move_to(f"{due - timedelta(days=days)}T{hour}:00+03:00", tick=False)


def night_and_day() -> None:
    """What beat does: who is to be reminded is written down, and carried out."""
    reminding.plan()
    reminding.sweep()


def told(person: Person) -> list[str]:
    rows = OutboxRow.objects.filter(subject_type="beneficiaries.person", subject_id=str(person.pk))
    return list(rows.order_by("id").values_list("event", flat=True))
