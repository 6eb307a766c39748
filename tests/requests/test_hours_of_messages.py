"""Nobody is woken by the portal: what is due goes out by day, while the association is open."""

from datetime import time

import pytest

from core import clock, reminders
from core.models import OutboxRow, Reminder
from policies.models import Association
from policies.rules import hours_to_write
from requests.tasks import sweep_outreach, sweep_reminders, sweep_visits
from surveys import tasks as surveys
from tests.cast import walk


@pytest.mark.parametrize(
    ("hours", "first", "last"),
    [
        ("من 8 صباحًا إلى 4 مساءً", time(8), time(16)),
        ("الأحد–الخميس، ٩ ص – ١٠:٣٠ م", time(9), time(21)),  # no later than nine in the evening
        ("6 صباحًا إلى 2 ظهرًا", time(8), time(14)),
        ("نسعد بكم كل يوم", time(9), time(20)),
        ("", time(9), time(20)),
        ("5 صباحًا إلى 7 صباحًا", time(9), time(20)),  # nothing of it is a time to write
    ],
)
def test_the_portal_writes_while_the_association_is_open(hours, first, last):
    assert hours_to_write(Association(hours=hours)) == (first, last)


@pytest.fixture
def awaited(cast, case, day_one):
    """Papers are awaited; their reminder is due."""
    walk(case, cast, to="awaiting_documents")
    Association.objects.update(hours="من 8 صباحًا إلى 4 مساءً", ramadan_hours="")
    reminders.remind("papers_awaited", about=case, on=clock.today(), once="now")
    OutboxRow.objects.all().delete()


@pytest.mark.parametrize(
    ("hour", "goes"), [("02:00:00", 0), ("07:59:59", 0), ("08:00:00", 1), ("15:59:59", 1), ("16:00:00", 0)]
)
def test_a_reminder_due_at_night_waits_for_the_morning(awaited, day_one, hour, goes):
    day_one.move_to(f"2026-11-23T{hour}+03:00", tick=False)
    sweep_reminders()
    assert OutboxRow.objects.filter(event="papers_reminder").count() == goes


def test_what_waited_goes_once_in_the_morning(awaited, day_one):
    for hour in ("02", "08", "09"):
        day_one.move_to(f"2026-11-23T{hour}:00:00+03:00", tick=False)
        sweep_reminders()
    assert OutboxRow.objects.filter(event="papers_reminder").count() == 1


@pytest.mark.parametrize("sweep", [sweep_outreach, sweep_visits, surveys.sweep_deliveries, surveys.sweep_reminders])
def test_no_sweep_that_writes_to_people_does_so_at_night(cast, day_one, sweep, monkeypatch):
    day_one.move_to("2026-11-23T02:00:00+03:00", tick=False)
    monkeypatch.setattr("core.reminders.sweep", lambda *args, **facts: pytest.fail("it was night"))
    assert sweep() == 0
    assert not Reminder.objects.exclude(done_at=None).exists()
