"""The person calls the counter and asks for another time, or for none: the counter does it, and both sides hear."""

import pytest

from accounts.models import User
from core.errors import Refused
from core.models import OutboxRow
from requests import workflow
from requests.models import Exclusion
from requests.visits import rules
from requests.visits.actions import cancel, make, settle
from tests.cast import client_of
from tests.visits.desk import at, planned, tomorrow
from tests.visits.test_appointments import moved

MOVED = {"how": "office", "day": "24/11/2026", "at": "11:00", "minutes": "45"}


@pytest.fixture
def visit(cast, taken):
    User.objects.filter(pk=cast.reem.pk).update(mobile="+966550000555")
    cast.reem.refresh_from_db()
    return planned(taken, cast.reem, tomorrow(), note="غسيل الكلى", place="بيت أخته")


def told() -> list[tuple[str, str]]:
    wanted = ("appointment_moved", "appointment_cancelled", "visit_moved", "visit_cancelled")
    return list(OutboxRow.objects.filter(event__in=wanted).order_by("pk").values_list("event", "address"))


def address(visit, verb: str) -> str:
    return f"/requests/{visit.case.reference}/appointments/{visit.pk}/{verb}/"


def test_the_counter_moves_it_and_both_are_told(cast, visit):
    assert client_of(cast.noura).post(address(visit, "move"), MOVED).status_code == 302
    visit.refresh_from_db()
    assert (visit.starts_at, visit.how, visit.researcher) == (at("2026-11-24", 11), "office", cast.reem)
    person = visit.case.mobile_to_tell
    assert sorted(told()) == [("appointment_moved", person), ("visit_moved", "+966550000555")]


def test_the_counter_cancels_it_and_says_that_the_person_asked(cast, visit):
    client = client_of(cast.noura)
    assert "بطلب من صاحب الطلب." in client.get(address(visit, "cancel")).content.decode()
    assert client.post(address(visit, "cancel"), {"why": "بطلب من صاحب الطلب."}).status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.settled_by) == ("cancelled", cast.noura)
    assert {event for event, _to in told()} == {"appointment_cancelled", "visit_cancelled"}


def test_the_researchers_note_is_not_read_and_not_lost(cast, visit):
    client = client_of(cast.noura)
    for page in (address(visit, "move"), f"/requests/{visit.case.reference}/"):
        assert "غسيل الكلى" not in client.get(page).content.decode()
    client.post(address(visit, "move"), MOVED | {"place": "بيت أخته", "note": "…"})
    visit.refresh_from_db()
    assert (visit.note, visit.place) == ("غسيل الكلى", "بيت أخته")


def test_the_case_page_of_the_counter_leads_there(cast, visit):
    html = client_of(cast.noura).get(f"/requests/{visit.case.reference}/").content.decode()
    assert address(visit, "move") in html
    assert address(visit, "cancel") in html
    assert "تحديد موعد" not in html  # a new one is the researcher's to make


def test_the_researcher_is_not_written_to_about_their_own_doing(cast, visit):
    cancel(moved(visit, cast.reem, tomorrow(13)), by=cast.reem, why="سفر")
    assert [event for event, _to in told()] == ["appointment_moved", "appointment_cancelled"]


def test_it_is_refused_where_the_researcher_is_elsewhere(cast, visit):
    planned(visit.case, cast.reem, at("2026-11-24", 11))
    answer = client_of(cast.noura).post(address(visit, "move"), MOVED)
    assert (answer.status_code, told()) == (422, [])


@pytest.mark.parametrize("who", ["huda", "chair", "secretary", "store"])
def test_nobody_else_does(cast, visit, who):
    """Huda serves another branch; the others serve no counter."""
    person = getattr(cast, who)
    assert rules.why_not_rearrange(visit, by=person)
    for verb, sent in (("move", MOVED), ("cancel", {"why": "…"})):
        assert client_of(person).post(address(visit, verb), sent).status_code == 404
    with pytest.raises(Refused):
        cancel(visit, by=person, why="…")


def test_not_by_somebody_with_a_conflict(cast, visit):
    Exclusion.objects.create(case=visit.case, user=cast.noura, why=Exclusion.Why.CONFLICT_DECLARED)
    assert client_of(cast.noura).post(address(visit, "move"), MOVED).status_code == 404


def test_the_counter_neither_makes_nor_settles_one(cast, visit, day_one):
    with pytest.raises(Refused):
        make(visit.case, by=cast.noura, how="home", starts_at=tomorrow(13), ends_at=tomorrow(14))
    day_one.move_to(at("2026-11-23", 11))
    with pytest.raises(Refused):
        settle(visit, by=cast.noura, state="held")


def test_one_that_is_over_is_not_moved(cast, visit):
    workflow.perform(visit.case, "withdraw", by=cast.noura, why="طلب ذلك", signed=True)
    visit.refresh_from_db()
    assert "انتهى أمر" in rules.why_not_rearrange(visit, by=cast.noura)
