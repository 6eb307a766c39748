"""What is ready is said on its day and once more a week later, to whoever has to come for it; twice is once."""

from datetime import date, timedelta

import pytest

from core.errors import Refused
from core.models import OutboxRow, Reminder
from requests.delivery.actions import cancel
from requests.delivery.listing import COMING, DUE, NEW, UNCOLLECTED, counts, with_nothing_to_do_yet
from requests.delivery.receiving import change_receiving
from requests.reminding import sweep
from tests.cast import client_of
from tests.delivery.desk import planned, take, turned

READY = ("service_ready", "service_still_ready", "service_ready_at_home")


def told() -> list[str]:
    return list(OutboxRow.objects.filter(event__in=READY).order_by("id").values_list("event", flat=True))


def swept_after(traveller, days: int) -> list[str]:
    traveller.shift(timedelta(days=days))
    sweep()
    sweep()
    return told()


def test_until_it_is_planned_nobody_is_told_that_it_is_ready(registered, cast, day_one):
    assert swept_after(day_one, 40) == []


def test_on_its_day_and_a_week_later_and_never_again(registered, cast, day_one):
    planned(registered, cast, 1)
    assert swept_after(day_one, 0) == ["service_ready"]
    assert swept_after(day_one, 6) == ["service_ready"]
    assert swept_after(day_one, 1) == ["service_ready", "service_still_ready"]
    assert swept_after(day_one, 60) == ["service_ready", "service_still_ready"]


def test_what_was_received_or_cancelled_is_not_reminded_of(registered, cast, day_one):
    planned(registered, cast, 3)
    take(registered, cast, 1)
    cancel(registered, by=cast.store, why="refused", only=registered.instalments.get(number=2))
    assert swept_after(day_one, 40) == []
    assert swept_after(day_one, 20) == ["service_ready"]


def test_nobody_writes_to_the_dead(registered, cast, day_one):
    planned(registered, cast, 2)
    cancel(registered, by=cast.manager, why="died", only=registered.instalments.get(number=1))
    assert swept_after(day_one, 40) == []
    with pytest.raises(Refused, match="توفي"):
        change_receiving(registered, by=cast.store, receive_by="home", receive_where="بيته", why="asked")


def test_of_two_plans_the_later_reminds(registered, cast, day_one):
    first = date(2026, 12, 10)
    planned(registered, cast, 1, first=first)
    planned(registered, cast, 1, first=first + timedelta(days=10), why="تأخر المورد")
    day_one.move_to("2026-12-12T09:00:00+03:00", tick=False)
    assert swept_after(day_one, 0) == []
    assert swept_after(day_one, 8) == ["service_ready"]


@pytest.mark.parametrize(
    ("receive_by", "events"),
    [("home", ["service_ready_at_home"]), ("transfer", []), ("delegate", ["service_ready", "service_still_ready"])],
)
def test_only_whoever_has_to_come_is_asked_to(registered, cast, day_one, receive_by, events):
    planned(turned(registered, receive_by=receive_by), cast, 1)
    swept_after(day_one, 0)
    assert swept_after(day_one, 7) == events


def test_nothing_is_said_while_the_file_is_suspended(registered, cast, day_one, monkeypatch):
    planned(registered, cast, 1)
    monkeypatch.setattr("requests.rules.person_suspended", lambda person: "موقوف")
    assert swept_after(day_one, 0) == []
    assert Reminder.objects.get(kind="instalment_due").outcome == "received, cancelled, or planned anew"


def test_the_list_moves_from_new_to_due_to_not_collected(registered, cast, day_one):
    def where() -> list[str]:
        return [tab for tab, count in counts(cast.store).items() if count]

    assert where() == [NEW]
    planned(registered, cast, 2, first=date(2026, 12, 10))
    assert where() == [COMING]
    assert with_nothing_to_do_yet(cast.store).get() == registered
    day_one.move_to("2026-12-10T09:00:00+03:00", tick=False)
    assert where() == [DUE, COMING]
    assert not with_nothing_to_do_yet(cast.store).exists()
    day_one.move_to("2026-12-23T23:59:00+03:00", tick=False)
    assert where() == [DUE, COMING]
    day_one.move_to("2026-12-24T00:00:00+03:00", tick=False)
    assert where() == [UNCOLLECTED, COMING]


def test_the_list_asks_a_constant_number_of_queries(given, cast, day_one, django_assert_max_num_queries):
    for _each in range(3):
        planned(given(), cast, 2)
    day_one.shift(timedelta(days=14))
    client = client_of(cast.store)
    client.get("/deliveries/")
    with django_assert_max_num_queries(20):
        page = client.get("/deliveries/?tab=uncollected").content.decode()
    assert page.count("tel:") >= 3
