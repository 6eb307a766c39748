"""What an officer types, counted in a real browser: a walk-in in 130 keystrokes, a known person in 20, no pointer."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as configured
from playwright.sync_api import Page, expect

from core.models import Draft
from requests.models import SupportRequest
from tests.cast import client_of, new_case, sample_id
from tests.intake.desk import only_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Keyboard:
    """Types as an officer does, and counts. Nothing here can point at anything."""

    def __init__(self, page: Page):
        self.page, self.strokes = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.strokes += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.strokes += len(text)


@pytest.fixture
def counter(cast, server, browser_page):
    """Noura's counter, open in a browser."""
    session = client_of(cast.noura).cookies[configured.SESSION_COOKIE_NAME].value
    browser_page.context.add_cookies([{"name": configured.SESSION_COOKIE_NAME, "value": session, "url": server.url}])
    browser_page.goto(f"{server.url}/counter/")
    return browser_page


def test_a_new_walk_in_takes_at_most_130_keystrokes(counter):
    keys = Keyboard(counter)
    keys.type(sample_id(7001))
    keys.press("Enter")
    expect(counter.locator("[data-hit]:focus")).to_be_visible()
    keys.press("Enter")
    expect(counter.locator("#id_first_name")).to_be_focused()
    for text in ("سارة", "علي", "", "الشهري"):
        keys.type(text)
        keys.press("Tab")
    keys.press("Tab")  # the ID is there already
    keys.type("14/8/1412")
    keys.press("Tab", "ArrowDown", "Tab", "Tab")  # a woman; the nationality stands
    keys.type("0550000067")
    keys.press("Tab", "Tab")  # the channel stands
    keys.type("5")
    keys.press("Tab", "ArrowDown", "ArrowDown", "Tab", "Tab", "ArrowDown", "Tab")  # income, no category, service
    keys.type("متأخرة عن إيجار ثلاثة أشهر")
    keys.press("Tab", "Space", "Enter")
    expect(counter.locator(".code-ref")).to_be_visible()
    assert only_case().person.full_name == "سارة علي الشهري"
    assert keys.strokes <= 130
    expect(counter.locator("a[data-focus]")).to_be_focused()
    keys.press("Enter")
    expect(counter.locator("#q")).to_be_focused()


def test_a_known_person_takes_at_most_20(counter, cast):
    person = new_case(by=cast.noura, income_band="under_3000").person
    keys = Keyboard(counter)
    keys.type(person.national_id)
    keys.press("Enter")
    expect(counter.locator("#id_need")).to_be_focused()
    keys.type("إيجار")
    keys.press("Tab", "Space", "Enter")
    expect(counter.locator(".code-ref")).to_be_visible()
    assert SupportRequest.objects.filter(person=person).count() == 2
    assert keys.strokes <= 20


def test_f8_serves_the_next_and_escape_loses_nothing(counter):
    counter.goto(counter.url + "new/")
    keys = Keyboard(counter)
    keys.type("سارة")
    keys.press("Escape")
    expect(counter.locator("#id_first_name")).to_have_value("سارة")
    keys.press("F8")
    expect(counter.locator("#q")).to_be_focused()
    assert Draft.objects.get().label == "سارة"


def test_what_is_typed_is_kept_by_itself(counter):
    counter.goto(counter.url + "new/")
    Keyboard(counter).type("سارة")
    expect(counter.locator("input[name=draft]")).not_to_have_value("", timeout=8000)
    assert Draft.objects.get().data["fields"]["first_name"] == "سارة"


def test_tab_goes_down_the_page_as_the_eye_does(counter):
    counter.goto(counter.url + "new/")
    counter.locator("#id_first_name").focus()
    seen = ["first_name"]
    while len(seen) < 17:
        counter.keyboard.press("Tab")
        seen.append(counter.evaluate("document.activeElement.name"))
    assert seen == (
        "first_name father_name grandfather_name family_name national_id birth sex nationality mobile channel "
        "household_size income_band category service need informed"
    ).split() + [seen[-1]]


def test_one_request_a_pause(counter):
    asked = []
    counter.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    counter.keyboard.type("محمد سالم", delay=40)
    expect(counter.locator(".fresh")).to_be_visible()
    assert len(asked) == 1


def test_a_signature_is_drawn(counter):
    counter.goto(counter.url + "new/")
    counter.locator("input[value=drawn]").check()
    box = counter.locator(".pad canvas").bounding_box()
    counter.mouse.move(box["x"] + 20, box["y"] + 20)
    counter.mouse.down()
    counter.mouse.move(box["x"] + 90, box["y"] + 50)
    counter.mouse.up()
    assert counter.locator("#id_signature_drawn").input_value().startswith("data:image/png;base64,")


def test_axe_finds_nothing(counter, cast, server):
    new_case(by=cast.noura)
    found = {"counter": faults(counter)}
    counter.fill("#q", "محمد")
    for name, send in {"results": "#q", "file": ".person a", "refused": "[data-register]"}.items():
        with counter.expect_navigation():
            counter.locator(send).first.press("Enter")
        found[name] = faults(counter)
    counter.goto(f"{server.url}/requests/{only_case().reference}/receipt/")
    found["receipt"] = faults(counter)
    assert found == dict.fromkeys(found, [])


def faults(page: Page) -> list[str]:
    return [rule["id"] for rule in Axe().run(page).response["violations"]]
