"""People are called, and a question is referred and answered, by keys alone; each screen as it looks."""

import pytest
import time_machine
from playwright.sync_api import expect

from beneficiaries.models import Person
from core import clock
from tests.browser.people import Staff
from tests.cast import new_case
from tests.renewal.desk import yearly

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def calendar():
    with time_machine.travel("2026-11-22T09:00:00+03:00", tick=True):
        yield


def test_two_people_are_called_in_four_keys(browser, server, cast, calendar):
    first = yearly(cast, "1001", first_name="راشد", confirmed_on="2025-01-10")
    second = yearly(cast, "1002", first_name="منيرة", confirmed_on="2025-02-10")
    officer = Staff(browser, server, cast.noura)
    officer.open("/outreach/")
    officer.look("outreach-list")
    for person, key, words in ((first, "1", "أكّد بالهاتف"), (second, "3", "لم يرد")):
        expect(officer.page.locator(".reach-row button:focus")).to_be_visible()
        officer.page.keyboard.press("Enter")
        expect(officer.page.locator(".calling a[href^='tel:']:focus")).to_be_visible()
        expect(officer.page.locator(".calling")).to_contain_text(person.full_name)
        officer.look(f"outreach-call-{key}")
        officer.page.keyboard.press(key)
        officer.reads(f"{person.full_name}: {words}")
    officer.reads("لم يبق أحد هنا")
    fresh = dict(Person.objects.values_list("pk", "confirmed_on"))
    assert (fresh[first.pk] == clock.today(), fresh[second.pk] == clock.today()) == (True, False)


def test_enter_in_the_note_asks_what_came_of_the_call(browser, server, cast, calendar):
    person = yearly(cast, confirmed_on="2025-01-10")
    officer = Staff(browser, server, cast.noura)
    officer.open("/outreach/")
    officer.page.keyboard.press("Enter")
    officer.page.get_by_label("ملاحظة").press_sequentially("بعد العصر")
    officer.page.keyboard.press("Enter")
    officer.reads("اختر نتيجة الاتصال.")
    expect(officer.page.locator("[data-errors]:focus")).to_be_visible()
    officer.page.keyboard.press("3")
    officer.reads(f"{person.full_name}: لم يرد")
    assert person.outreach.get().note == "بعد العصر"


def test_a_question_is_referred_and_answered_by_keys(browser, server, cast, calendar):
    case = new_case(by=cast.noura)
    officer, researcher = Staff(browser, server, cast.noura), Staff(browser, server, cast.reem)
    officer.open(f"/requests/{case.reference}/")
    officer.page.keyboard.press("u")
    officer.page.keyboard.type("هل تزورونني؟")
    officer.page.keyboard.press("Tab")
    officer.page.keyboard.press("Enter")
    officer.reads("سؤال عند الباحث")
    row = case.clarifications.get()
    researcher.open(f"/clarifications/{row.pk}/")
    researcher.page.keyboard.press("t")
    expect(researcher.page.get_by_label("الجواب، مكتوبًا لصاحب الطلب")).to_be_focused()
    researcher.look("clarification-answer")
    researcher.page.keyboard.type("نتصل بك أولًا.")
    for key in ("Tab", "Tab", "Enter"):
        researcher.page.keyboard.press(key)
    researcher.reads("الجواب عند الاستقبال الآن")
    row.refresh_from_db()
    assert (row.answer, row.may_be_shown) == ("نتصل بك أولًا.", False)
