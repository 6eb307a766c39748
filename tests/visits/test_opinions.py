"""A second opinion: asked of one colleague, who reads the case until they have answered; kept beside the study."""

import pytest
from django.db import DatabaseError, transaction

from accounts.roles import Role
from core.audit import history
from core.errors import Refused
from requests import workflow
from requests.models import Exclusion, Opinion, Study, SupportRequest
from requests.rules import sees_study
from requests.sight import sight_of
from requests.study.models import Recommends
from requests.visits.actions import answer_opinion, ask_opinion, hand_over
from requests.visits.page import opinions
from tests.cast import client_of, user
from tests.visits.desk import area

QUESTION = "هل ترى أن الدخل المذكور كله يُحتسب؟"


@pytest.fixture
def studied(cast, taken):
    Study.objects.create(case=taken, researcher=cast.reem, findings="وجدنا ما ذُكر.", recommends=Recommends.APPROVE)
    return taken


@pytest.fixture
def asked(cast, salem, studied):
    return ask_opinion(studied, by=cast.reem, colleague=salem, question=QUESTION)


def sees(person, case) -> bool:
    return SupportRequest.objects.visible_to(person).filter(pk=case.pk).exists()


def test_the_colleague_reads_the_case_and_its_study_until_they_answered(cast, salem, studied):
    assert not sees(salem, studied)
    opinion = ask_opinion(studied, by=cast.reem, colleague=salem, question=QUESTION)
    assert sees(salem, studied)
    assert sight_of(studied, salem).study
    page = client_of(salem).get(f"/requests/{studied.reference}/").content.decode()
    assert "وجدنا ما ذُكر." in page
    assert QUESTION in page
    answer_opinion(opinion, by=salem, agrees=True, reasons="الأوراق واضحة.")
    assert not sees(salem, studied)


def test_nobody_else_reads_more_than_before(cast, salem, asked):
    other = user("other", "فيصل العمري", Role.RESEARCHER)
    assert not sees(other, asked.case)
    assert not sees_study(asked.case, other)


def test_it_is_kept_with_its_reasons_and_stands_beside_the_study(cast, salem, asked):
    answer_opinion(asked, by=salem, agrees=False, reasons="الإيجار سنوي لا شهري.")
    [row] = opinions(asked.case)
    assert (row.colleague, row.agrees, row.reasons) == (salem, False, "الإيجار سنوي لا شهري.")
    page = client_of(cast.reem).get(f"/requests/{asked.case.reference}/").content.decode()
    assert "لا يتفق مع الدراسة" in page
    assert "الإيجار سنوي لا شهري." in page
    assert {"opinion_asked", "opinion_given"} <= {row.verb for row in history(asked.case)}


def test_the_counter_does_not_read_it(cast, salem, asked):
    answer_opinion(asked, by=salem, agrees=False, reasons="الإيجار سنوي لا شهري.")
    assert "الإيجار سنوي" not in client_of(cast.noura).get(f"/requests/{asked.case.reference}/").content.decode()


def test_an_opinion_is_given_once_and_stays_as_it_was_written(salem, asked):
    answer_opinion(asked, by=salem, agrees=True, reasons="…")
    asked.refresh_from_db()
    with pytest.raises(Refused):
        answer_opinion(asked, by=salem, agrees=False, reasons="…")
    with pytest.raises(DatabaseError, match="settles once"), transaction.atomic():
        Opinion.objects.filter(pk=asked.pk).update(agrees=False)
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.filter(pk=asked.pk).delete()


def test_the_secretary_asks_while_the_committee_has_it(cast, salem, case_at):
    case = case_at("committee_review")
    opinion = ask_opinion(case, by=cast.secretary, colleague=salem, question=QUESTION)
    assert sight_of(case, salem).study
    answer_opinion(opinion, by=salem, agrees=True, reasons="…")
    with pytest.raises(Refused):
        ask_opinion(case, by=cast.reem, colleague=salem, question=QUESTION)


def test_once_decided_there_is_nothing_left_to_say_and_the_case_is_closed_again(cast, salem, asked):
    workflow.perform(asked.case, "withdraw", by=cast.noura, why="…", signed=True)
    assert not sees(salem, asked.case)
    with pytest.raises(Refused):
        answer_opinion(asked, by=salem, agrees=True, reasons="…")


@pytest.mark.parametrize("who", ["noura", "manager", "secretary", "salem"])
def test_while_with_research_only_its_researcher_asks(cast, salem, studied, who):
    third = user("third", "فيصل العمري", Role.RESEARCHER)
    with pytest.raises(Refused):
        ask_opinion(studied, by=salem if who == "salem" else getattr(cast, who), colleague=third, question=QUESTION)


def test_not_of_oneself_nor_of_whoever_may_not_study_it_nor_twice(cast, salem, asked):
    barred = user("barred", "فيصل العمري", Role.RESEARCHER)
    Exclusion.objects.create(case=asked.case, user=barred, why=Exclusion.Why.CONFLICT_DECLARED)
    for colleague in (cast.reem, cast.noura, barred, salem):
        with pytest.raises(Refused):
            ask_opinion(asked.case, by=cast.reem, colleague=colleague, question=QUESTION)


def test_a_conflict_closes_the_case_to_the_colleague_who_was_asked(salem, asked):
    Exclusion.objects.create(case=asked.case, user=salem, why=Exclusion.Why.CONFLICT_DECLARED)
    assert not sees(salem, asked.case)
    with pytest.raises(Refused):
        answer_opinion(asked, by=salem, agrees=True, reasons="…")


def test_it_stands_on_the_colleagues_landing_page(cast, salem, asked):
    area(salem, branch="north")
    page = client_of(salem).get("/waiting/").content.decode()
    assert "آراء طُلبت منك" in page
    assert client_of(cast.reem).get("/waiting/").content.decode().count("آراء طُلبت منك") == 0


def test_the_form_says_what_is_missing_and_keeps_what_was_written(salem, asked):
    address = f"/requests/{asked.case.reference}/opinion/{asked.pk}/"
    reply = client_of(salem).post(address, {"reasons": "رأيي أن الدخل كاف."})
    assert reply.status_code == 422
    assert "رأيي أن الدخل كاف." in reply.content.decode()
    reply = client_of(salem).post(address, {"agrees": "no", "reasons": "رأيي أن الدخل كاف."})
    assert reply.status_code == 302
    assert client_of(salem).post(address, {"agrees": "no", "reasons": "…"}).status_code == 404


def test_the_colleague_reads_and_does_nothing_else(salem, asked):
    with pytest.raises(Refused, match="من عنده الطلب"):
        workflow.perform(asked.case, "ask_for_papers", by=salem, papers={"other-1": "عقد الإيجار"})
    page = client_of(salem).get(f"/requests/{asked.case.reference}/").content.decode()
    assert [words for words in ("طلب أوراق", "/study/", "نقل الطلب", "تحديد موعد") if words in page] == []


def test_whoever_has_the_case_by_then_gives_no_second_opinion_on_it(cast, salem, asked):
    hand_over(asked.case, by=cast.reem, to=salem, why="إجازة")
    with pytest.raises(Refused, match="لغيرك"):
        answer_opinion(asked, by=salem, agrees=True, reasons="…")
    assert "آراء طُلبت منك" not in client_of(salem).get("/waiting/").content.decode()
