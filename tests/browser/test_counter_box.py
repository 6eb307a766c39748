"""The counter's box at a screen: by keys alone, in Arabic, at both widths."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import Staff
from tests.cast import new_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FATHERS = """
سالم علي ناصر خالد فهد صالح عبدالله إبراهيم حسن سعد راشد عمر بندر ماجد تركي نايف سلطان يوسف عايض حمد زيد
""".split()


def test_the_box_is_walked_by_keys(browser, server, cast):
    for father in FATHERS:
        new_person(by=cast.noura, father_name=father, family_name="العنزي")
    new_person(by=cast.noura, first_name="مشعل", father_name="راكان", family_name="البقمي")
    officer = Staff(browser, server, cast.noura)
    page, keys = officer.page, officer.page.keyboard
    officer.open("/counter/")
    keys.type("محمد العنزي")
    officer.reads("أكثر من 20 ملفًا")
    keys.press("ArrowDown")
    expect(page.locator("#results [data-hit]").first).to_be_focused()
    keys.press("ArrowDown")
    expect(page.locator("#results [data-hit]").nth(1)).to_be_focused()
    keys.press("Escape")
    expect(page.locator("#q")).to_be_focused()
    officer.look("counter-many")
    page.locator("#q").fill("مشعل راكان البقعي")
    officer.reads("هل تقصد", "البقمي")
    officer.look("counter-near")
    page.locator("#q").fill("خلود الشمراني")
    officer.reads("لا يوجد ملف بما كتبته")
    officer.look("counter-none")
