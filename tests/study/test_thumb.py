"""On a phone of 320 px the buttons of a section stay under the thumb, and cover nothing that has the focus."""

import pytest

from tests.browser.people import PHONE, Staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEEN = """() => {
  const here = document.activeElement;
  return here.getBoundingClientRect().bottom <= document.querySelector(".study-bar").getBoundingClientRect().top;
}"""
FIELDS = 11  # of the home, after its first: what is missing, told, seen, thought


def test_whatever_has_the_focus_is_seen(browser, server, taken, cast):
    reem = Staff(browser, server, cast.reem)
    reem.page.set_viewport_size(PHONE)
    reem.open(f"/requests/{taken.reference}/study/housing/")
    bar = reem.page.locator(".study-bar").bounding_box()
    assert bar["y"] + bar["height"] <= PHONE["height"]
    assert all(each.bounding_box()["height"] >= 44 for each in reem.page.locator(".study-bar .btn").all())
    reem.page.locator("[name=condition]").first.focus()
    for _field in range(FIELDS - 1):
        reem.page.keyboard.press("Tab")
        reem.page.wait_for_function(SEEN)  # it is scrolled to in the next frame
    assert reem.page.evaluate("document.activeElement.name") == "opinion"
    reem.page.set_viewport_size({"width": 320, "height": 400})  # the keyboard is open
    assert reem.page.locator(".study-bar").evaluate("bar => getComputedStyle(bar).position") == "static"
