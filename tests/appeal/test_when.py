"""Objecting in time, once, to a rejection alone; and what the database holds of it whatever is asked of it."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from committee import actions as committee
from committee.meetings import actions as meetings
from committee.models import Body, SeatRole
from committee.seats.actions import appoint
from core import audit
from core.errors import Refused
from core.models import OutboxRow
from core.uploads import store
from policies.models import Association
from requests import workflow
from requests.actions import tell_decision
from requests.appeal import actions, rules
from requests.appeal.page import objection
from requests.models import Appeal, Decision, FrozenFile, SupportRequest
from requests.rules import Applicant
from tests.appeal.desk import WORDS, code_for, objected, objected_online
from tests.cast import new_case, new_person, user, walk
from tests.paper import upload
from tests.security.test_database import as_the_application


@pytest.fixture
def last_day(rejected):
    return rejected.decisions.get().objections_until


def test_the_last_second_of_the_last_day_in_riyadh_is_in_time(rejected, day_one, last_day):
    day_one.move_to(f"{last_day}T23:59:59+03:00", tick=False)
    assert objected_online(rejected).last_day == last_day


def test_the_first_second_after_it_is_not(rejected, day_one, last_day):
    day_one.move_to(f"{last_day + timedelta(days=1)}T00:00:00+03:00", tick=False)
    with pytest.raises(Refused, match="انتهت مهلة الاعتراض"):
        objected_online(rejected)
    assert not Appeal.objects.exists()


def test_the_days_count_from_the_decision_whenever_it_was_told(rejected, cast, day_one, last_day):
    day_one.shift(timedelta(days=10))
    tell_decision(rejected, by=cast.noura, how="phone")
    assert objected(rejected, cast).last_day == last_day


def test_the_associations_own_days_count(day_one, cast, case_at):
    Association.objects.update(appeal_days=3)
    case = walk(new_case(by=cast.noura), cast, to="rejected", traveller=day_one)
    day_one.shift(timedelta(days=4))
    with pytest.raises(Refused, match="انتهت مهلة الاعتراض"):
        objected_online(case)


def test_another_setting_later_moves_no_day_in_a_letter(rejected, day_one, last_day):
    Association.objects.update(appeal_days=3)
    day_one.move_to(f"{last_day}T12:00:00+03:00", tick=False)
    assert objected_online(rejected).last_day == last_day


def test_a_second_objection_is_refused_with_the_day_of_the_first(rejected, cast):
    objected_online(rejected)
    with pytest.raises(Refused, match="إلا مرة واحدة"):
        objected(rejected, cast)
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize("state", ["approved", "committee_review", "withdrawn"])
def test_only_a_rejection_is_objected_to(case_at, cast, state):
    with pytest.raises(Refused, match="لا يوجد الآن قرار"):
        objected(case_at(state), cast)


def test_it_is_written_down_at_the_counter_of_the_case_alone(rejected, cast):
    for by in (cast.huda, cast.secretary, cast.manager, cast.reem):
        with pytest.raises(Refused):
            actions.write_down(rejected, by=by, text=WORDS, signed="paper", signature=store(upload(), by_id=by.pk))


def test_after_a_second_rejection_nothing_more_is_objected_to(rejected, cast, day_one):
    case = second_rejection(rejected, cast, day_one)
    with pytest.raises(Refused, match="الثاني نهائي|القرار الثاني"):
        objected_online(case)
    assert rules.is_final(case)
    assert OutboxRow.objects.filter(event="decision_issued_final").count() == 1
    assert OutboxRow.objects.filter(event="decision_issued").count() == 1
    assert objection(case)["answer"][0] == "بقي القرار كما هو"


def second_rejection(case, cast, clock):
    """Objected, reopened, and rejected again by the appeals committee."""
    objected(case, cast)
    case = actions.take_up(case, by=cast.secretary)
    others = [user(f"other{number}", f"عضو آخر {number}") for number in range(4)]
    roles = [SeatRole.CHAIR, *[SeatRole.MEMBER] * 3]
    seats = [
        appoint(by=cast.manager, user=person, role=role, starts_on=date(2020, 1, 1), body=Body.APPEALS)
        for person, role in zip(others, roles, strict=True)
    ]
    meeting = meetings.open_meeting(by=cast.secretary, body=Body.APPEALS)
    for seat in seats:
        meetings.mark_attendance(meeting, by=cast.secretary, seat=seat, present=True)
    item = meeting.items.get(case=case)
    for person in others[1:]:
        committee.cast_vote(item, by=person, choice="yes")
    committee.close_vote(item, by=cast.secretary)
    return workflow.perform(SupportRequest.objects.get(pk=case.pk), "reject", by=others[0])


# What no SQL does


def test_what_was_written_stands(rejected, cast):
    appeal = objected(rejected, cast)
    for change in ({"text": "غيره"}, {"last_day": "2030-01-01"}, {"reopened_at": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Appeal.objects.filter(pk=appeal.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        FrozenFile.objects.filter(appeal=appeal).update(sha256="0" * 64)
    for table in ("requests_appealfile", "requests_frozenpage"):  # empty here: the statement itself is refused
        with pytest.raises(DatabaseError), transaction.atomic():
            as_the_application(f"DELETE FROM {table}")


def row(case, **changes) -> dict:
    decision = case.decisions.filter(outcome="reject").first() or case.decisions.first()
    facts = {"case": case, "decision": decision, "text": WORDS, "channel": "person", "signed": "code"}
    return facts | {"last_day": "2027-01-05", "code": code_for(case)} | changes


def test_the_database_takes_an_objection_of_its_own_issued_rejection_in_time(rejected):
    """The control: the row that the refusals below spoil."""
    Appeal.objects.create(**row(rejected))


def test_the_database_refuses_what_is_late_or_not_a_rejection_of_this_case(rejected, cast, case_at):
    other, approved = case_at("rejected"), case_at("approved")
    spoiled = [
        row(rejected, last_day="2026-11-22"),
        row(rejected, decision=other.decisions.get()),
        row(approved),
        row(rejected, code=None),
        row(rejected, written_by=cast.noura),
        row(rejected, reopened_at="2026-12-07T09:00Z", reopened_by=cast.secretary),
    ]
    for facts in spoiled:
        with pytest.raises(DatabaseError), transaction.atomic():
            Appeal.objects.create(**facts)


# What comes with it


def test_it_is_told_recorded_and_read_by_the_secretary_at_once(rejected, cast):
    appeal = objected(rejected, cast)
    row = audit.history(rejected).get(verb="appeal_received")
    assert row.changes["file"] == appeal.frozen.sha256
    assert OutboxRow.objects.filter(event="appeal_received").count() == 1
    assert WORDS not in str(list(OutboxRow.objects.values_list("facts", flat=True)))


def test_a_partial_approval_is_no_rejection(case_at):
    case = case_at("approved")
    assert Decision.objects.filter(case=case).count() == 1
    assert "لا يوجد" in rules.why_not_object(case)


def test_a_person_without_a_mobile_objects_at_the_counter_and_nothing_is_sent(cast, day_one):
    case = walk(
        new_case(by=cast.noura, person=new_person(by=cast.noura, mobile="")), cast, to="rejected", traveller=day_one
    )
    objected(case, cast)
    assert not OutboxRow.objects.filter(event="appeal_received").exists()


def test_the_applicant_is_named_nobody_in_the_record(rejected):
    objected_online(rejected)
    assert audit.history(rejected).get(verb="appeal_received").actor == Applicant.username
