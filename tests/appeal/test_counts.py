"""The manager's count of objections: by the month they came, each once, nobody named."""

from datetime import date

import pytest
from django.urls import reverse

from oversight.objections.rules import Counted, by_month, total
from requests import workflow
from requests.appeal import actions
from tests import recorded
from tests.appeal.desk import objected, shown
from tests.appeal.test_when import second_rejection
from tests.cast import client_of


@pytest.fixture
@recorded.kept_rows
def counted(case_at, cast, day_one):
    """Two in December: one rejected again, one waiting; three in January and later: studied, waiting, withdrawn."""
    first, second = case_at("rejected"), case_at("rejected")
    second_rejection(first, cast, day_one)
    objected(second, cast)
    day_one.move_to("2027-01-01T00:00:00+03:00", tick=False)  # still December in Greenwich
    for then in ("study", "wait", "withdraw"):
        case = case_at("rejected")
        objected(case, cast)
        if then != "wait":
            case = actions.take_up(case, by=cast.secretary)
        if then == "withdraw":
            workflow.perform(case, "withdraw", by=cast.noura, why="طلب ذلك", signed=True)


def test_each_objection_is_counted_once_in_the_month_it_came(counted):
    rows = {row.first: row for row in by_month() if row.received}
    assert rows.pop(date(2026, 12, 1)) == Counted(first=date(2026, 12, 1), received=2, stands=1, waiting=1)
    assert sum(row.received for row in rows.values()) == 3
    assert total() == Counted(first=None, received=5, waiting=2, studied=1, stands=1, ended=1)
    for row in (*by_month(), total()):
        assert row.received == row.waiting + row.studied + row.granted + row.stands + row.ended


def test_a_month_begins_in_riyadh(case_at, cast, day_one):
    case = case_at("rejected")
    day_one.move_to("2027-01-01T00:00:00+03:00", tick=False)
    objected(case, cast)
    assert [row.first for row in by_month() if row.received] == [date(2027, 1, 1)]


def test_the_year_has_twelve_months_newest_first(pack, day_one):
    months = [row.first for row in by_month()]
    assert (months[0], months[-1], len(months)) == (date(2026, 11, 1), date(2025, 12, 1), 12)


def test_the_manager_reads_numbers_and_no_names(counted, cast):
    page = shown(client_of(cast.manager).get(reverse("oversight:objections")))
    assert "ديسمبر 2026" in page
    assert not any(person.name in page for person in (cast.chair, cast.member1, cast.secretary))


def test_it_waits_on_the_secretarys_first_page_until_it_is_taken_up(case_at, cast):
    case = case_at("rejected")
    objected(case, cast)
    client, way = client_of(cast.secretary), reverse("requests:appeal", args=[case.reference])
    assert way in client.get(reverse("oversight:waiting")).content.decode()
    assert way not in client_of(cast.chair).get(reverse("oversight:waiting")).content.decode()
    client.post(way)
    assert way not in client.get(reverse("oversight:waiting")).content.decode()
