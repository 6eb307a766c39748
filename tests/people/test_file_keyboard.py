"""The file by keyboard alone: from the counter's box to a changed part and a new member of the household."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import Staff
from tests.cast import new_person

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_officer_opens_and_amends_a_file_without_the_pointer(cast, server, browser):
    person = new_person(by=cast.noura)
    staff = Staff(browser, server, cast.noura)
    page, keys = staff.page, staff.page.keyboard
    staff.open("/counter/")
    keys.type("محمد سالم")
    keys.press("Enter")
    expect(page.locator("[data-hit]:focus")).to_be_visible()
    keys.press("Tab")  # from «طلب جديد» to «الملف»
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("محمد سالم أحمد العنزي")
    staff.look("person")

    keys.press("2")
    expect(page.locator("#id_mobile:focus")).to_be_visible()
    keys.press("Control+a")
    keys.type("٠٥٥٠٠٠٧٧٧٧")
    keys.press("Escape")
    expect(page.locator("#id_mobile")).to_have_value("٠٥٥٠٠٠٧٧٧٧")
    keys.press("Enter")
    staff.reads("حُفظ في الملف.", "055 000 7777")

    keys.press("3")
    expect(page.locator("#id_name:focus")).to_be_visible()
    keys.type("ليلى محمد العنزي")
    keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(page.locator("#id_relation")).to_have_value("child")
    keys.press("Enter")
    staff.reads("ليلى محمد العنزي", "فرد واحد مع صاحب الملف")

    keys.press("5")
    expect(page.locator("#id_short_code:focus")).to_be_visible()
    keys.insert_text("RRRD2929")  # pasted
    expect(page.locator("#id_building_number")).to_have_value("2929")
    keys.press("Enter")
    staff.reads("RRRD2929")
    person.refresh_from_db()
    assert (person.mobile, person.household.get().relation) == ("+966550007777", "child")
