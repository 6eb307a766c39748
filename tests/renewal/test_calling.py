"""One person is called once a day by one colleague, and what came of it is kept; confirming makes the file fresh."""

from datetime import timedelta

import pytest

from beneficiaries.models import Calling, Outreach
from beneficiaries.renewal.actions import CALL_LASTS, begin_call, confirm, leave_call, record_call
from beneficiaries.renewal.rules import freshness
from core import clock
from core.audit import history
from core.errors import Refused
from tests.renewal.desk import stands, yearly

ACTS = {"begin": begin_call, "record": lambda person, by: record_call(person, by=by, result="no_answer")}


@pytest.fixture
def due(cast, day_one):
    person = yearly(cast)
    stands(day_one, person, days=-3)
    return person


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("name", ["reem", "manager", "secretary", "store"])
def test_the_counter_calls_and_nobody_else(cast, due, act, name):
    with pytest.raises(Refused):
        ACTS[act](due, by=getattr(cast, name))
    assert not Outreach.objects.exists()


@pytest.mark.parametrize("result", Outreach.Result.values)
@pytest.mark.parametrize("name", ["noura", "saad"])
def test_nobody_is_called_twice_in_a_day_by_whomever(cast, due, result, name):
    record_call(due, by=cast.noura, result=result)
    with pytest.raises(Refused, match=cast.noura.name):
        begin_call(due, by=getattr(cast, name))
    with pytest.raises(Refused):
        record_call(due, by=getattr(cast, name), result="no_answer")
    assert due.outreach.count() == 1


@pytest.mark.parametrize(("first", "second", "refused"), [("09:00", "23:59", True), ("23:59", "00:00", False)])
def test_a_day_ends_at_midnight_in_riyadh(cast, due, day_one, first, second, refused):
    stands(day_one, due, days=-3, hour=first)
    record_call(due, by=cast.noura, result="no_answer")
    stands(day_one, due, days=-3 if refused else -4, hour=second)
    if refused:
        with pytest.raises(Refused):
            begin_call(due, by=cast.saad)
    else:
        assert begin_call(due, by=cast.saad).by == cast.saad


def test_a_colleague_waits_while_one_calls_and_takes_over_when_it_lapsed(cast, due, day_one):
    begin_call(due, by=cast.noura)
    day_one.shift(CALL_LASTS - timedelta(seconds=1))
    with pytest.raises(Refused, match=cast.noura.name):
        begin_call(due, by=cast.saad)
    day_one.shift(timedelta(seconds=1))
    assert begin_call(due, by=cast.saad).by == cast.saad


def test_who_was_let_go_is_free_for_a_colleague_at_once_and_no_call_is_kept(cast, due):
    begin_call(due, by=cast.noura)
    leave_call(due, by=cast.saad)  # not theirs to let go
    assert Calling.objects.exists()
    leave_call(due, by=cast.noura)
    begin_call(due, by=cast.saad)
    assert not Outreach.objects.exists()


def test_one_calls_one_person_at_a_time(cast, due):
    other = yearly(cast, "1002")
    begin_call(due, by=cast.noura)
    begin_call(other, by=cast.noura)
    assert list(Calling.objects.values_list("person", flat=True)) == [other.pk]


@pytest.mark.parametrize("result", Outreach.Result.values)
def test_only_a_confirmation_makes_the_file_fresh(cast, due, result):
    record_call(due, by=cast.noura, result=result)
    due.refresh_from_db()
    assert (due.confirmed_on == clock.today()) is (result == "confirmed")
    assert freshness(due.confirmed_on, 12).is_stale is (result != "confirmed")
    assert not Calling.objects.exists()


def test_what_came_of_the_call_is_kept_with_the_number_called_and_stands_in_the_record(cast, due):
    row = record_call(due, by=cast.noura, result="no_answer", note="بعد العصر")
    assert (row.mobile, row.note, row.made_by) == (due.mobile, "بعد العصر", cast.noura)
    assert [each.verb for each in history(due)][-1] == "called"
    assert "بعد العصر" not in str([each.changes for each in history(due)])


def test_confirming_at_the_counter_twice_in_a_day_changes_nothing_more(cast, due):
    first = confirm(due, by=cast.noura, how="counter")
    assert confirm(due, by=cast.saad, how="counter").confirmed_on == first.confirmed_on == clock.today()
