"""Appointments: made, moved, cancelled, held, missed; a researcher is in one place at a time."""

import threading
from datetime import time, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from core import clock
from core.audit import history
from core.errors import Refused
from policies import packs
from policies.models import Association
from requests import workflow
from requests.actions import take_for_research
from requests.models import Appointment
from requests.visits import rules
from requests.visits.actions import cancel, hand_over, make, move, settle, take_back
from requests.visits.forms import AppointmentForm
from tests.races import PATIENCE, at_once, waiting_for_all
from tests.visits.desk import at, planned, referred, tomorrow


def moved(visit, by, start, **facts):
    return move(visit, by=by, starts_at=start, ends_at=start + timedelta(minutes=45), **facts)


def test_it_is_made_moved_and_held_and_each_is_in_the_record(cast, taken, day_one):
    visit = planned(taken, cast.reem, tomorrow(), place="بيت أخيه")
    visit = moved(visit, cast.reem, tomorrow(13))
    assert (visit.minutes, visit.moves, visit.place) == (45, 1, "بيت أخيه")
    day_one.move_to(at("2026-11-23", 14))
    visit = settle(visit, by=cast.reem, state="held")
    assert (visit.state, visit.settled_by) == ("held", cast.reem)
    verbs = [row.verb for row in history(taken) if row.verb.startswith("appointment")]
    assert verbs == ["appointment_made", "appointment_moved", "appointment_held"]


def test_a_cancelled_one_says_why(cast, taken):
    visit = cancel(planned(taken, cast.reem, tomorrow()), by=cast.reem, why="سافر صاحب الطلب")
    assert (visit.state, visit.why) == ("cancelled", "سافر صاحب الطلب")
    with pytest.raises(Refused, match="انتهى أمر"):
        moved(visit, cast.reem, tomorrow(13))


def test_one_that_is_over_is_settled_once(cast, taken, day_one):
    visit = planned(taken, cast.reem, tomorrow())
    day_one.move_to(at("2026-11-23", 11))
    settle(visit, by=cast.reem, state="missed")
    with pytest.raises(Refused, match="انتهى أمر"):
        settle(visit, by=cast.reem, state="held")


@pytest.mark.parametrize(
    ("moment", "state", "may"),
    [
        (("2026-11-22", 23, 59), "held", False),
        (("2026-11-23", 0, 0), "held", True),  # they came early
        (("2026-11-23", 9, 59), "missed", False),
        (("2026-11-23", 10, 0), "missed", True),
        (("2026-11-30", 8, 0), "held", True),  # written down late
    ],
)
def test_what_came_of_it_is_recorded_when_its_time_has_come(cast, taken, day_one, moment, state, may):
    visit = planned(taken, cast.reem, tomorrow())
    day_one.move_to(at(*moment))
    assert (rules.why_not_settle(visit, by=cast.reem, state=state) is None) == may


def test_a_slip_of_the_thumb_is_put_right_on_the_same_day_only(cast, taken, day_one):
    visit = planned(taken, cast.reem, tomorrow())
    day_one.move_to(at("2026-11-23", 11))
    assert take_back(settle(visit, by=cast.reem, state="missed"), by=cast.reem).state == "planned"
    settle(visit, by=cast.reem, state="missed")
    day_one.move_to(at("2026-11-24", 0))
    with pytest.raises(Refused, match="في يوم تسجيلها"):
        take_back(visit, by=cast.reem)


@pytest.mark.parametrize("who", ["noura", "manager", "secretary", "salem"])
def test_only_its_researcher_makes_and_settles_one(cast, salem, taken, day_one, who):
    person = salem if who == "salem" else getattr(cast, who)
    with pytest.raises(Refused):
        planned(taken, person, tomorrow())
    visit = planned(taken, cast.reem, tomorrow())
    day_one.move_to(at("2026-11-23", 11))
    with pytest.raises(Refused):
        settle(visit, by=person, state="held")


def test_the_manager_moves_and_cancels_for_a_researcher_who_cannot(cast, taken):
    visit = moved(planned(taken, cast.reem, tomorrow()), cast.manager, tomorrow(12))
    assert cancel(visit, by=cast.manager, why="مرض الباحثة").state == "cancelled"


def test_the_past_is_not_arranged(cast, taken, day_one):
    with pytest.raises(Refused, match="مضى"):
        planned(taken, cast.reem, clock.now())


def test_nothing_is_arranged_before_or_after_research(cast, case_at):
    for state in ("verified", "committee_review"):
        case = case_at(state)
        with pytest.raises(Refused):
            planned(case, cast.reem, tomorrow())


def test_while_research_awaits_papers_visits_go_on(cast, taken):
    case = workflow.perform(taken, "ask_for_papers", by=cast.reem, papers={"other-1": "عقد الإيجار"})
    assert planned(case, cast.reem, tomorrow()).state == "planned"


def test_nobody_who_was_promised_a_visit_is_forgotten(cast, taken):
    planned(taken, cast.reem, tomorrow())
    assert "ما زال هناك موعد" in rules.appointment_open(taken, cast.reem)


@pytest.mark.parametrize(
    ("action", "facts"),
    [("withdraw", {"why": "طلب ذلك", "signed": True}), ("close", {"close_reason": "death"})],
)
def test_the_end_of_a_request_is_the_end_of_its_appointments(cast, taken, action, facts):
    visit = planned(taken, cast.reem, tomorrow())
    workflow.perform(taken, action, by=cast.noura if action == "withdraw" else cast.manager, **facts)
    visit.refresh_from_db()
    assert (visit.state, visit.why) == ("cancelled", "انتهى الطلب.")


# One place at a time


@pytest.mark.parametrize(
    ("start", "minutes", "free"),
    [((10, 0), 45, False), ((9, 15), 45, True), ((9, 16), 45, False), ((10, 45), 30, True), ((10, 44), 30, False)],
)
def test_a_researcher_is_in_one_place_at_a_time(cast, taken, start, minutes, free):
    planned(taken, cast.reem, tomorrow())
    begins = at("2026-11-23", *start)
    assert (rules.clash(cast.reem, begins, begins + timedelta(minutes=minutes)) is None) == free


def test_moving_one_does_not_run_into_itself_but_into_another(cast, taken):
    first, second = planned(taken, cast.reem, tomorrow()), planned(taken, cast.reem, tomorrow(12))
    first = moved(first, cast.reem, at("2026-11-23", 10, 15))
    with pytest.raises(Refused, match="موعد آخر"):
        moved(second, cast.reem, at("2026-11-23", 10, 30))


def test_a_cancelled_one_makes_room_and_a_colleague_is_somebody_else(cast, salem, taken):
    cancel(planned(taken, cast.reem, tomorrow()), by=cast.reem, why="…")
    planned(taken, cast.reem, tomorrow())
    other = take_for_research(referred(cast), by=salem)
    assert planned(other, salem, tomorrow()).researcher == salem


def test_the_database_holds_it_too(cast, taken):
    visit = planned(taken, cast.reem, tomorrow())
    visit.pk = None
    with pytest.raises(IntegrityError, match="one_place"), transaction.atomic():
        visit.save(force_insert=True)


def two_at_once(cast, cases, then=lambda: None) -> list:
    """What each of them came to, and `then` after each."""
    facts = {"by": cast.reem, "how": "home", "starts_at": tomorrow(), "ends_at": tomorrow(11)}

    def work(case):
        try:
            return make(case, **facts)
        finally:
            then()

    return at_once(*[partial(work, case) for case in cases], met=(Refused, IntegrityError))


@pytest.fixture
def two_cases(cast, day_one):
    return [take_for_research(referred(cast), by=cast.reem) for _each in range(2)]


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_appointments_made_at_once_are_one(cast, two_cases):
    made = two_at_once(cast, two_cases)
    assert {type(each) for each in made} == {Appointment, Refused}


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_both_find_the_time_free_and_the_database_refuses(cast, two_cases, monkeypatch):
    """Both have asked before either writes; then one writes after the other, since two exclusions checked at the same
    instant are told as a deadlock."""
    both, written = threading.Barrier(2), threading.Event()

    def free(*args, **facts):
        if both.wait(PATIENCE):
            assert written.wait(PATIENCE)

    monkeypatch.setattr("requests.visits.actions.hold", lambda researchers: None)
    monkeypatch.setattr(rules, "clash", free)
    made = two_at_once(cast, two_cases, then=written.set)
    assert {type(each) for each in made} == {Appointment, IntegrityError}


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_control_without_lock_and_constraint_the_researcher_is_in_two_places(cast, two_cases, monkeypatch):
    monkeypatch.setattr("requests.visits.actions.hold", lambda researchers: None)
    monkeypatch.setattr(rules, "clash", waiting_for_all(2, lambda *args, **facts: None))
    constraint = Appointment._meta.constraints[0]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Appointment, constraint)
    try:
        assert {type(each) for each in two_at_once(cast, two_cases)} == {Appointment}
    finally:
        Appointment.objects.order_by("pk").last().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Appointment, constraint)


# Working days and hours, softly


@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [("2026-11-24", 10, ""), ("2026-11-27", 10, "ليس من أيام عمل"), ("2026-11-24", 7, "خارج ساعات العمل")],
)
def test_an_unusual_time_is_said_and_may_be_kept(pack, day_one, day, hour, said):
    sent = {"how": "home", "day": day, "at": f"{hour:02}:00", "minutes": "45"}
    form = AppointmentForm(sent)
    assert form.is_valid() == (said == "")
    assert said in str(form.errors.get("anyway", ""))
    assert AppointmentForm(sent | {"anyway": "on"}).is_valid()


def test_a_holiday_is_no_working_day(pack, day_one):
    Association.objects.update(holidays=["2026-11-24"])
    assert not AppointmentForm({"how": "home", "day": "24/11/2026", "at": "10:00", "minutes": "45"}).is_valid()


@pytest.mark.parametrize("pack", packs.NAMES)
def test_the_hours_of_every_pack_are_read(load_pack, pack):
    load_pack(pack)
    association = Association.current()
    first, last = rules.hours_of(association.hours)
    assert first < last
    assert rules.hours_of(association.ramadan_hours)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("الأحد إلى الخميس، 8 صباحًا إلى 3 مساءً", (time(8), time(15))),
        ("من ٨:٣٠ ص إلى ٢:٣٠ م", (time(8, 30), time(14, 30))),
        ("1 ظهرًا إلى 5 مساءً", (time(13), time(17))),
        ("صباحًا ومساءً", None),
        ("من 8 صباحًا إلى 12 ظهرًا ومن 4 عصرًا إلى 8 مساءً", None),  # two periods: nothing is guessed
        ("24 ساعة", None),
    ],
)
def test_hours_are_read_where_they_can_be(text, hours):
    assert rules.hours_of(text) == hours


@pytest.mark.parametrize(
    ("typed", "read"),
    [("10:30", time(10, 30)), ("١٠:٣٠", time(10, 30)), ("1.30 م", time(13, 30)), ("8", time(8)), ("12 ص", time(0))],
)
def test_the_hour_is_read_as_people_type_it(pack, day_one, typed, read):
    form = AppointmentForm({"how": "home", "day": "25/11/2026", "at": typed, "minutes": "45", "anyway": "on"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"] == read


@pytest.mark.parametrize("typed", ["25:00", "10:99", "غدًا", "13 م", ""])
def test_what_is_no_hour_is_said(typed):
    assert "at" in AppointmentForm({"how": "home", "day": "25/11/2026", "at": typed, "minutes": "45"}).errors


def test_an_appointment_goes_with_the_case(cast, salem, taken):
    visit = planned(taken, cast.reem, tomorrow())
    hand_over(taken, by=cast.manager, to=salem, why="…")
    assert moved(Appointment.objects.get(pk=visit.pk), salem, tomorrow(12)).moves == 1
