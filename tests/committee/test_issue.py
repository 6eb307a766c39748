"""Issuing: the chair, on the date or after it, never the proposer; the deputy only when the chair is recused."""

import pytest
from django.db import IntegrityError, connection, transaction

from committee import actions
from committee.meetings import actions as meetings
from committee.models import SeatRole
from committee.seats.actions import appoint
from core import clock
from core.errors import Refused
from requests import workflow
from requests.models import Exclusion, Step

DAY_FIVE = "2026-11-27T09:00:00+03:00"
LAST_INSTANT_OF_DAY_13 = "2026-12-05T23:59:59+03:00"
FIRST_INSTANT_OF_DAY_14 = "2026-12-06T00:00:00+03:00"


def test_votes_are_cast_before_the_date(item, cast, day_one, votes):
    day_one.move_to(DAY_FIVE)
    votes(yes=cast.voters[:3])
    assert actions.close_vote(item, by=cast.secretary).result == "carried"


def test_the_decision_is_refused_until_the_last_second_of_day_13(carried, cast, day_one):
    day_one.move_to(LAST_INSTANT_OF_DAY_13)
    with pytest.raises(Refused) as refusal:
        actions.issue(carried, by=cast.chair)
    assert refusal.value.sentence == (
        "لا يصدر القرار قبل الأحد 26 جمادى الآخرة 1448هـ الموافق 6 ديسمبر 2026م، "
        "فالسياسة تنص على مدة لا تقل عن أسبوعين."
    )


def test_the_database_refuses_raw_sql_that_decides_early(carried, day_one):
    day_one.move_to(LAST_INSTANT_OF_DAY_13)
    early = "UPDATE requests_supportrequest SET state = 'approved', decided_on = '2026-12-05' WHERE id = %s"
    with pytest.raises(IntegrityError, match="decided_on_or_after"), transaction.atomic(), connection.cursor() as sql:
        sql.execute(early, [carried.pk])


def test_the_database_refuses_raw_sql_that_moves_the_date(carried):
    sooner = "UPDATE requests_supportrequest SET earliest_decision_on = '2026-11-22' WHERE id = %s"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as sql:
        sql.execute(sooner, [carried.pk])


def test_the_decision_is_issued_from_the_first_second_of_day_14(carried, cast, day_one):
    day_one.move_to(FIRST_INSTANT_OF_DAY_14)
    assert actions.issue(carried, by=cast.chair).state == "approved"


@pytest.fixture
def due(carried, day_one):
    day_one.move_to(FIRST_INSTANT_OF_DAY_14)
    return carried


def test_issuing_needs_no_meeting_and_the_chair_may_have_voted(due, cast, item):
    meetings.close_meeting(item.meeting, by=cast.secretary)
    Exclusion.objects.get_or_create(case=due, user=cast.chair, why=Exclusion.Why.VOTED)
    actions.issue(due, by=cast.chair)
    decision = due.decisions.get()
    assert (decision.issued_by, str(decision.decided_on)) == (cast.chair, "2026-12-06")


def test_whoever_proposed_does_not_issue(due, cast):
    appoint(by=cast.manager, user=cast.secretary, role=SeatRole.CHAIR, starts_on=clock.today())
    with pytest.raises(Refused, match="أنت من اقترح"):
        actions.issue(due, by=cast.secretary)


def test_the_database_refuses_that_the_proposer_issues(due, cast):
    settled = {"decided_on": "2026-12-06", "objections_until": "2027-01-05", "settled_at": "2026-12-06T00:00Z"}
    with pytest.raises(IntegrityError, match="proposer_does_not_issue"), transaction.atomic():
        due.decisions.update(issued_by=cast.secretary, **settled)


def test_the_deputy_does_not_issue_while_the_chair_may(due, cast):
    with pytest.raises(Refused, match="النائب"):
        actions.issue(due, by=cast.deputy)


def test_the_deputy_issues_when_the_chair_is_recused(due, cast):
    actions.declare_conflict(due, by=cast.chair, why="قرابة")
    assert actions.issue(due, by=cast.deputy).state == "approved"


def test_a_recused_chair_does_not_issue(due, cast):
    actions.declare_conflict(due, by=cast.chair, why="قرابة")
    with pytest.raises(Refused):
        actions.issue(due, by=cast.chair)


def test_a_member_does_not_issue(due, cast):
    with pytest.raises(Refused):
        actions.issue(due, by=cast.member1)


def test_nothing_is_issued_that_the_committee_did_not_carry(item, cast, day_one):
    day_one.move_to(FIRST_INSTANT_OF_DAY_14)
    for outcome in ("approve", "reject"):
        with pytest.raises(Refused, match="لم تصوّت اللجنة"):
            workflow.perform(item.case, outcome, by=cast.chair)


def test_another_outcome_than_the_carried_one_is_refused(due, cast):
    with pytest.raises(Refused, match="على غير ذلك"):
        workflow.perform(due, "reject", by=cast.chair)


def test_a_postponed_case_is_not_issued_before_its_day(due, cast):
    actions.postpone(due, by=cast.secretary, until=due.earliest_decision_on.replace(day=20))
    with pytest.raises(Refused, match="أجّلت اللجنة"):
        actions.issue(due, by=cast.chair)


def test_a_decision_is_issued_once(due, cast):
    actions.issue(due, by=cast.chair)
    with pytest.raises(Refused):
        actions.issue(due, by=cast.chair)
    assert Step.objects.filter(case=due, action="approve").count() == 1
