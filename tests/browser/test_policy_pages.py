"""The policy's pages as people meet them: by keyboard, on a phone, on paper, and light enough for a poor signal."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from channels.actions import ask
from core.audit import System
from policies.desk.actions import lay
from policies.models import Approval, PolicyVersion, Service, ServicePeriod
from tests.browser.people import Staff, Visitor
from tests.cast import amend, new_case, walk
from tests.paper import upload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_REQUESTS = 4
OPEN_EVERYTHING = "document.querySelectorAll('details').forEach(each => each.open = true)"


@pytest.fixture
def two_versions(pack):
    """The pack superseded by a version of 21 days, in which one service has days of its own."""
    service = Service.objects.filter(papers__isnull=False).first()

    def write(draft):
        draft.clauses.filter(code="inform_committee_and_period").update(text="لا يصدر القرار قبل ثلاثة أسابيع.")
        clause = draft.clauses.get(clause_id="DO-1")
        ServicePeriod.objects.create(version=draft, service=service, days=30, clause=clause)

    amend(min_decision_days=21, draft=write)
    return service


def requests_of(visitor: Visitor, path: str) -> int:
    """How many requests one first visit makes; what stands in the page itself is none."""
    seen: list[str] = []
    visitor.page.on("request", lambda request: seen.append(request.url))
    visitor.page.goto(f"{visitor.server.url}{path}", wait_until="networkidle")
    return len([url for url in seen if url.startswith("http")])


def test_the_public_reads_the_policy_its_archive_and_a_service(browser, server, cast, pack, two_versions):
    visitor = Visitor(browser, server)
    visitor.open(reverse("policies:policy"))
    visitor.look("30-policy")
    visitor.open(reverse("policies:version", args=[pack.pk]))
    visitor.look("31-policy-superseded")
    visitor.open(reverse("policies:service", args=[two_versions.code]))
    visitor.page.evaluate(OPEN_EVERYTHING)
    visitor.reads("30 يومًا", "DO-1")
    visitor.look("32-service")


def test_what_is_not_on_the_website_says_whom_to_ask(browser, server, cast, pack):
    amend(draft=lambda draft: Approval.objects.filter(version=draft).update(publish_on_website=False))
    visitor = Visitor(browser, server)
    visitor.open(reverse("policies:policy"))
    visitor.look("33-policy-not-published")


def test_a_clause_is_reached_from_the_contents_by_keyboard(browser, server, pack):
    visitor = Visitor(browser, server)
    visitor.open(reverse("policies:policy"))
    link = visitor.page.locator(".contents a").first
    link.focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page).to_have_url(re.compile("#part-1$"))


def test_without_a_script_the_clause_opens_all_the_same(browser, server, cast, pack):
    officer = Staff(browser, server, cast.noura)
    officer.open(reverse("requests:register_new"))
    summary = officer.page.locator("details.because summary").first
    summary.focus()
    officer.page.keyboard.press("Enter")
    officer.reads(pack.clauses.get(code="inform_committee_and_period").text)


@pytest.mark.parametrize("name", ["policies:policy", "policies:service", "policies:services"])
def test_a_public_page_asks_for_four_things_at_most(browser, server, pack, name):
    args = [Service.objects.first().code] if name == "policies:service" else []
    assert requests_of(Visitor(browser, server), reverse(name, args=args)) <= MOST_REQUESTS


def test_the_policy_prints_without_its_menus(browser, server, pack):
    visitor = Visitor(browser, server)
    visitor.open(reverse("policies:policy"))
    visitor.page.emulate_media(media="print")
    for hidden in (".top", ".foot", ".contents", ".permalink"):
        expect(visitor.page.locator(hidden).first).to_be_hidden()
    expect(visitor.page.locator("#PS-5")).to_be_visible()


def test_the_desk_the_report_and_the_clauses_of_a_case(browser, server, cast, day_one, two_versions):
    case = walk(new_case(by=cast.noura), cast, to="delivered", traveller=day_one)
    ask(by=System(), text="متى الدوام؟", mobile="+966550000009")
    tool = PolicyVersion.in_force().tools.first()
    for name in ("الإصدار الأول", "الإصدار الثاني"):
        lay(tool, by=cast.manager, upload=upload(), name=name)
    manager, officer = Staff(browser, server, cast.manager), Staff(browser, server, cast.noura)
    for person, address, picture in (
        (manager, reverse("oversight:conformity"), "34-conformity"),
        (manager, reverse("oversight:conformity_list", args=["requests_received"]), "35-conformity-behind"),
        (manager, reverse("policies:tools"), "36-desk"),
        (manager, reverse("policies:tool_add", args=[tool.pk]), "37-desk-add"),
        (officer, reverse("requests:case", args=[case.reference]), "38-case-with-clauses"),
        (officer, reverse("channels:inquiries"), "39-inquiries-with-clauses"),
    ):
        person.open(address)
        person.page.evaluate(OPEN_EVERYTHING)
        person.look(picture)
