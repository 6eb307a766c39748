"""What the person served reads: product.md's third column, word for word."""

import pytest
from django.utils import translation

from policies.models import Association
from requests import workflow
from requests.models import SupportRequest
from requests.public.wording import private_sentence, public_sentence

TABLE = {
    "received": "We received your request and are checking your papers.",
    "verified": "We checked your papers and they are complete.",
    "social_research": "Your request is with social research, to be studied.",
    "approved": "The decision was issued.",
    "rejected": "The decision was issued.",
    "registered": "Your registration is complete and we are preparing the service for you.",
    "delivered": "The service was delivered to you.",
    "withdrawn": "You withdrew your request. Our door is open whenever you need us.",
    "closed": "Your request was closed. To know why, or to apply again, call us or visit us.",
}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("state", TABLE)
def test_each_state_has_its_sentence(case_at, state):
    case = case_at("received" if state == "received" else state)
    assert public_sentence(case) == TABLE[state]


def test_the_papers_awaited_are_listed(case_at):
    case = case_at("awaiting_documents")
    sentence = public_sentence(case)
    assert all(check.label in sentence for check in case.checks.all())


def test_before_the_earliest_date_the_committee_sentence_says_it(case_at):
    sentence = public_sentence(case_at("committee_review"))
    assert "no decision before" in sentence
    assert "الموافق 6 ديسمبر 2026م" in sentence


@pytest.mark.parametrize(("moment", "any_day"), [("2026-12-05T23:59:59", False), ("2026-12-06T00:00:00", True)])
def test_from_that_day_on_it_may_come_any_day(case_at, day_one, moment, any_day):
    case = case_at("committee_review")
    day_one.move_to(f"{moment}+03:00")
    assert ("any day" in public_sentence(case)) is any_day


def test_the_decision_itself_stands_behind_the_code(case_at):
    case = case_at("rejected")
    reasons = case.decisions.get().reasons.rstrip(".")
    assert reasons not in public_sentence(case)
    assert reasons in private_sentence(case)
    assert Association.current().phone in private_sentence(case)


def test_a_paper_asked_for_again_says_in_the_message_what_was_wrong_with_it(case, cast):
    from core.models import OutboxRow
    from requests.verification.actions import judge_paper

    check = case.checks.first()
    judge_paper(check, by=cast.noura, state="problem", reason="الصورة غير واضحة")
    workflow.perform(case, "ask_for_papers", by=cast.noura, papers={check.code: check.label})
    row = OutboxRow.objects.get(event="papers_needed")
    assert f"{check.label} (الصورة غير واضحة)" in row.facts["papers"]
    assert SupportRequest.objects.get(pk=case.pk).state == "awaiting_documents"
