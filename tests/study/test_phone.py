"""A study in the field, on a phone of 390 px: the signal goes while something is written, and comes back."""

import pytest
from playwright.sync_api import expect

from core.models import Draft
from requests.models import Study, StudySection
from tests.browser.people import Staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
KEPT, UNSENT = "محفوظ", "لم يُرسل بعد، محفوظ على جهازك"
COPIES = "() => Object.keys(localStorage).filter((place) => place.startsWith('portal.study-'))"


def wrote(section):
    return section.locator("[name=observed]")


def test_nothing_written_is_lost_when_the_signal_is(browser, server, taken, cast):
    reem = Staff(browser, server, cast.reem)
    page, field = reem.page, f"/requests/{taken.reference}/study/field/"
    page.set_viewport_size(PHONE)
    reem.open(field)
    page.locator("#housing summary").click()
    reem.look("study-field")
    housing = page.locator("#housing form")
    wrote(housing).fill("سقف المطبخ متشقق")
    expect(housing.locator("[data-draft-state]")).to_have_text(KEPT, timeout=6000)

    reem.context.set_offline(True)
    wrote(housing).fill("سقف المطبخ متشقق والجدار رطب")
    page.locator("#needs summary").click()
    needs = page.locator("#needs form")
    wrote(needs).fill("لا ثلاجة في البيت")
    for section in (housing, needs):
        expect(section.locator("[data-draft-state]")).to_have_text(UNSENT, timeout=8000)
    needs.get_by_role("button", name="تم هذا القسم").click()
    expect(wrote(needs)).to_have_value("لا ثلاجة في البيت")
    copies = page.evaluate("() => JSON.stringify(localStorage)")
    assert len(page.evaluate(COPIES)) == 2
    assert "ثلاجة" not in copies

    page.close(run_before_unload=False)  # the telephone dies, and is charged again
    reem.context.set_offline(False)
    reem.page = page = reem.context.new_page()
    reem.open(f"/requests/{taken.reference}/study/")
    page.wait_for_function(f"() => ({COPIES})().length === 0")
    reem.open(f"/requests/{taken.reference}/study/housing/")
    expect(page.locator("[name=observed]")).to_have_value("سقف المطبخ متشقق والجدار رطب")
    page.check("[name=condition][value=poor]")
    reem.press("تم، التالي")
    reem.reads("حُفظ قسم: السكن")
    reem.open(f"/requests/{taken.reference}/study/needs/")
    expect(page.locator("[name=observed]")).to_have_value("لا ثلاجة في البيت")
    assert StudySection.objects.get(name="housing").observed == "سقف المطبخ متشقق والجدار رطب"
    assert Draft.objects.count() == 1


def test_a_line_is_counted_while_it_is_typed_and_the_device_forgets(browser, server, taken, cast):
    Study.objects.filter(case=taken).update(household_size=3)
    reem = Staff(browser, server, cast.reem)
    reem.page.set_viewport_size(PHONE)
    reem.open(f"/requests/{taken.reference}/study/lines/add/income/")
    reem.page.select_option("[name=kind]", "salary")
    reem.page.locator("[name=amount]").press_sequentially("2000")
    expect(reem.page.locator("#becomes")).to_contain_text("(2,000 − 0) ÷ 3 = 666.67", timeout=8000)
    assert reem.page.locator("[name=amount]").get_attribute("inputmode") == "decimal"

    leave = """(mark) => {
      localStorage.setItem(`portal.study-1.${mark}.a`, JSON.stringify({ at: Date.now() }));
      localStorage.setItem("portal.study-1.other.b", JSON.stringify({ at: Date.now() - 25 * 3600 * 1000 }));
    }"""
    reem.page.evaluate(leave, reem.page.locator("#lock").get_attribute("data-mark"))
    reem.open("/waiting/")
    assert [place[-1] for place in reem.page.evaluate(COPIES)] == ["a"]  # a day has passed over the other
    reem.page.get_by_role("button", name="خروج").click()
    reem.page.wait_for_url(lambda url: "/waiting/" not in url)
    assert reem.page.evaluate(COPIES) == []
