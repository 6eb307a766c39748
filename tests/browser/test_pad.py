"""The pad to sign in: what the mouse drew is the picture that is kept; an untouched or cleared pad signs nothing."""

import pytest
from PIL import Image
from playwright.sync_api import expect

from requests.models import Instalment
from tests.browser.people import Staff
from tests.delivery.conftest import given, registered  # noqa: F401
from tests.delivery.desk import address, planned

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def draw(page) -> None:
    canvas = page.locator(".pad canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 120)
    page.mouse.down()
    for across, down in ((120, 50), (200, 150), (260, 90)):
        page.mouse.move(box["x"] + across, box["y"] + down, steps=4)
    page.mouse.up()


def test_a_receipt_is_signed_with_the_mouse_and_the_picture_is_kept(browser, server, cast, registered):  # noqa: F811
    planned(registered, cast, 1)
    officer = Staff(browser, server, cast.store)
    page = officer.page
    officer.open(address(registered))
    expect(page.locator(".pad")).to_be_hidden()
    page.locator("input[name=how][value=drawn]").check()
    officer.reads("الرسم بالإصبع أو القلم أو الفأرة")
    drawn = page.locator("#id_drawn")
    page.locator(".pad canvas").click()  # touched, and nothing drawn
    expect(drawn).to_have_value("")
    draw(page)
    assert drawn.input_value().startswith("data:image/png;base64,")
    officer.press("امسح ووقّع من جديد")
    expect(drawn).to_have_value("")
    draw(page)
    officer.look("hand-delivery-pad")
    page.locator("[data-record]").click()
    officer.reads("سُجّل الاستلام")
    kept = Instalment.objects.get()
    assert kept.receipted_how == "drawn"
    picture = Image.open(kept.signature.file).convert("L")
    dark = sum(picture.histogram()[:128])
    assert picture.getpixel((2, 2)) > 250
    assert 300 < dark < picture.width * picture.height / 10
