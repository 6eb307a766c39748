"""Four papers verified by a person at the keyboard, counted key by key; and the screen as it looks."""

import pytest
import time_machine
from playwright.sync_api import expect

from beneficiaries.models import HouseholdMember
from core.hijri import parse
from policies.models import Service
from requests.models import SupportRequest
from requests.verification.actions import judge_paper
from tests.browser.people import Staff
from tests.cast import new_case, new_person
from tests.verification.sample import file, photograph, scan, send, stored

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_KEYS = 12
DATES = {"national_id": "1/1/1460", "medical_report": "15/8/1448", "price_quote": "1/12/2026"}


@pytest.fixture
def calendar():
    with time_machine.travel("2026-11-22T09:00:00+03:00", tick=True):
        yield


@pytest.fixture
def four(cast, calendar) -> SupportRequest:
    """A medical device: four papers, each given with two pages. Three of them expire, and whoever laid them in typed
    their dates then; so nothing is typed here. The last one never expires."""
    case = new_case(by=cast.noura, service=Service.objects.get(code="medical_device"))
    for check in case.checks.all():
        files = [file(photograph(check.code)), file(scan(2), "ظهر.pdf")]
        send(cast.noura, check, state="given", valid_until=DATES.get(check.code, ""), files=files)
    assert [check.state for check in case.checks.all()] == ["given"] * 4
    return case


class Typist:
    """Presses keys one by one and counts them; waits for the page as a person does, and touches no pointer."""

    def __init__(self, page):
        self.page, self.keys = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def focus(self) -> str:
        return self.page.evaluate(
            "document.activeElement.closest('[data-paper]')?.id || document.activeElement.innerText"
        )


def test_four_papers_are_verified_in_twelve_keys(browser, server, cast, four):
    officer = Staff(browser, server, cast.noura)
    officer.open(f"/requests/{four.reference}/papers/")
    typist = Typist(officer.page)
    for check in four.checks.all():
        expect(officer.page.locator(f"#p{check.pk} summary")).to_be_focused()  # the next paper takes the focus itself
        expect(officer.page.locator(f"[data-viewer-of='{check.pk}'] img").first).to_be_visible()
        typist.press("1")
        with officer.page.expect_navigation():
            typist.press("Enter")
    expect(officer.page.get_by_role("button", name="اعتماد التحقق")).to_be_focused()
    with officer.page.expect_navigation():
        typist.press("Enter")
    four.refresh_from_db()
    assert four.state == "verified"
    assert typist.keys <= MOST_KEYS
    assert typist.keys == 9  # two for each paper and one to verify


def test_without_the_focus_moving_by_itself_it_takes_more(browser, server, cast, four):
    """The control of the count: the focus is taken away, and the same keys judge nothing."""
    officer = Staff(browser, server, cast.noura)
    officer.open(f"/requests/{four.reference}/papers/")
    officer.page.evaluate("document.activeElement.blur()")
    typist = Typist(officer.page)
    for _paper in range(4):
        typist.press("1")
        typist.press("Enter")
    assert not four.checks.filter(state="accepted").exists()


def test_the_date_of_a_paper_that_expires_is_typed_and_a_reason_is_chosen_without_a_pointer(
    browser, server, cast, calendar
):
    case = new_case(by=cast.noura, service=Service.objects.get(code="medical_device"))
    identity, report, *_rest = case.checks.all()
    officer = Staff(browser, server, cast.noura)
    officer.open(f"/requests/{case.reference}/papers/")
    page, typist = officer.page, Typist(officer.page)
    typist.press("1")
    expect(page.locator(f"[name=p{identity.pk}-valid_until]")).to_be_focused()  # its date is not known
    page.keyboard.type("١/١/١٤٦٠")
    with page.expect_navigation():
        typist.press("Enter")
    expect(page.locator(f"#p{report.pk} summary")).to_be_focused()
    typist.press("ArrowUp")
    assert typist.focus() == f"p{identity.pk}"
    typist.press("ArrowDown")
    typist.press("2")
    typist.press("ArrowDown")
    expect(page.locator(f"[name=p{report.pk}-reason]")).to_have_value("الصورة غير واضحة")
    with page.expect_navigation():
        typist.press("Enter")
    identity.refresh_from_db()
    report.refresh_from_db()
    assert (identity.state, identity.valid_until_typed) == ("accepted", "١/١/١٤٦٠")
    assert (report.state, report.reason) == ("problem", "الصورة غير واضحة")


def test_the_viewer_by_keys_and_the_photograph_made_smaller_on_the_device(browser, server, cast, four):
    check = four.checks.first()
    officer = Staff(browser, server, cast.noura)
    officer.open(f"/requests/{four.reference}/papers/")
    page, viewer = officer.page, officer.page.locator(f"[data-viewer-of='{check.pk}']")
    expect(viewer.locator("[data-place]")).to_have_text("1 من 3")
    page.keyboard.press("PageDown")
    expect(viewer.locator("[data-place]")).to_have_text("2 من 3")
    shown = viewer.locator("[data-sheet]:not([hidden]) img")
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("image => image.naturalWidth") > 1000  # a page of the PDF, drawn
    page.keyboard.press("r")
    page.keyboard.press("z")
    assert "turn-1" in viewer.locator(".viewer").get_attribute("class")
    assert "big-view" in viewer.locator(".viewer").get_attribute("class")

    large = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photograph(size=(5000, 3000))}
    field = page.locator(f"#p{check.pk} input[type=file]")
    field.set_input_files([large])
    page.wait_for_function(
        "([input, before]) => input.files[0].size !== before", arg=[field.element_handle(), len(large["buffer"])]
    )
    sent = field.evaluate("async input => [...new Uint8Array(await input.files[0].slice(0, 400).arrayBuffer())]")
    assert b"Exif" not in bytes(sent)
    with page.expect_navigation():
        page.locator(f"#p{check.pk} form > button").click()
    assert check.pages.count() == 3


def test_all_of_it_without_a_script(browser, server, cast, four):
    first, second, *_rest = four.checks.all()
    officer = Staff(browser, server, cast.noura, javascript=False)
    officer.open(f"/requests/{four.reference}/papers/")
    assert officer.page.locator(f"#viewer-{first.pk} img").count() == 3  # every page, one below the other
    officer.page.locator(f"#p{second.pk} summary").click()
    officer.page.locator(f"#p{second.pk} a[data-beside]").click()
    expect(officer.page.locator(f"#viewer-{second.pk}")).to_be_visible()
    officer.page.check(f"[name=p{second.pk}-state][value=problem]")
    officer.page.select_option(f"[name=p{second.pk}-ready]", label="صفحة ناقصة")
    officer.page.locator(f"#p{second.pk} form > button").click()
    second.refresh_from_db()
    assert (second.state, second.reason) == ("problem", "صفحة ناقصة")


def test_how_it_looks(browser, server, cast, calendar):
    """Carried, several pages and a PDF, a problem, an expired one: pictures at both widths, held to WCAG 2.2 AA."""
    person = new_person(by=cast.noura)
    HouseholdMember.objects.create(person=person, name="نوف محمد العنزي", relation="child")
    before = new_case(by=cast.noura, person=person)
    judge_paper(before.checks.first(), by=cast.noura, state="accepted", valid_until=parse("1/1/1460"), pages=[stored()])
    case = new_case(by=cast.noura, person=person)
    carried, _family, contract, income, _statement = case.checks.all()
    send(cast.noura, income, state="problem", reason="الصورة غير واضحة", files=[file(photograph())])
    files = [file(photograph()), file(scan(3), "عقد.pdf")]
    send(cast.noura, contract, state="given", valid_until="1/5/1449", files=files)
    officer = Staff(browser, server, cast.noura)
    for name, check in (("carried", carried), ("several-pages", contract), ("problem", income)):
        officer.open(f"/requests/{case.reference}/papers/{check.pk}/")
        officer.page.wait_for_load_state("networkidle")
        officer.look(f"30-verification-{name}")
    officer.open(f"/requests/{case.reference}/papers/{contract.pk}/")
    officer.page.keyboard.press("1")
    officer.page.fill(f"[name=p{contract.pk}-valid_until]", "1/1/1440")
    officer.page.keyboard.press("Enter")
    officer.reads("انتهت صلاحية")
    officer.look("30-verification-expired")
