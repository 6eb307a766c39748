"""Whoever approves otherwise than the researcher recommended says why: to the committee, and to the person."""

from decimal import Decimal

import pytest
from django.urls import reverse

from committee import actions
from committee.meetings.actions import close_meeting
from committee.minutes.actions import draft
from committee.models import Motion
from core.errors import Refused
from requests.appeal.public import approval_of
from requests.decision.letter.words import letter_text
from requests.decision.words import otherwise
from requests.models import Letter, SupportRequest
from requests.page import telling_of_decision
from requests.public.wording import private_sentence
from tests.appeal.desk import let_in
from tests.cast import client_of

WHY = "نوع آخر أنفع لك: نسدد الفاتورة عنك مباشرة."
SAME = {"what": "سداد إيجار", "kind": "transfer", "amount": Decimal("3000.00"), "months": 3}


@pytest.fixture
def studied(item):
    """A case whose researcher recommended 3000 riyals by transfer over three months."""
    study = item.case.study
    study.kind, study.months, study.amount = SAME["kind"], SAME["months"], SAME["amount"]
    study.save()
    return item


def put(item, cast, reasons="", **changes) -> Motion:
    facts = SAME | changes
    return actions.put_motion(item, by=cast.secretary, outcome="approve", reasons=reasons, **facts)


def carried(item, cast) -> SupportRequest:
    for person in cast.voters[:3]:
        actions.cast_vote(item, by=person, choice="yes")
    actions.close_vote(item, by=cast.secretary)
    return SupportRequest.objects.get(pk=item.case.pk)


def issued(item, cast, day_one) -> SupportRequest:
    case = carried(item, cast)
    day_one.move_to(f"{case.earliest_decision_on}T09:00:00+03:00", tick=False)
    actions.issue(case, by=cast.chair)
    return SupportRequest.objects.get(pk=case.pk)


DIFFERENT = [
    ({"kind": "bill"}, "نوع الدعم"),
    ({"amount": Decimal("2999.99")}, "المبلغ"),
    ({"amount": None}, "المبلغ"),
    ({"months": 2}, "عدد الأشهر"),
    ({"months": None}, "عدد الأشهر"),
    ({"partial": True}, "الاكتفاء بجزء من المطلوب"),
]


@pytest.mark.parametrize(("changes", "said"), DIFFERENT)
def test_what_differs_needs_its_reason_and_is_named(studied, cast, changes, said):
    for reasons in ("", "  \n"):
        with pytest.raises(Refused, match=said):
            put(studied, cast, reasons, **changes)
    assert put(studied, cast, WHY, **changes).reasons == WHY


def test_the_same_with_other_words_needs_none(studied, cast):
    assert put(studied, cast, what="إيجار ثلاثة أشهر", amount=Decimal("3000")).reasons == ""


def test_to_approve_what_the_researcher_advised_against_needs_a_reason(studied, cast):
    studied.case.study.recommends = "reject"
    studied.case.study.save()
    with pytest.raises(Refused, match="القبول نفسه"):
        put(studied, cast)


def test_what_is_refused_leaves_the_proposal_that_stood(studied, cast):
    with pytest.raises(Refused):
        put(studied, cast, months=2)
    assert studied.motions.get().closed_at is None


def test_a_rejection_is_not_measured_against_the_recommendation(studied):
    assert otherwise(Motion(outcome="reject", amount=None), studied.case.study) == []


def test_the_form_says_why_it_asks_and_keeps_what_was_typed(studied, cast):
    url = reverse("committee:put_motion", args=[studied.case.reference])
    data = {"outcome": "approve", "what": "سداد إيجار", "kind": "bill", "amount": "2500", "months": "3"}
    response = client_of(cast.secretary).post(url, data)
    page = response.content.decode()
    assert response.status_code == 422
    assert "هذا خلاف ما أوصى به الباحث (نوع الدعم، المبلغ)" in page
    assert 'value="2500"' in page
    assert client_of(cast.secretary).post(url, data | {"reasons": WHY}).status_code == 302


def test_the_page_says_that_a_proposal_is_not_the_recommended_one(studied, cast):
    put(studied, cast, WHY, kind="bill", partial=True)
    page = client_of(cast.member1).get(reverse("committee:case", args=[studied.case.reference])).content.decode()
    assert "خلاف التوصية" in page
    assert "قبول جزء من المطلوب" in page
    assert "قبول الطلب" not in page.split('id="ballot"')[1]


def test_another_kind_is_explained_in_the_letter_at_the_counter_behind_the_code_and_in_the_minutes(
    studied, cast, day_one
):
    put(studied, cast, WHY, kind="bill")
    case = issued(studied, cast, day_one)
    letter = Letter.objects.get(decision__case=case).content["body"]
    assert letter == ["يسرّنا إبلاغك بأن اللجنة درست طلبك ووافقت عليه.", WHY]
    assert WHY in telling_of_decision(case, cast.noura)
    assert approval_of(case).reasons == WHY
    over = close_meeting(studied.meeting, by=cast.secretary)
    assert draft(over, by=cast.secretary).data["cases"][0]["reasons"] == WHY


def test_a_part_is_never_said_as_if_all_were_granted(studied, cast, day_one):
    put(studied, cast, "هذا ما تسمح به الموارد.", amount=Decimal("1000"), partial=True)
    case = issued(studied, cast, day_one)
    text = Letter.objects.get(decision__case=case).content
    assert "ووافقت عليه" not in " ".join(text["body"])
    assert text["given"][0][0] == "الجزء الذي تقرر لك"
    assert private_sentence(case) == "قُبل جزء مما طلبت."
    assert telling_of_decision(case, cast.noura)[0] == "قُبل جزء مما طلبت."


def test_behind_the_code_the_person_reads_the_part_and_why(studied, cast, day_one, client):
    put(studied, cast, "هذا ما تسمح به الموارد.", amount=Decimal("1000"), partial=True)
    let_in(client, issued(studied, cast, day_one))
    page = client.get("/status/decision/").content.decode()
    for words in ("قُبل جزء مما طلبت.", "الجزء الذي قُبل:", "1,000", "هذا ما تسمح به الموارد."):
        assert words in page


def test_what_the_researcher_wrote_to_the_committee_never_reaches_the_person(item, cast, day_one):
    case = issued(item, cast, day_one)
    decision = case.decisions.get()
    assert item.case.study.reasons
    assert decision.reasons == ""
    assert private_sentence(case) == "قُبل طلبك."
    assert len(letter_text(case, decision, on=case.decided_on)["body"]) == 1


def test_a_recommended_rejection_keeps_its_reasons_for_they_are_written_to_the_person(case_at):
    case = case_at("rejected")
    assert case.decisions.get().reasons == case.study.reasons
