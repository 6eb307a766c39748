"""Salary, pension and citizen account are told in one visit: all are written without a signal, and none is lost."""

import pytest
from playwright.sync_api import expect

from beneficiaries.household.actions import add_member
from core.models import Draft
from requests.models import StudyLine
from tests.browser.people import Staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UNSENT = "لم يُرسل بعد، محفوظ على جهازك"
TOLD = (("salary", "3000"), ("pension", "1200"), ("citizen_account", "900"))


def write(page, place, kind, amount):
    line = page.locator(f'#income form:has([name=section][value="line-income{"" if place == 1 else f"-{place}"}"])')
    line.locator("[name=kind]").select_option(kind)
    line.locator("[name=amount]").fill(amount)
    return line


def test_three_incomes_are_written_without_a_signal_and_saved_with_one(browser, server, taken, cast):
    add_member(taken.person, by=cast.noura, name="سارة محمد سالم", relation="child", sex="female")
    reem = Staff(browser, server, cast.reem)
    page = reem.page
    reem.open(f"/requests/{taken.reference}/study/field/")
    page.locator("#household summary").click()
    expect(page.locator("#household")).to_contain_text("سارة محمد سالم")
    page.locator("#income summary").click()
    reem.context.set_offline(True)
    for place, (kind, amount) in enumerate(TOLD, start=1):
        if place > 1:
            reem.press("إضافة بند دخل جديد")
        line = write(page, place, kind, amount)
        expect(line.locator("[data-draft-state]")).to_have_text(UNSENT, timeout=8000)
    reem.look("study-lines-offline")
    assert not Draft.objects.exists()

    page.close(run_before_unload=False)  # the telephone dies
    reem.context.set_offline(False)
    reem.page = page = reem.context.new_page()
    reem.open(f"/requests/{taken.reference}/study/income/")
    reem.reads("بنود كُتبت في الزيارة")  # drawn anew once all three have come back
    page.wait_for_function("() => !Object.keys(localStorage).some((place) => place.startsWith('portal.study-'))")
    assert Draft.objects.count() == len(TOLD)
    reem.look("study-lines-typed")
    reem.open(f"/requests/{taken.reference}/study/field/#income")
    for left in range(len(TOLD), 0, -1):
        typed = page.locator("#income form[data-line]:has([name=amount][value])")
        expect(typed).to_have_count(left)
        typed.first.get_by_role("button", name="حفظ البند").click()
    reem.reads("حُفظ البند")
    expect(page.locator("#income form[data-line]:has([name=amount][value])")).to_have_count(0)
    assert {(line.kind, int(line.amount)) for line in StudyLine.objects.all()} == {(k, int(a)) for k, a in TOLD}
    assert not Draft.objects.exists()
