"""The page each role lands on: its own turn, oldest first, and nobody else's."""

from datetime import timedelta

import pytest

from channels.models import Inquiry
from committee import actions as committee
from committee.models import SeatRole
from committee.seats.actions import appoint, end_term
from core import clock
from core.models import OutboxRow
from oversight.demo.walk import open_meeting
from requests import workflow
from requests.actions import take_for_research
from requests.models import Exclusion
from requests.permits.actions import propose
from requests.rules import Applicant
from tests.cast import client_of, new_case, walk
from tests.permits.desk import FACTS
from tests.public.desk import asked


def waiting(person):
    response = client_of(person).get("/waiting/")
    assert response.status_code == 200
    return response.context


def references(person) -> list[str]:
    return [row["case"].reference for row in waiting(person)["cases"]]


def test_signing_in_leads_there(client, cast):
    assert client.get("/waiting/").url == "/sign-in/?next=/waiting/"


def test_nothing_waiting_is_said_kindly(cast):
    assert "لا شيء ينتظرك الآن" in client_of(cast.noura).get("/waiting/").content.decode()


@pytest.mark.parametrize(
    ("state", "whose"),
    [
        ("received", "noura"),
        ("verified", "noura"),
        ("social_research", "reem"),
        ("committee_review", "secretary"),
        ("approved", "noura"),
        ("registered", "store"),
    ],
)
def test_a_case_waits_for_whoever_has_its_turn_alone(cast, case_at, state, whose):
    case = case_at(state)
    people = {"noura", "reem", "secretary", "store"}
    assert {name for name in people if case.reference in references(getattr(cast, name))} == {whose}


@pytest.mark.parametrize("state", ["awaiting_documents", "rejected", "delivered", "withdrawn", "closed"])
def test_what_waits_for_nobody_here_stands_on_no_list(cast, case_at, state):
    case = case_at(state)
    for person in (cast.noura, cast.reem, cast.secretary, cast.store):
        assert case.reference not in references(person)


def test_the_longest_waiting_stands_first(cast, day_one):
    first = new_case(by=cast.noura)
    day_one.shift(3600)
    second = new_case(by=cast.noura)
    assert references(cast.noura) == [first.reference, second.reference]


def test_a_delegate_has_only_their_branch(cast, day_one):
    here = new_case(by=cast.huda)
    new_case(by=cast.noura)
    assert references(cast.huda) == [here.reference]


def test_a_case_another_researcher_took_is_not_mine(cast, case_at):
    case = case_at("social_research")
    case.researcher = cast.noura
    case.save()
    assert references(cast.reem) == []


def test_an_officer_who_is_also_a_researcher_is_not_sent_to_a_colleagues_study(cast, case_at):
    case = case_at("social_research")
    cast.saad.roles = [*cast.saad.roles, "researcher"]
    cast.saad.save()
    assert references(cast.saad) == [case.reference]
    take_for_research(case, by=cast.reem)
    assert references(cast.saad) == []


def test_a_link_leads_to_the_next_step(cast, case_at):
    case = case_at("received")
    row = waiting(cast.noura)["cases"][0]
    assert row["url"] == f"/requests/{case.reference}/"


@pytest.fixture
def meeting(cast, case_at):
    case = case_at("committee_review")
    return case, open_meeting(cast)


def voted_on(person) -> list[str]:
    return [motion.item.case.reference for motion in waiting(person)["votes"]]


def test_a_member_sees_what_waits_for_their_vote_until_they_vote(cast, meeting):
    case, opened = meeting
    assert voted_on(cast.member1) == [case.reference]
    committee.cast_vote(opened.items.get(), by=cast.member1, choice="yes")
    assert voted_on(cast.member1) == []
    assert voted_on(cast.member2) == [case.reference]


def test_whoever_has_a_conflict_is_not_asked_to_vote(cast, meeting):
    case, _opened = meeting
    Exclusion.objects.create(case=case, user=cast.member1, why=Exclusion.Why.CONFLICT_DECLARED)
    assert voted_on(cast.member1) == []


def test_whoever_is_not_there_is_not_asked_to_vote(cast, meeting):
    _case, opened = meeting
    opened.attendance.filter(seat__user=cast.member1).update(left_at=opened.opened_at)
    assert voted_on(cast.member1) == []


def decided(person) -> list[tuple]:
    return [(row["case"].reference, row["today"]) for row in waiting(person)["decisions"]]


def test_a_carried_decision_waits_for_the_chair_and_its_date(cast, case_at, day_one):
    case = case_at("carried")
    assert decided(cast.chair) == [(case.reference, False)]
    day_one.move_to(f"{case.earliest_decision_on}T00:00:00+03:00", tick=False)
    assert decided(cast.chair) == [(case.reference, True)]
    assert decided(cast.member1) == []


def test_the_secretary_is_done_once_it_is_carried(cast, case_at):
    case_at("carried")
    assert references(cast.secretary) == []


def test_the_deputy_issues_only_when_the_chair_is_recused(cast, case_at):
    case = case_at("carried")
    assert decided(cast.deputy) == []
    Exclusion.objects.create(case=case, user=cast.chair, why=Exclusion.Why.CONFLICT_DECLARED)
    assert [reference for reference, _today in decided(cast.deputy)] == [case.reference]
    assert decided(cast.chair) == []


def test_a_case_withdrawn_after_it_was_carried_waits_for_nobody(cast, case_at):
    workflow.perform(case_at("carried"), "withdraw", by=cast.noura, why="سافر", signed=True)
    assert decided(cast.chair) == []


def test_the_deputy_issues_what_the_only_chair_proposed(cast, case_at):
    case = case_at("carried")
    appoint(by=cast.manager, user=cast.secretary, role=SeatRole.CHAIR, starts_on=clock.today())
    end_term(cast.chair.seats.get(), by=cast.manager, ends_on=clock.today() - timedelta(days=1))
    assert decided(cast.secretary) == []
    assert [reference for reference, _today in decided(cast.deputy)] == [case.reference]


def test_the_manager_sees_where_requests_wait_without_names(cast, case_at):
    case = case_at("social_research")
    page = client_of(cast.manager).get("/waiting/").content.decode()
    assert "أين تنتظر الطلبات" in page
    assert case.person.family_name not in page


def test_inquiries_wait_for_their_desk(cast):
    Inquiry.objects.create(text="سؤال", mobile="+966550000067")
    assert len(waiting(cast.noura)["inquiries"]) == 1
    assert waiting(cast.huda)["inquiries"] == []


def test_programmes_wait_for_the_officer(load_pack, django_user_model):
    load_pack("dawah")
    officer = django_user_model.objects.create(username="o", name="نورة", roles=["officer"])
    propose(by=Applicant(), **FACTS)
    assert len(waiting(officer)["permits"]) == 1


def test_messages_that_failed_are_said_to_the_desk(cast, case):
    OutboxRow.objects.update(state="failed")
    OutboxRow.objects.create(key="x", event="request_verified", address="x", state="uncertain")
    page = client_of(cast.noura).get("/waiting/").content.decode()
    assert "تعذّر إرسال رسالة واحدة." in page
    assert "رسالة واحدة لا يُعرف هل وصلت." in page
    assert "تعذّر إرسال" not in client_of(cast.member1).get("/waiting/").content.decode()


def test_messages_on_their_way_are_no_trouble(cast, case):
    assert "تعذّر إرسال" not in client_of(cast.noura).get("/waiting/").content.decode()


def test_the_page_asks_a_constant_number_of_queries(cast, day_one):
    everybody = "noura reem secretary chair deputy store manager editor".split()
    clients = {who: client_of(getattr(cast, who)) for who in everybody}

    def fill():
        for state in ("received", "social_research", "carried", "registered"):
            walk(new_case(by=cast.noura), cast, to=state, traveller=day_one)
            day_one.move_to("2026-11-22T09:00:00+03:00", tick=False)
        Inquiry.objects.create(text="سؤال", mobile="+966550000067")

    def questions():
        return {who: asked(lambda: client.get("/waiting/"))[1] for who, client in clients.items()}  # noqa: B023

    fill()
    few = questions()
    fill()
    fill()
    assert questions() == few
