"""Two committees: each issues what it carried itself, and who decided first does not read the second hearing."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.urls import reverse

from committee import actions
from committee.models import Body, SeatRole
from committee.seats.actions import appoint, end_term
from committee.views import due_for
from core import clock
from core.errors import Refused
from oversight.rules import decisions_waiting
from requests import workflow
from requests.models import Decision, Issuer, SupportRequest
from tests import recorded
from tests.cast import client_of, user
from tests.committee.desk import standing

seats = import_module("committee.migrations.0009_seats_say_who_issues")
LONG_AGO = date(2020, 1, 1)
ITS_OWN_CHAIR = "رئيس اللجنة التي صوّتت"


@pytest.fixture
@recorded.kept_rows
def first(judges, case_at, day_one):
    """Carried by the committee, its date come, beside an appeals committee."""
    case = case_at("carried")
    day_one.move_to(f"{case.earliest_decision_on}T09:00:00+03:00")
    return case


def offered(person) -> list[int]:
    """The cases that the batch, the number on the queue's button and the page of what waits give this person."""
    batch = [decision.case_id for decision in due_for(person)]
    assert batch == [row["case"].pk for row in decisions_waiting(person)]
    assert client_of(person).get(reverse("committee:queue")).context["due"] == len(batch)
    return batch


def may_issue(case, person) -> bool:
    """As the button of the case page says; and the list says the same."""
    case = SupportRequest.objects.get(pk=case.pk)
    free = workflow.why_not(case, case.decisions.get(settled_at=None).outcome, by=person) is None
    assert offered(person) == ([case.pk] if free else [])
    return free


def test_what_was_carried_knows_its_body(second):
    assert list(second.decisions.order_by("pk").values_list("body", flat=True)) == [Body.MAIN, Body.APPEALS]


def test_its_own_chair_issues_what_the_appeals_committee_carried(second, judges):
    assert may_issue(second, judges.chair)
    actions.issue(second, by=judges.chair)
    assert second.decisions.get(body=Body.APPEALS).issued_by == judges.chair


def test_no_chair_of_the_committee_issues_it(second, cast, judges):
    """One appointed since, whom nothing bars: neither by the verb, nor by the bare move, nor in a batch."""
    another = user("another", "سعود العمري")
    appoint(by=cast.manager, user=another, role=SeatRole.CHAIR, starts_on=LONG_AGO)
    assert not may_issue(second, another)
    with pytest.raises(Refused, match=ITS_OWN_CHAIR):
        actions.issue(second, by=another)
    with pytest.raises(Refused, match=ITS_OWN_CHAIR):
        workflow.perform(second, second.decisions.get(settled_at=None).outcome, by=another)
    client_of(another).post(reverse("committee:issue_due"), {"read": standing(second.reference)})
    assert Decision.objects.get(body=Body.APPEALS).issued_by is None


def test_nor_the_appeals_chair_what_the_committee_carried(first, cast, judges):
    assert not may_issue(first, judges.chair)
    page = client_of(judges.chair).get(reverse("committee:case", args=[first.reference])).content.decode()
    assert ITS_OWN_CHAIR in page
    issuing = reverse("committee:issue", args=[first.reference])
    refused = client_of(judges.chair).post(issuing, {"read": standing(first.reference)})
    assert refused.status_code == 422
    assert may_issue(first, cast.chair)


def test_the_deputy_of_one_does_not_stand_in_for_the_chair_of_the_other(first, cast, judges):
    actions.declare_conflict(first, by=cast.chair, why="قرابة")
    assert not may_issue(first, judges.deputy)
    assert not may_issue(first, judges.chair)
    assert may_issue(first, cast.deputy)


def test_nor_when_the_seat_of_the_appeals_chair_is_empty(second, cast, judges):
    another = user("stands_in", "سعود العمري")
    appoint(by=cast.manager, user=another, role=SeatRole.DEPUTY, starts_on=LONG_AGO)
    end_term(judges.chair.seats.get(), by=cast.manager, ends_on=clock.today() - timedelta(days=1))
    assert not may_issue(second, another)
    assert may_issue(second, judges.deputy)


def test_a_chair_in_one_and_deputy_in_the_other_is_each_in_its_place(first, cast, judges):
    appoint(by=cast.manager, user=judges.chair, role=SeatRole.DEPUTY, starts_on=LONG_AGO)
    judges.chair.refresh_from_db()
    assert not may_issue(first, judges.chair)
    actions.declare_conflict(first, by=cast.chair, why="قرابة")
    assert may_issue(first, judges.chair)
    actions.issue(first, by=judges.chair)
    letter = Decision.objects.get(case=first).letter.content
    assert letter["signatory"]["title"] == "نائب الرئيس"


def test_a_term_that_begins_tomorrow_issues_tomorrow(first, cast, day_one):
    end_term(cast.chair.seats.get(), by=cast.manager, ends_on=clock.today() - timedelta(days=1))
    end_term(cast.deputy.seats.get(), by=cast.manager, ends_on=clock.today() - timedelta(days=1))
    appoint(by=cast.manager, user=cast.member1, role=SeatRole.CHAIR, starts_on=clock.today() + timedelta(days=1))
    cast.member1.refresh_from_db()
    assert not may_issue(first, cast.member1)
    day_one.shift(timedelta(days=1))
    assert may_issue(first, cast.member1)


def test_what_was_carried_before_this_was_known_finds_its_body_and_its_chairs(second, judges):
    """The migration's own statements, over rows as they stood before it."""
    before = Decision.objects.values_list("pk", "body"), Issuer.objects.values_list("seat", "body", "deputy", "user")
    stood = [set(rows) for rows in before]
    with connection.cursor() as sql:
        sql.execute("SET CONSTRAINTS ALL IMMEDIATE; DELETE FROM requests_issuer")
        sql.execute("ALTER TABLE requests_decision DISABLE TRIGGER requests_decision_settles")
        sql.execute("UPDATE requests_decision SET body = 'main'")
        sql.execute(seats.WHO_ISSUES)
        sql.execute(seats.WHICH_BODY)
    assert [set(rows.all()) for rows in before] == stood
