"""Words to both sides: to the person as things happen and the evening before, to the researcher the evening before."""

import re

import pytest

from beneficiaries.models import Person
from channels import wording
from core.models import OutboxRow, Reminder
from requests import workflow
from requests.tasks import sweep_visits
from requests.visits.actions import cancel, hand_over, settle
from tests.visits.desk import at, planned, tomorrow
from tests.visits.test_appointments import moved


@pytest.fixture
def visit(cast, taken):
    """An appointment on Tuesday, two days from day one."""
    type(cast.reem).objects.filter(pk=cast.reem.pk).update(mobile="+966550000555")
    cast.reem.refresh_from_db()
    return planned(taken, cast.reem, at("2026-11-24", 10))


def told() -> list[str]:
    rows = OutboxRow.objects.filter(event__startswith="appointment") | OutboxRow.objects.filter(event="visits_tomorrow")
    return [row.event for row in rows.order_by("pk")]


def evening(day_one, day: str) -> None:
    """The sweeps of an evening: more than one, as the clock would have it."""
    for minute in (0, 5):
        day_one.move_to(at(day, 17, minute))
        sweep_visits()


def test_the_person_hears_of_it_as_it_is_made_moved_and_cancelled(cast, visit):
    again = moved(visit, cast.reem, at("2026-11-25", 10))
    again = moved(again, cast.reem, at("2026-11-24", 10))
    cancel(again, by=cast.reem, why="…")
    assert told() == ["appointment_made", "appointment_moved", "appointment_moved", "appointment_cancelled"]


def test_what_does_not_concern_them_is_not_sent(cast, visit):
    moved(visit, cast.reem, visit.starts_at, note="مع زميلة", place="البيت القديم")
    assert told() == ["appointment_made"]


def test_both_are_reminded_the_evening_before_and_once(cast, visit, day_one):
    evening(day_one, "2026-11-22")
    assert told() == ["appointment_made"]
    evening(day_one, "2026-11-23")
    assert told() == ["appointment_made", "appointment_reminder", "visits_tomorrow"]
    evening(day_one, "2026-11-24")
    assert len(told()) == 3


def test_the_researcher_has_one_message_for_the_whole_of_tomorrow(cast, visit, day_one):
    planned(visit.case, cast.reem, at("2026-11-24", 8))
    planned(visit.case, cast.reem, at("2026-11-24", 13))
    evening(day_one, "2026-11-23")
    row = OutboxRow.objects.get(event="visits_tomorrow")
    assert (row.address, row.facts["visits"]) == ("+966550000555", "3 مواعيد")
    assert "8:00 صباحًا" in wording.render(row.event, row.facts)


def test_what_is_agreed_on_the_eve_is_not_said_twice_to_the_person(cast, visit, day_one):
    day_one.move_to(at("2026-11-23", 12))
    cancel(visit, by=cast.reem, why="…")
    planned(visit.case, cast.reem, tomorrow(12))
    evening(day_one, "2026-11-23")
    assert told() == ["appointment_made", "appointment_cancelled", "appointment_made", "visits_tomorrow"]


@pytest.mark.parametrize("what", ["cancelled", "moved away", "withdrawn", "missed early"])
def test_what_will_not_be_reminds_nobody(cast, visit, day_one, what):
    if what == "cancelled":
        cancel(visit, by=cast.reem, why="…")
    elif what == "moved away":
        moved(visit, cast.reem, at("2026-11-30", 10))
    elif what == "withdrawn":
        workflow.perform(visit.case, "withdraw", by=cast.noura, why="طلب ذلك", signed=True)
    else:
        day_one.move_to(at("2026-11-24", 11))
        settle(visit, by=cast.reem, state="missed")
    before = told()
    evening(day_one, "2026-11-23")
    assert told() == before


def test_a_moved_one_is_reminded_of_on_its_new_eve(cast, visit, day_one):
    moved(visit, cast.reem, at("2026-11-26", 10))
    for day in ("2026-11-23", "2026-11-25"):
        evening(day_one, day)
    assert told() == ["appointment_made", "appointment_moved", "appointment_reminder", "visits_tomorrow"]


def test_an_evening_on_which_nothing_ran_is_not_made_good_on_the_day_itself(visit, day_one):
    evening(day_one, "2026-11-24")
    assert told() == ["appointment_made"]
    assert set(Reminder.objects.filter(kind__startswith="visit").values_list("outcome", flat=True)) == {"another day"}


def test_after_handing_over_the_new_researcher_is_reminded(cast, salem, visit, day_one):
    type(salem).objects.filter(pk=salem.pk).update(mobile="+966550000777")
    salem.refresh_from_db()
    hand_over(visit.case, by=cast.reem, to=salem, why="…")
    evening(day_one, "2026-11-23")
    assert OutboxRow.objects.get(event="visits_tomorrow").address == "+966550000777"


def test_without_a_mobile_nobody_is_written_to(cast, taken, day_one):
    Person.objects.filter(pk=taken.person_id).update(mobile="")
    taken.person.refresh_from_db()
    planned(taken, cast.reem, at("2026-11-24", 10))
    evening(day_one, "2026-11-23")
    assert told() == []


def test_no_message_names_the_person_the_place_or_the_note(cast, visit, day_one):
    moved(visit, cast.reem, at("2026-11-24", 12), place="مستشفى الأمل", note="غسيل الكلى", how="office")
    evening(day_one, "2026-11-23")
    texts = [wording.render(row.event, row.facts) for row in OutboxRow.objects.all()]
    private = f"مستشفى|الكلى|{visit.case.person.first_name}|{visit.case.person.family_name}|{cast.reem.name}"
    assert [text for text in texts if re.search(private, text)] == []
    assert any("لقاء في مكتبنا" in text for text in texts)
