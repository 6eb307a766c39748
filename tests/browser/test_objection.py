"""A person objects on a small telephone without a script, by keys alone; the counter, the secretary, the manager."""

import pytest
import time_machine
from playwright.sync_api import expect

from requests.appeal import drafts
from requests.models import Appeal, SupportRequest
from tests.appeal.desk import WORDS, digits_of
from tests.browser.people import Staff, Visitor
from tests.cast import new_case, walk
from tests.paper import upload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def calendar():
    with time_machine.travel("2026-11-22T09:00:00+03:00", tick=True) as traveller:
        yield traveller


@pytest.fixture
def rejected(cast, calendar):
    return walk(new_case(by=cast.noura), cast, to="rejected", traveller=calendar)


def go_to(person, words: str) -> None:
    """Tab until what says these words has the focus."""
    for _step in range(40):
        person.page.keyboard.press("Tab")
        focused = person.page.locator(":focus")
        if focused.count() and words in (focused.inner_text() or focused.get_attribute("aria-label") or ""):
            return
    raise AssertionError(f"nothing that says «{words}» is reached by keys")


def press(person, words: str) -> None:
    go_to(person, words)
    person.page.keyboard.press("Enter")


def write_into(person, name: str, text: str) -> None:
    for _step in range(40):
        if person.page.locator(f"[name={name}]:focus").count():
            break
        person.page.keyboard.press("Tab")
    person.page.keyboard.type(text)


def test_the_person_objects_by_keys_without_a_script(browser, server, rejected, tmp_path):
    person = Visitor(browser, server, javascript=False)
    person.open(f"/t/{rejected.status_token}/")
    person.look("objection-status")
    press(person, "اقرأ القرار، واعترض إن شئت")
    person.reads("أرسلنا رسالة فيها ستة أرقام")
    write_into(person, "code", "000000" if digits_of() != "000000" else "111111")
    person.page.keyboard.press("Enter")
    person.reads("الرمز غير صحيح، أو مضت عشر دقائق")
    person.look("objection-code")
    write_into(person, "code", digits_of())
    person.page.keyboard.press("Enter")
    person.reads(rejected.decisions.get().reasons.rstrip("."), "يحق لك الاعتراض عليه")
    person.look("objection-decision")
    press(person, "أكتب اعتراضي")
    write_into(person, "text", WORDS)
    lease = tmp_path / "عقد الإيجار.pdf"
    lease.write_bytes(upload().read())
    person.page.locator("[name=papers]").set_input_files(lease)  # the device's own window chooses a file
    person.look("objection-write")
    press(person, "التالي")
    person.reads(WORDS, "عقد الإيجار.pdf")
    person.look("objection-check")
    press(person, "أرسل اعتراضي")
    person.reads("استلمنا اعتراضك", "لم يشاركوا في القرار الأول")
    person.look("objection-received")
    appeal = Appeal.objects.get()
    assert (appeal.case, appeal.text, appeal.files.count()) == (rejected, WORDS, 1)
    press(person, "أغلق صفحتي")
    person.reads("أُغلقت صفحتك")
    person.open("/status/decision/")
    person.does_not_read("استلمنا اعتراضك")


def test_each_page_behind_the_code_keeps_to_the_rules_of_access(browser, server, rejected):
    person = Visitor(browser, server)
    person.open(f"/t/{rejected.status_token}/")
    person.press("اقرأ القرار، واعترض إن شئت")
    person.look("objection-code")
    person.page.get_by_label("الرمز").fill(digits_of())
    person.press("افتح صفحتي")
    person.look("objection-decision")
    person.press("أكتب اعتراضي")
    person.press("التالي")
    person.reads("اكتب سبب اعتراضك")
    person.look("objection-write-refused")
    drafts.keep(rejected, text=WORDS)
    person.open("/status/objection/check/")
    person.look("objection-check")


def test_the_counter_writes_it_down_and_the_secretary_reopens_by_keys(browser, server, cast, rejected, tmp_path):
    officer = Staff(browser, server, cast.noura)
    officer.open(f"/requests/{rejected.reference}/")
    officer.press("تسجيل اعتراض")
    write_into(officer, "text", WORDS)
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(upload().read())
    officer.page.locator("[name=scan]").set_input_files(paper)
    officer.look("objection-counter")
    press(officer, "استلام الاعتراض")
    officer.reads("إيصال استلام اعتراض")
    officer.look("objection-slip")
    officer.open(f"/requests/{rejected.reference}/")
    officer.reads(WORDS)
    officer.look("objection-case")
    secretary = Staff(browser, server, cast.secretary)
    secretary.open("/objections/")
    secretary.look("objection-list")
    press(secretary, rejected.reference[:3])
    secretary.reads(WORDS, rejected.decisions.get().reasons)
    secretary.look("objection-secretary")
    secretary.page.keyboard.press("1")
    secretary.reads("عاد الطلب")
    expect(secretary.page.locator("body")).to_contain_text("لدى اللجنة")
    assert SupportRequest.objects.get(pk=rejected.pk).state == "committee_review"
    secretary.look("objection-reopened")
    manager = Staff(browser, server, cast.manager)
    manager.open("/objections/count/")
    manager.look("objection-count")
