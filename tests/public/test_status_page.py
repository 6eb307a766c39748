"""What the status page says in each state, and what it never says (screens.md, 5)."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as project

from core import clock
from core.hijri import format_gregorian, format_hijri
from core.references import format_reference
from oversight.demo.walk import accept_papers
from policies.models import Association
from requests import workflow
from requests.models import SupportRequest
from requests.verification.actions import judge_paper
from tests.cast import new_case, walk
from tests.public.desk import CSRF, page_of

STATES = (
    "received awaiting_documents verified social_research committee_review approved rejected registered delivered "
    "withdrawn closed"
).split()


def told_before(page: str, *parts: str) -> bool:
    """Whether these parts stand on the page in this order."""
    places = [page.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


@pytest.mark.parametrize("state", STATES)
def test_no_state_shows_a_name_an_id_or_an_amount(client, case_at, state):
    case = case_at(state)
    page = page_of(client, case)
    assert case.person.first_name not in page
    assert case.person.family_name not in page
    assert case.person.national_id not in page
    assert case.person.mobile[-9:] not in page
    assert "3000" not in page
    assert "3,000" not in page


@pytest.mark.parametrize("state", STATES)
def test_every_state_shows_five_steps_and_the_way_to_reach_us(client, case_at, state):
    page = page_of(client, case_at(state))
    assert page.split('class="steps"')[1].split("</ol>")[0].count("<li") == 5
    assert 'href="tel:0110000004"' in page


def test_the_page_stands_in_its_order(client, case):
    page = page_of(client, case)
    assert told_before(page, "لا نحتاج منك شيئًا الآن", "أين وصل طلبك", "ماذا بعد؟", "كيف تصل إلينا")


def test_papers_awaited_come_first_by_name(client, case, cast):
    accept_papers(case, by=cast.noura)
    check = case.checks.first()
    workflow.perform(case, "ask_for_papers", by=cast.noura, papers={check.code: check.label})
    page = page_of(client, case)
    first = page.split("أين وصل طلبك")[0]
    assert "نحتاج منك هذه الأوراق" in first
    assert check.label in first
    assert case.checks.last().label not in first


def test_a_problems_reason_is_not_told(client, case, cast):
    check = case.checks.first()
    judge_paper(check, by=cast.noura, state="problem", reason="الاسم لا يطابق الهوية")
    workflow.perform(case, "ask_for_papers", by=cast.noura, papers={check.code: check.label})
    check.refresh_from_db()
    assert "لا يطابق" not in page_of(client, case)


def test_a_paper_given_is_our_turn(client, case, cast):
    walk(case, cast, to="awaiting_documents")
    case.checks.update(state="given")
    page = page_of(client, case)
    assert "لا نحتاج منك شيئًا الآن" in page
    assert "نحتاج منك هذه الأوراق" not in page


def test_the_earliest_date_is_shown_in_both_calendars(client, case):
    page = page_of(client, case)
    assert "لا يصدر القرار قبل" in page
    assert format_hijri(case.earliest_decision_on) in page
    assert format_gregorian(case.earliest_decision_on) in page


def test_the_day_before_it_stands_and_on_the_day_any_day_may_be_it(client, case_at, day_one):
    case = case_at("committee_review")
    day_one.move_to(f"{case.earliest_decision_on - timedelta(days=1)}T23:59:59+03:00", tick=False)
    assert 'class="big-date"' in page_of(client, case)
    day_one.move_to(f"{case.earliest_decision_on}T00:00:00+03:00", tick=False)
    page = page_of(client, case)
    assert 'class="big-date"' not in page
    assert "وقد يصدر القرار في أي يوم" in page


def test_a_postponement_is_told_with_its_date(client, case_at, day_one):
    case = case_at("committee_review")
    day_one.move_to(f"{case.earliest_decision_on}T09:00:00+03:00", tick=False)
    SupportRequest.objects.filter(pk=case.pk).update(postponed_until=clock.today() + timedelta(days=7))
    assert "أجّلت اللجنة النظر فيه" in page_of(client, case)


def test_before_the_committee_no_decision_is_promised_for_any_day(client, case, day_one):
    day_one.move_to(f"{case.earliest_decision_on}T09:00:00+03:00", tick=False)
    page = page_of(client, case)
    assert "وقد يصدر القرار في أي يوم" not in page
    assert "ويصدر القرار بعد أن تدرس اللجنة طلبك" in page


def test_a_letter_asks_the_person_to_call_and_counts_nothing(client, cast, day_one):
    page = page_of(client, new_case(by=cast.noura, channel="letters", informed=False))
    assert "نرجو أن تتصل بنا" in page
    assert 'class="big-date"' not in page


def test_waiting_from_the_committee_is_said_without_a_date(client, cast, day_one):
    Association.objects.update(waiting_starts_at="committee_referral")
    page = page_of(client, new_case(by=cast.noura))
    assert "لا يصدر القرار قبل أسبوعين من رفع طلبك إلى اللجنة" in page
    assert 'class="big-date"' not in page


def test_acceptance_and_rejection_read_the_same(client, case_at, day_one):
    def words(state: str) -> str:
        case = case_at(state)
        page = page_of(client, case).replace(format_reference(case.reference), "").replace(case.status_token, "")
        day_one.move_to("2026-11-22T09:00:00+03:00", tick=False)
        return CSRF.sub(b"", page.encode()).decode()

    assert words("approved") == words("rejected")


def test_a_decision_is_only_said_to_be_issued_with_the_way_to_know_it_and_to_object(client, case_at):
    case = case_at("rejected")
    page = page_of(client, case)
    assert "صدر القرار" in page
    assert "اطلب رمزًا نرسله إلى جوالك. أو اتصل بنا أو زرنا" in page
    assert format_gregorian(case.decided_on + timedelta(days=30)) in page
    assert "الخدمة نفسها مقدّمة لك" not in page  # the reason


def test_objecting_after_its_period_is_said_to_be_over(client, case_at, day_one):
    case = case_at("rejected")
    last = case.decided_on + timedelta(days=30)
    day_one.move_to(f"{last}T12:00:00+03:00", tick=False)
    assert "فمن حقك الاعتراض" in page_of(client, case)
    day_one.move_to(f"{last + timedelta(days=1)}T12:00:00+03:00", tick=False)
    assert "فمن حقك الاعتراض" not in page_of(client, case)


def test_a_reason_for_closing_is_not_told(client, case_at):
    case = case_at("closed")
    page = page_of(client, case)
    assert "أُغلق طلبك" in page
    assert case.get_close_reason_display() not in page


def test_a_withdrawn_request_stops_where_it_was(client, cast, case_at, day_one):
    case = case_at("verified")
    workflow.perform(case, "withdraw", by=cast.noura, why="طلب ذلك كتابةً", signed=True)
    steps = page_of(client, case).split('class="steps"')[1].split("</ol>")[0]
    assert steps.count('class="done"') == 2
    assert 'class="now"' not in steps


def test_a_request_under_study_has_one_step_done_and_one_now(client, cast, case_at, day_one):
    case = case_at("social_research")
    steps = page_of(client, case).split('class="steps"')[1].split("</ol>")[0]
    assert steps.count('class="done"') == 1
    assert steps.count('class="now"') == 1


def test_lateness_is_admitted_only_past_a_target_the_association_set(client, case, day_one):
    day_one.shift(timedelta(days=21))
    assert "تأخرنا عليك" not in page_of(client, case)
    Association.objects.update(reply_by_days=21)
    assert "تأخرنا عليك" not in page_of(client, case)
    day_one.shift(timedelta(days=1))
    assert "تأخرنا عليك ونعتذر" in page_of(client, case)


def test_a_decided_request_is_not_late(client, case_at, day_one):
    Association.objects.update(reply_by_days=1)
    assert "تأخرنا عليك" not in page_of(client, case_at("approved"))


def loaded(page: str) -> list[Path]:
    """The files a browser fetches for this page: what it links to, and what its css asks for, once each."""
    linked = set(re.findall(r'(?:src|href)="/?(static/[^"]+)"', page))
    css = [project.BASE_DIR / link for link in linked if link.endswith(".css")]
    asked_for = [(sheet, url) for sheet in css for url in re.findall(r'url\("(\.\./[^"]+)"\)', sheet.read_text())]
    fonts = {(sheet.parent / url).resolve() for sheet, url in asked_for}
    return sorted({*(project.BASE_DIR / link for link in linked), *fonts})


def test_the_page_weighs_at_most_60_kb_in_at_most_4_requests_without_a_script(client, case_at):
    page = page_of(client, case_at("committee_review"))
    files = loaded(page)
    sent = [gzip.compress(file.read_bytes()) if file.suffix == ".css" else file.read_bytes() for file in files]
    assert {file.suffix for file in files} == {".css", ".woff2"}
    assert len(files) + 1 <= 4
    assert len(page.encode()) + sum(map(len, sent)) <= 60_000
    assert "<script" not in page


def test_the_page_asks_a_constant_number_of_queries(client, case_at, django_assert_max_num_queries):
    case = case_at("awaiting_documents")
    with django_assert_max_num_queries(7):
        page_of(client, case)
