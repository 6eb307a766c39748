"""The declaration at a screen: signed by a code to the phone, on a delegate's phone, and what follows untrue data."""

import io

import pikepdf
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from beneficiaries.models import Suspension
from channels import delivery
from core.models import OutboxRow
from requests.models import SupportRequest
from tests.browser.people import PHONE, Staff
from tests.cast import new_case
from tests.intake.desk import only_case, url_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MILLIMETRE = 72 / 25.4


def test_it_is_signed_by_the_code_read_out_and_the_messages_are_followed(browser, server, cast):
    case = new_case(by=cast.noura, income_band="under_3000")
    officer = Staff(browser, server, cast.noura)
    page = officer.page
    officer.open(url_of(case.person))
    page.fill("#id_need", "إيجار متأخر")
    page.check("#id_informed")
    page.check("input[value=code]")
    officer.press("إرسال الرمز إلى الجوال")
    expect(page.locator("#id_code")).to_be_visible()
    expect(page.locator("#code-state")).to_contain_text("بانتظار الإرسال")
    code = OutboxRow.objects.get(event="code_to_sign").facts["code"]
    delivery.sweep()
    expect(page.locator("#code-state")).to_contain_text("أُرسلت")
    officer.look("declaration-code")
    page.fill("#id_code", f"{(int(code) + 1) % 1_000_000:06}")
    page.keyboard.press("Enter")
    officer.reads("لم يُقبل الرمز")
    expect(page.locator("#id_need")).to_have_value("إيجار متأخر")
    page.fill("#id_code", code)
    page.keyboard.press("Enter")
    expect(page.locator(".code-ref")).to_be_visible()
    officer.reads("ستصل رسالة إلى")
    delivery.sweep()
    officer.reads("أُرسلت رسالة إلى")
    officer.look("declaration-receipt")
    assert SupportRequest.objects.latest("pk").declaration.signed == "code"
    held_to_its_paper(officer)


def held_to_its_paper(officer) -> None:
    """Each slip is one page of its own size."""
    here = officer.page.url
    for paper, width in (("a5", 148), ("80", 80)):
        officer.open(f"{here}?paper={paper}")
        with pikepdf.open(io.BytesIO(officer.page.pdf(prefer_css_page_size=True))) as pdf:
            (sheet,) = pdf.pages
            assert round(float(sheet.mediabox[2]) / MILLIMETRE) == width


def test_a_delegate_takes_a_request_on_a_phone_in_the_own_branch_alone(browser, server, cast):
    mine, theirs = new_case(by=cast.huda, income_band="under_3000"), new_case(by=cast.noura)
    delegate = Staff(browser, server, cast.huda)
    page = delegate.page
    page.set_viewport_size(PHONE)
    for path in (url_of(theirs.person), f"/requests/{theirs.reference}/", f"/people/{theirs.person.pk}/"):
        assert page.goto(server.url + path).status == 404
    delegate.open("/counter/")
    page.fill("#q", theirs.person.national_id)
    page.keyboard.press("Enter")
    delegate.reads("لهذا الرقم ملف في فرع آخر")
    page.fill("#q", mine.person.national_id)
    page.keyboard.press("Enter")
    page.fill("#id_need", "إيجار متأخر")
    page.check("#id_informed")
    page.check("input[value=drawn]")
    page.locator(".pad canvas").scroll_into_view_if_needed()
    box = page.locator(".pad canvas").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 50, steps=4)
    page.mouse.up()
    delegate.look("declaration-drawn")
    page.click("[data-register]")
    expect(page.locator(".code-ref")).to_be_visible()
    made = SupportRequest.objects.latest("pk")
    assert (made.branch, made.declaration.signed) == (cast.north, "drawn")


def test_untrue_data_is_suspended_by_two_and_the_counter_offers_nothing(browser, server, cast):
    case = new_case(by=cast.noura)
    officer, manager = (Staff(browser, server, user) for user in (cast.noura, cast.manager))
    officer.open(f"/requests/{case.reference}/")
    officer.press("تبيّن أن البيانات غير صحيحة؟")
    officer.page.fill("#id_what", "ذكر أنه بلا دخل، وكشف التأمينات يبيّن راتبًا.")
    officer.page.fill("#id_told_text", "وجدنا في بياناتك دخلًا لم يُذكر.")
    officer.look("suspension-propose")
    officer.press("أرسله إلى شخص ثانٍ")
    manager.open("/waiting/")
    manager.press("حسم اقتراح إيقاف")
    manager.does_not_read(case.person.full_name)
    manager.look("suspension-decide")
    manager.press("أوقف الملف وأبلغ صاحبه")
    manager.reads("أُوقف الملف")
    delivery.sweep()
    officer.open(reverse("requests:suspension", args=[Suspension.objects.get().pk]))
    officer.reads("أُرسلت")
    officer.look("suspension-told")
    officer.open(url_of(case.person))
    officer.reads("الملف موقوف")
    expect(officer.page.locator("[data-register]")).to_be_disabled()
    officer.page.fill("#id_need", "إيجار متأخر")
    sent = []
    officer.page.on("request", lambda request: sent.append(request) if request.is_navigation_request() else None)
    officer.page.keyboard.press("Enter")
    officer.look("suspension-counter")
    assert sent == []
    assert only_case() == case
