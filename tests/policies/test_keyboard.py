"""The editor's pages by keyboard alone: every control is reached by Tab and pressed by Enter or the space bar."""

from datetime import date

import pytest
from django.conf import settings
from playwright.sync_api import Page

from policies.actions import new_version, record_approval
from policies.models import Approval, PolicyVersion
from tests.cast import client_of
from tests.policies.editor import editor, page

REACH = 60


@pytest.fixture
def versions(transactional_db, load_pack):
    live, first = load_pack("social"), editor("first")
    draft, approved = new_version(live, by=first), new_version(live, by=first)
    Approval.objects.create(version=approved, body="مجلس الإدارة", date=date(2026, 11, 1))
    return draft, record_approval(approved, by=first), first


def sit_down(browser_page: Page, server, person, address: str) -> None:
    cookie = client_of(person).cookies[settings.SESSION_COOKIE_NAME].value
    browser_page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])
    browser_page.goto(f"{server.url}{address}")


def tab_to(browser_page: Page, selector: str) -> None:
    """Press Tab until the control has the focus."""
    browser_page.keyboard.press("Tab")
    for _press in range(REACH):
        if browser_page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
        browser_page.keyboard.press("Tab")
    pytest.fail(f"{selector} is not reached by Tab")


@pytest.mark.browser
def test_a_clause_is_moved_and_written_by_keyboard(server, browser_page, versions):
    draft, _approved, first = versions
    sit_down(browser_page, server, first, page("clauses", draft))
    tab_to(browser_page, "#PRE-1 button[value=down]")
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url("**#PRE-1")
    assert list(draft.clauses.values_list("clause_id", flat=True))[:2] == ["PRE-2", "PRE-1"]
    row = draft.clauses.get(clause_id="PRE-1")
    browser_page.goto(f"{server.url}{page('clause', draft, row.pk)}")
    tab_to(browser_page, "textarea")
    browser_page.keyboard.press("Control+End")
    browser_page.keyboard.type(" والله الموفق.")
    tab_to(browser_page, ".pv-acts button")
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url("**/clauses/#PRE-1")
    assert draft.clauses.get(clause_id="PRE-1").text.endswith("والله الموفق.")


@pytest.mark.browser
def test_a_version_is_published_by_keyboard(server, browser_page, versions):
    _draft, approved, _first = versions
    sit_down(browser_page, server, editor("second"), page("publish", approved))
    tab_to(browser_page, "[name=read]")
    browser_page.keyboard.press("Space")
    tab_to(browser_page, "form .button")
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url("**/change/")
    assert PolicyVersion.in_force() == approved


PAGES = "change clauses clause_add settings approval difference publish".split()


@pytest.mark.browser
def test_no_page_is_wider_than_its_window(server, browser_page, versions):
    draft, _approved, first = versions
    wider = []
    for width in (1280, 320):
        browser_page.set_viewport_size({"width": width, "height": 900})
        for name in PAGES:
            sit_down(browser_page, server, first, page(name, draft))
            if browser_page.evaluate("document.documentElement.scrollWidth") > width:
                wider.append((name, width))
    assert wider == []
