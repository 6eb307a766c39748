"""The person's next appointment: on the open page its day alone, behind the code the rest and how to change it."""

from datetime import timedelta

import pytest

from core import clock
from requests.actions import take_for_research
from requests.visits import actions
from tests.appeal.desk import let_in, shown
from tests.visits.desk import planned, referred, tomorrow

OWN_WORDS = "بيت أختها، الباب الخلفي"


@pytest.fixture
def case(cast, day_one):
    return take_for_research(referred(cast), by=cast.reem)


@pytest.fixture
def appointment(case, cast):
    return planned(case, cast.reem, tomorrow(10), how="office", place=OWN_WORDS)


def open_page(client, case) -> str:
    return shown(client.get(f"/t/{case.status_token}/"))


def inside(client, case) -> str:
    let_in(client, case)
    return shown(client.get("/status/decision/"))


def test_the_open_page_says_the_day_in_both_calendars_and_no_more(client, case, appointment):
    page = open_page(client, case)
    assert "لديك موعد معنا" in page
    assert ("13 جمادى الآخرة 1448" in page, "23 نوفمبر 2026" in page) == (True, True)
    for unsaid in ("10:00", "مكتبنا", OWN_WORDS):
        assert unsaid not in page


def test_behind_the_code_stand_the_hour_how_and_how_to_change_it(client, case, appointment):
    page = inside(client, case)
    for said in ("موعدك القادم", "23 نوفمبر 2026", "الساعة 10:00 صباحًا", "لقاء في مكتبنا", "فاتصل بنا قبله"):
        assert said in page
    assert OWN_WORDS not in page
    assert "القرار في طلبك" not in page


def test_on_its_day_it_is_today_until_it_is_over(client, case, appointment, day_one):
    day_one.move_to(appointment.starts_at + timedelta(minutes=5), tick=False)
    assert "موعدك اليوم" in inside(client, case)
    day_one.move_to(appointment.ends_at, tick=False)
    assert "لديك موعد" not in open_page(client, case)


def test_without_one_or_with_a_cancelled_one_nothing_is_said(client, case, cast, appointment):
    actions.cancel(appointment, by=cast.reem, why="ظرف")
    page = open_page(client, case)
    assert ("لديك موعد" in page, "اعرف ساعة" in page) == (False, False)
    assert "موعدك" not in inside(client, case)


def test_the_next_of_several_is_shown(client, case, cast, appointment):
    planned(case, cast.reem, tomorrow(12) + timedelta(days=3), how="home")
    assert appointment.day > clock.today()
    assert "26 نوفمبر" not in open_page(client, case)
