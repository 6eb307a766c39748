"""A researcher's day on a phone: the list is found and walked through by taps and by keys alone."""

import pytest
import time_machine
from playwright.sync_api import expect

from requests.actions import take_for_research
from requests.models import Appointment
from tests.browser.people import Staff
from tests.visits.desk import at, living_in, planned, referred

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def calendar():
    with time_machine.travel("2026-11-22T09:00:00+03:00", tick=True) as traveller:
        yield traveller


@pytest.fixture
def day(cast, calendar):
    """Two visits today, one tomorrow, one next week, and a case without an appointment."""
    home = {"short_code": "RAHA3124", "street": "شارع الوادي", "way_there": "خلف المسجد، الباب الأخضر"}
    people = [
        living_in(cast, "النخيل", "الرياض", first_name="منيرة", sex="female", home=home),
        living_in(cast, "الربوة", "الرياض", first_name="راشد"),
        living_in(cast, first_name="عبدالمجيد", family_name="القحطاني"),
    ]
    first, second, _third = (take_for_research(referred(cast, each), by=cast.reem) for each in people)
    planned(first, cast.reem, at("2026-11-22", 10), note="أحضر الاستمارة")
    planned(second, cast.reem, at("2026-11-22", 12, 30), how="office")
    planned(second, cast.reem, at("2026-11-23", 11), how="phone")
    planned(first, cast.reem, at("2026-11-25", 9))
    return first, second


def test_a_day_on_a_phone(browser, server, cast, day, calendar):
    researcher = Staff(browser, server, cast.reem)
    researcher.page.set_viewport_size(PHONE)
    researcher.open("/waiting/")
    researcher.press("مواعيدي: موعدان اليوم")
    researcher.reads("10:00 صباحًا", "خلف المسجد", "غدًا", "بلا موعد")
    researcher.look("visits-today")
    calendar.move_to("2026-11-22T10:20:00+03:00")
    researcher.sign_in()
    researcher.open("/visits/")
    held = researcher.page.get_by_role("button", name="تمّ اللقاء منيرة")
    held.focus()
    researcher.page.keyboard.press("Enter")
    researcher.reads("سُجّل أن الموعد تمّ", "انتهت اليوم (1)")
    assert Appointment.objects.earliest("starts_at").state == "held"
    move(researcher)
    researcher.open(f"/requests/{day[1].reference}/")
    researcher.look("visits-case")


def move(researcher) -> None:
    """By keys alone: to the link, through the form, on a Friday, which is asked about."""
    page = researcher.page
    page.locator("summary", has_text="راشد").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="تغيير الموعد راشد").first.focus()
    page.keyboard.press("Enter")
    researcher.reads("تغيير الموعد")
    page.get_by_label("يوم الموعد").fill("17/6/1448")
    page.get_by_label("ساعته").fill("13:15")
    page.get_by_label("ملاحظة لك").press("Enter")
    researcher.reads("ليس من أيام عمل الجمعية")
    researcher.look("visits-move")
    page.get_by_label("اتفقنا مع صاحب الطلب على هذا الوقت").press("Space")
    page.keyboard.press("Enter")
    researcher.reads("صار الموعد الجمعة 17 جمادى الآخرة 1448هـ")
    expect(page).to_have_url(f"{researcher.server.url}/visits/")
