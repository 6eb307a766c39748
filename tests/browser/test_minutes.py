"""Minutes by keyboard alone: drafted, written, signed with a picture; another member signs with a reservation."""

import pytest
from playwright.sync_api import expect

from committee.models import Minutes
from tests.browser.people import Staff
from tests.minutes.desk import drawn, eventful

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURE = {"name": "signature.png", "mimeType": "image/png"}


def to(page, selector: str) -> None:
    """Tab onwards until the focus is there."""
    for _tab in range(120):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def send(page, button: str) -> None:
    to(page, button)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign(page) -> None:
    """The file is chosen in the system's own window, which the keyboard reaches from the button."""
    to(page, "#id_picture")
    page.set_input_files("#id_picture", {**PICTURE, "buffer": drawn().getvalue()})
    send(page, "#sign button.primary")


def test_minutes_are_drafted_written_and_signed_by_keyboard(browser, server, cast, day_one):
    met = eventful(cast, day_one)
    secretary = Staff(browser, server, cast.secretary)
    secretary.open(f"/committee/meetings/{met.meeting.number}/")
    send(secretary.page, "#minutes button")
    to(secretary.page, "#id_discussion")
    secretary.page.keyboard.type("نوقشت خطة الشتاء.")
    send(secretary.page, "form[action$='/write/'] button")
    expect(secretary.page.locator("body")).to_contain_text("حُفظ المحضر")
    secretary.look("60-minutes-draft")
    sign(secretary.page)
    expect(secretary.page.locator("body")).to_contain_text("حُفظ توقيعك")

    member = Staff(browser, server, cast.member1)
    member.open("/committee/minutes/1448-1/")
    member.reads("محجوب عنك")
    to(member.page, "input[name=agrees]")
    member.page.keyboard.press("ArrowDown")
    to(member.page, "#sign summary")
    member.page.keyboard.press("Enter")
    to(member.page, "#id_words")
    member.page.keyboard.type("أتحفّظ على ضيق الوقت.")
    sign(member.page)
    expect(member.page.locator("body")).to_contain_text("مع التحفّظ: أتحفّظ على ضيق الوقت.")
    member.look("61-minutes-signed")
    made = Minutes.objects.get().signatures.get(user=cast.member1)
    assert (made.reservation, made.unseen) == ("أتحفّظ على ضيق الوقت.", [1])
