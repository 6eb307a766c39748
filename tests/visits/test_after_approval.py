"""In a year of instalments circumstances change: it is written down, whoever delivers reads it, and nothing moves."""

import pytest

from core.errors import Refused
from oversight.demo.walk import STEPS
from requests.models import Change, SupportRequest
from requests.visits import rules
from requests.visits.actions import record_change
from requests.visits.page import changed_in_delivery
from tests.cast import client_of
from tests.delivery.desk import planned, take

FACTS = {"what": "work_found", "detail": "وجد عملًا في المصنع.", "told_by": "person"}


@pytest.fixture
def registered(case_at):
    return case_at("registered")


def read(person, case, page=""):
    return client_of(person).get(f"/requests/{case.reference}/{page}").content.decode()


@pytest.mark.parametrize("state", ["approved", "registered"])
def test_the_counter_records_it_and_neither_state_nor_date_moves(case_at, cast, state):
    case = case_at(state)
    before = {name: getattr(case, name) for name in ("state", "state_since", "earliest_decision_on", "decided_on")}
    completed = case.study.completed_at
    assert "تسجيل تغيّر في الظروف" in read(cast.noura, case)
    assert client_of(cast.noura).post(f"/requests/{case.reference}/change/", FACTS).status_code == 302
    case = SupportRequest.objects.get(pk=case.pk)
    assert {name: getattr(case, name) for name in before} == before
    assert case.study.completed_at == completed
    assert Change.objects.get().what == "work_found"


@pytest.mark.parametrize("who", ["reem", "store", "manager", "chair"])
def test_after_the_approval_nobody_else_records_it(registered, cast, who):
    with pytest.raises(Refused):
        record_change(registered, by=getattr(cast, who), **FACTS)


@pytest.mark.parametrize("state", ["rejected", "delivered", "received"])
def test_where_nothing_is_studied_decided_or_delivered_nothing_is_recorded(case_at, cast, state):
    assert rules.why_not_record(case_at(state), by=cast.noura)


def test_whoever_delivers_reads_what_changed_and_never_the_details(registered, cast):
    planned(registered, cast, 3)
    assert "تغيّرت ظروف صاحب الطلب" not in read(cast.store, registered, "delivery/")
    record_change(registered, by=cast.noura, **FACTS)
    page = read(cast.store, registered, "delivery/")
    assert "تغيّرت ظروف صاحب الطلب بعد الموافقة" in page
    assert "الحصول على عمل" in page
    assert "المصنع" not in page
    assert f'href="/requests/{registered.reference}/delivery/cancel/"' in page
    take(registered, cast)
    assert registered.instalments.received().count() == 1


def test_the_manager_finds_it_until_all_is_delivered(registered, cast):
    record_change(registered, by=cast.noura, **FACTS)
    assert [row.case for row in changed_in_delivery(cast.manager)] == [registered]
    assert changed_in_delivery(cast.store) == []
    page = client_of(cast.manager).get("/waiting/").content.decode()
    assert "ظروف تغيّرت بعد الموافقة" in page
    assert "المصنع" not in page
    planned(registered, cast, 1)
    take(registered, cast)
    assert changed_in_delivery(cast.manager) == []


def test_what_the_decision_knew_is_not_shown_as_new(cast, case_at, day_one):
    case = case_at("social_research")
    record_change(case, by=cast.noura, **FACTS)
    for step in ("committee_review", "carried", "approved", "registered"):
        if step == "approved":
            day_one.move_to(f"{case.earliest_decision_on}T09:00:00+03:00", tick=False)
        STEPS[step](SupportRequest.objects.get(pk=case.pk), cast)
    assert SupportRequest.objects.get().state == "registered"
    assert changed_in_delivery(cast.manager) == []


def test_a_later_study_does_not_begin_from_one_that_does_not_know_it(registered, cast):
    assert rules.last_valid_study(registered.person) == registered.study
    record_change(registered, by=cast.noura, **FACTS)
    assert rules.last_valid_study(registered.person) is None
