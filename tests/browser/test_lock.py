"""An officer leaves a half-typed registration: the screen covers itself, and everything is there on coming back."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import Screen
from core.models import Draft
from requests.models import SupportRequest
from tests.browser.people import Staff
from tests.lock.desk import PASSWORD, with_password

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOWN = "document.body.innerText"
FIVE_MINUTES = 5 * 60 * 1000


@pytest.fixture
def officer(browser, server, cast):
    """At a browser whose clock can be put forward; the fifth minute need not be waited for."""
    person = Staff(browser, server, with_password(cast.noura))
    person.context.clock.install()
    person.open(reverse("requests:register_new"))
    return person


def type_into(page: Page, field: str, text: str) -> None:
    page.locator(f"[name={field}]").focus()
    page.keyboard.type(text)


def covered(page: Page) -> None:
    expect(page.locator("dialog#lock input[name=password]")).to_be_focused()
    shown = page.evaluate(SHOWN)
    assert "سارة" not in shown
    assert "الشخص" not in shown
    assert "سارة" not in page.title()


def unlock(page: Page) -> None:
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("dialog#lock")).to_be_hidden()


def kept() -> dict:
    draft = Draft.objects.filter(form="intake").order_by("-updated_at").first()
    return draft.data["fields"] if draft else {}


def until(page: Page, told) -> None:
    """Wait for a row; the page goes on meanwhile."""
    for _turn in range(80):
        if told():
            return
        page.wait_for_timeout(100)
    raise AssertionError("the row never came")


def test_left_alone_it_covers_and_keeps_and_the_password_brings_it_back(officer):
    page = officer.page
    second = officer.context.new_page()
    second.goto(f"{officer.server.url}/counter/")
    page.bring_to_front()
    type_into(page, "first_name", "سارة")
    type_into(page, "need", "متأخرة عن")
    page.clock.fast_forward(FIVE_MINUTES)
    covered(page)
    until(page, lambda: Screen.objects.filter(locked_at__isnull=False).exists())
    assert kept()["need"] == "متأخرة عن"  # kept before the session was locked
    officer.look("40-locked")
    expect(second.locator("dialog#lock")).to_be_visible()
    second.goto(f"{officer.server.url}/counter/")
    expect(second).to_have_url(re.compile(reverse("accounts:unlock")))
    second.screenshot(path="var/pictures/41-lock-page.png")

    page.bring_to_front()
    for key in ("F8", "Escape", "Escape", "Tab", "Tab", "Tab"):
        page.keyboard.press(key)
    covered_still = page.evaluate(SHOWN)
    assert "سارة" not in covered_still
    page.locator("dialog#lock input[name=password]").focus()
    page.keyboard.type("خطأ")
    page.keyboard.press("Enter")
    expect(page.locator("[data-lock-said]")).to_contain_text("غير صحيحة")
    unlock(page)
    expect(page.locator("[name=need]")).to_be_focused()
    page.keyboard.type(" إيجار")
    expect(page.locator("[name=need]")).to_have_value("متأخرة عن إيجار")
    expect(page.locator("[name=first_name]")).to_have_value("سارة")
    second.goto(f"{officer.server.url}/counter/")
    expect(second.locator("#q")).to_be_visible()


def test_a_lost_connection_loses_nothing_and_sends_nothing(officer):
    page = officer.page
    type_into(page, "first_name", "سارة")
    until(page, lambda: kept().get("first_name") == "سارة")
    officer.context.set_offline(True)
    type_into(page, "need", "إيجار")
    expect(page.locator("[data-draft-state]")).to_contain_text("انقطع الاتصال", timeout=10000)
    page.locator("[data-register]").press("Enter")
    expect(page.locator("[data-draft-state]")).to_contain_text("لم يُرسل")
    officer.look("42-offline")
    expect(page.locator("[name=need]")).to_have_value("إيجار")
    officer.context.set_offline(False)
    until(page, lambda: kept().get("need") == "إيجار")
    assert not SupportRequest.objects.exists()
    expect(page.locator("[data-draft-state]")).to_contain_text("حُفظت المسودة")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_connection_back_while_an_attempt_is_under_way_is_used_soon(officer):
    """Each failure doubles the wait for the next; whoever is connected again does not sit it out."""
    page, attempts = officer.page, []
    page.route(f"**{reverse('requests:draft')}", lambda route: attempts.append(route))
    type_into(page, "need", "إيجار")
    for wait in (1, 2, 4, 8, 16):
        until(page, lambda: attempts)
        attempts.pop().abort()
        expect(page.locator("[data-draft-state]")).to_contain_text("انقطع الاتصال")
        page.clock.fast_forward(wait * 1000)
    until(page, lambda: attempts)
    page.evaluate("dispatchEvent(new Event('online'))")
    attempts.pop().abort()
    page.unroute(f"**{reverse('requests:draft')}")
    until(page, lambda: kept().get("need") == "إيجار")


def test_a_power_cut_while_offline_gives_the_words_back_to_their_owner_alone(officer, cast, browser, server):
    page = officer.page
    type_into(page, "first_name", "سارة")
    until(page, lambda: kept().get("first_name") == "سارة")
    officer.context.set_offline(True)
    type_into(page, "need", "إيجار")
    until(page, lambda: page.evaluate("Object.keys(localStorage).length") == 1)
    sealed = page.evaluate("JSON.stringify(localStorage)")
    assert "%D8" not in sealed
    assert "first_name" not in sealed
    page.close()
    officer.context.set_offline(False)

    officer.user = cast.saad  # the next at the same computer
    officer.sign_in()
    officer.page = page = officer.context.new_page()
    officer.open("/counter/")
    page.wait_for_load_state("networkidle")
    assert not Draft.objects.filter(owner=cast.saad).exists()
    assert page.evaluate("Object.keys(localStorage).length") == 1

    officer.user = cast.noura
    officer.sign_in()
    officer.open("/counter/")
    expect(page.locator("[data-copy-back]")).to_be_visible()
    assert kept()["need"] == "إيجار"
    officer.look("43-given-back")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_page_that_opens_meanwhile_in_another_tab_uncovers_nothing(officer):
    page = officer.page
    page.route("**/lock/", lambda route: None)  # the server is not told yet
    type_into(page, "first_name", "سارة")
    page.keyboard.press("F9")
    covered(page)
    second = officer.context.new_page()
    second.goto(f"{officer.server.url}/counter/")
    expect(second.locator("#q")).to_be_visible()
    page.bring_to_front()
    page.wait_for_timeout(500)
    covered(page)


def test_a_page_of_before_the_last_signing_in_locks_all_the_same(officer):
    page = officer.page
    type_into(page, "first_name", "سارة")
    page.evaluate("for (const f of document.querySelectorAll('[name=csrfmiddlewaretoken]')) f.value = 'x'.repeat(64)")
    page.keyboard.press("F9")
    covered(page)
    page.wait_for_timeout(500)
    page.clock.fast_forward(5000)
    until(page, lambda: Screen.objects.filter(locked_at__isnull=False).exists())
    covered(page)


def test_f9_locks_and_going_back_after_signing_out_shows_nothing(officer):
    page = officer.page
    type_into(page, "first_name", "سارة")
    page.keyboard.press("F9")
    covered(page)
    page.get_by_role("button", name="دخول موظف آخر").press("Enter")
    expect(page).to_have_url(re.compile("/sign-in/"))
    page.go_back()
    page.wait_for_load_state("networkidle")
    assert "سارة" not in page.evaluate(SHOWN)
    expect(page).to_have_url(re.compile("/sign-in/"))
