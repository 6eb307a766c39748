"""What no SQL of the application's role may do to a vote, a decision or an exclusion (rule 5, rule 8)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection

from committee import actions as committee
from committee.meetings import actions as meetings
from committee.models import Motion, Vote
from core import clock
from oversight.demo.walk import STEPS, open_meeting
from requests.models import Decision, Exclusion, SupportRequest
from tests import recorded
from tests.cast import new_case, walk
from tests.security.test_database import as_the_application, refused


@pytest.fixture
def item(cast, case_at):
    """A case before the committee in an open meeting, with everybody there and one vote cast."""
    case = case_at("committee_review")

    def voted():
        found = open_meeting(cast).items.get(case=case)
        committee.cast_vote(found, by=cast.member1, choice="yes")
        return found

    return recorded.afterwards(voted, "item, voted on")


@pytest.fixture
def closed(item, cast):
    committee.close_vote(item, by=cast.secretary)
    return item


CHANGE = "UPDATE committee_vote SET choice = 'no'"
CAST = (
    "INSERT INTO committee_vote (motion_id, seat_id, choice, at) SELECT motion_id, "
    "(SELECT id FROM committee_seat WHERE role = 'chair'), 'no', now() FROM committee_vote"
)


@pytest.mark.parametrize("statement", [CHANGE, CAST])
def test_a_vote_is_cast_and_changed_while_its_motion_is_open(item, statement):
    """The control: what the refusals below stop is the ordinary way, too late."""
    as_the_application(statement)
    assert Vote.objects.filter(choice="no").count() == 1


@pytest.mark.parametrize("statement", [CHANGE, CAST, "UPDATE committee_vote SET at = now()"])
def test_no_vote_is_cast_or_changed_after_its_motion_is_closed(closed, statement):
    with pytest.raises(DatabaseError, match="stand as they are"):
        as_the_application(statement)


@pytest.mark.parametrize("statement", [CHANGE, CAST])
def test_no_vote_is_cast_or_changed_after_its_meeting_is_closed(item, cast, statement):
    meetings.close_meeting(item.meeting, by=cast.secretary)
    with pytest.raises(DatabaseError, match="stand as they are"):
        as_the_application(statement)


NEVER = [
    "DELETE FROM {}",
    "TRUNCATE {}",
    "TRUNCATE {} CASCADE",
]
TABLES = "committee_vote committee_motion requests_decision requests_exclusion".split()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("verb", NEVER)
@pytest.mark.parametrize("state", ["open", "closed"])
def test_nothing_of_a_decision_is_deleted(item, cast, table, verb, state):
    if state == "closed":
        committee.close_vote(item, by=cast.secretary)
    assert refused(verb.format(table))


BY_TRIGGER = [
    "DELETE FROM committee_vote",
    "DELETE FROM requests_exclusion",
    "DELETE FROM requests_decision",
    "UPDATE committee_motion SET closed_at = NULL, result = ''",
    "UPDATE requests_exclusion SET why = 'voted'",
]


@pytest.mark.parametrize("statement", BY_TRIGGER)
def test_not_even_the_owner_takes_back_what_was_voted(closed, statement):
    """By trigger, and not only for want of a right."""
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="stay|settle|only grows"):
        cursor.execute(statement)


@pytest.mark.parametrize(
    "change",
    ["closed_at = NULL, result = ''", "result = 'lost'", "outcome = 'reject'", "amount = 9", "closed_at = now()"],
)
def test_a_closed_motion_stands(closed, change):
    assert refused(f"UPDATE committee_motion SET {change}")


@pytest.mark.parametrize("change", ["outcome = 'reject'", "what = 'x'", "amount = 9", "reasons = 'x'", "item_id = 1"])
def test_what_is_being_voted_on_does_not_change(item, change):
    assert refused(f"UPDATE committee_motion SET {change}, closed_at = now(), result = 'lost'")


@pytest.mark.parametrize("change", ["user_id = user_id + 1", "why = 'voted'", "at = now()"])
def test_an_exclusion_stands(item, change):
    assert Exclusion.objects.exists()
    assert refused(f"UPDATE requests_exclusion SET {change}")


def test_an_exclusion_is_added(item, cast):
    """The control."""
    as_the_application(
        "INSERT INTO requests_exclusion (case_id, user_id, why, at) VALUES (%s, %s, 'conflict_detected', now())",
        item.case_id,
        cast.chair.pk,
    )


ISSUE = """UPDATE requests_decision SET issued_by_id = %s, decided_on = '2026-12-06', settled_at = now(),
    objections_until = '2027-01-05'"""


@pytest.mark.parametrize(
    "change", ["yes = yes + 1", "outcome = 'reject'", "amount = 9", "proposed_by_id = issued_by_id"]
)
@pytest.mark.parametrize("settling", ["", ", settled_at = now()"])
def test_a_carried_decision_is_not_rewritten(closed, change, settling):
    assert refused(f"UPDATE requests_decision SET {change}{settling}")


def test_a_decision_is_settled_once(closed, cast):
    as_the_application(ISSUE, cast.chair.pk)
    assert Decision.objects.get().issued_by == cast.chair
    assert refused(ISSUE, cast.deputy.pk)
    unsettled = "issued_by_id = NULL, decided_on = NULL, objections_until = NULL, settled_at = NULL"
    assert refused(f"UPDATE requests_decision SET {unsettled}")
    assert refused("UPDATE requests_decision SET settled_at = now()")
    assert refused("UPDATE requests_decision SET objections_until = '2026-12-07'")
    assert Decision.objects.get().issued_by == cast.chair


def test_a_decision_is_not_born_settled(closed, cast):
    columns = [field.column for field in Decision._meta.concrete_fields if field.column != "id"]
    changed = {"settled_at": "now()", "decided_on": "'2026-12-06'", "issued_by_id": str(cast.chair.pk)}
    copied = ", ".join(changed.get(column, column) for column in columns)
    insert = f"INSERT INTO requests_decision ({', '.join(columns)}) SELECT {copied} FROM requests_decision"
    with pytest.raises(DatabaseError, match="proposed first"):
        as_the_application(insert)


# The control of all of it: the whole way, as the application's own role and at the true hour


@pytest.fixture
def the_application(cast):
    """From here to the end of the test every statement is the application's."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE portal_app")
        yield
        cursor.execute("RESET ROLE")


def test_the_application_walks_a_case_to_a_carried_decision_and_replaces_a_motion(the_application, cast):
    case = walk(new_case(by=cast.noura), cast, to="committee_review")
    item = open_meeting(cast).items.get(case=case)
    committee.put_motion(item, by=cast.secretary, outcome="approve", what="سداد شهر واحد", amount=1000, reasons="قُسّم.")
    for choice in ("no", "yes"):
        committee.cast_vote(item, by=cast.member1, choice=choice)
    committee.cast_vote(item, by=cast.member2, choice="yes")
    committee.close_vote(item, by=cast.secretary)
    assert case.decisions.get().yes == 2
    assert Motion.objects.filter(result="replaced").count() == 1


@pytest.fixture
def of_two_weeks_ago(cast):
    """A case carried two weeks and a day ago, of which only the owner of the tables may tell."""
    with time_machine.travel(clock.now() - timedelta(days=15)):
        return walk(new_case(by=cast.noura), cast, to="carried")


def test_the_application_issues_registers_and_delivers_on_the_day(of_two_weeks_ago, the_application, cast):
    case = of_two_weeks_ago
    for state in ("approved", "registered", "delivered"):
        STEPS[state](case, cast)
        case = SupportRequest.objects.get(pk=case.pk)
    assert case.state == "delivered"
    assert case.decisions.get().issued_by == cast.chair
