"""Somebody at a screen: signs in, opens pages, reads, presses what they see. Every page is checked and pictured."""

import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.cast import client_of

PICTURES = Path(settings.BASE_DIR) / "var" / "pictures"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
CALM: dict[str, Any] = {"locale": "ar", "reduced_motion": "reduce"}  # nobody waits for a page to glide to its place
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}


class Visitor:
    """Anyone with a browser; a phone unless said otherwise."""

    def __init__(self, browser: Browser, server, viewport=PHONE, javascript: bool = True):
        self.context = browser.new_context(**CALM, viewport=viewport, java_script_enabled=javascript)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(8000)
        self.server, self.javascript = server, javascript

    def open(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else f"{self.server.url}{path}")

    def press(self, name: str) -> None:
        """Press the button or link a person would, by its words."""
        words = re.compile(rf"^\s*{re.escape(name)}")
        button = self.page.get_by_role("button", name=words).or_(self.page.get_by_role("link", name=words))
        button.first.click()

    def reads(self, *sentences: str) -> None:
        for sentence in sentences:
            expect(self.page.locator("body")).to_contain_text(sentence)
        self.page.wait_for_load_state()  # whoever has read presses a key, and the scripts are there by then

    def does_not_read(self, *sentences: str) -> None:
        for sentence in sentences:
            expect(self.page.locator("body")).not_to_contain_text(sentence)

    def look(self, name: str) -> None:
        """Keep a picture at both widths, and hold the page to WCAG 2.2 AA and to its width."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        if self.javascript:
            self.page.evaluate("document.fonts.ready.then(() => true)")  # letters of another width move what is held
            found = Axe().run(self.page, options=WCAG).response["violations"]
            broken = [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found]
            assert broken == [], f"{name}: {broken}"
        before = self.page.viewport_size
        for viewport in (DESK, PHONE):
            self.page.set_viewport_size(viewport)
            self.page.screenshot(path=PICTURES / f"{name}-{viewport['width']}.png", full_page=True)
            wide = self.page.evaluate("document.documentElement.scrollWidth") if self.javascript else 0
            assert wide <= viewport["width"], f"{name} is wider than {viewport['width']}"
        self.page.set_viewport_size(before)


class Staff(Visitor):
    """A member of staff, signed in, at a desk."""

    def __init__(self, browser: Browser, server, user, javascript: bool = True):
        super().__init__(browser, server, viewport=DESK, javascript=javascript)
        self.user = user
        self.sign_in()

    def sign_in(self) -> None:
        """Anew on another day: sessions do not outlive a working day."""
        session = client_of(self.user).cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.server.url}
        self.context.add_cookies([cookie])
