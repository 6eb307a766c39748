"""A sponsorship of twelve months by keyboard alone: planned, received by a code, lying uncollected, called about."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from channels import delivery
from core.models import OutboxRow
from requests.models import CollectionCall, Instalment, SupportRequest
from tests.browser.people import Staff
from tests.delivery.conftest import given  # noqa: F401
from tests.delivery.desk import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def to(page, selector: str) -> None:
    """Tab onwards until the focus is there."""
    for _tab in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_a_sponsorship_is_planned_and_received_by_keyboard(browser, server, cast, given, day_one):  # noqa: F811
    case = given(total="10000.00", kind="sponsorship", months=12)
    officer = Staff(browser, server, cast.store)
    page = officer.page
    officer.open("/deliveries/?tab=new")
    officer.look("deliveries-new")
    to(page, f'main a[href="{address(case)}"]')
    page.keyboard.press("Enter")
    officer.reads("لم يوضع جدول الدفعات بعد", "القرار لمدة 12 شهرًا")
    page.keyboard.press("p")
    officer.reads("المبلغ المراد تقسيمه")
    to(page, "#id_first")
    page.keyboard.press("Control+A")
    page.keyboard.type("1/7/1448")
    to(page, "button[name=divide]")
    page.keyboard.press("Enter")
    expect(page.locator("#id_row12-due")).to_have_value("1/6/1449")
    expect(page.locator("#id_row12-amount")).to_have_value("833.37")
    officer.look("delivery-plan")
    to(page, "#id_row1-due")
    page.keyboard.press("Enter")
    officer.reads("حُفظ الجدول")
    assert Instalment.objects.filter(case=case).count() == 12
    received_by_code(officer, case)
    uncollected(officer, case, day_one)


def received_by_code(officer, case) -> None:
    page = officer.page
    to(page, "input[name=how]")
    assert page.locator("input[name=how]:checked").count() == 0, "no way of signing is taken for granted"
    while not page.evaluate("document.activeElement.value === 'code'"):
        page.keyboard.press("ArrowDown")
    to(page, "button[formaction]")
    page.keyboard.press("Enter")
    expect(page.locator("#id_code")).to_be_focused()
    code = OutboxRow.objects.get(event="code_to_receive").facts["code"]
    delivery.sweep()
    officer.look("delivery-code")
    page.locator("#id_code").focus()
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    officer.reads("سُجّل الاستلام", "استُلم 1 من 12", "برمز أُرسل إلى الجوال")
    officer.look("delivery-planned")


def uncollected(officer, case, day_one) -> None:
    page = officer.page
    day_one.shift(timedelta(days=60))
    officer.sign_in()
    officer.open("/deliveries/?tab=uncollected")
    officer.reads("لم تُستلم")
    officer.look("deliveries-uncollected")
    officer.open(address(case))
    to(page, "input[name=result]")
    page.keyboard.press("Space")
    to(page, "#id_comes_on")
    page.keyboard.type("1/1/2030")
    page.keyboard.press("Enter")
    officer.reads("سُجّل الاتصال")
    assert CollectionCall.objects.get().result == "will_come"
    assert SupportRequest.objects.get(pk=case.pk).state == "registered"
