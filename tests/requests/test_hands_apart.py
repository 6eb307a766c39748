"""Rule 5: one person does not do it all."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from accounts.roles import Role
from committee.actions import issue
from committee.models import Seat, SeatRole
from committee.seats.actions import appoint, end_term
from core import clock
from core.errors import Refused
from requests import workflow
from requests.conflict.actions import declare as declare_conflict
from requests.decision.issuing import to_issue
from requests.models import Decision, Exclusion, SupportRequest


def grant(person, *roles) -> None:
    person.roles = [*person.roles, *(str(role) for role in roles)]
    person.save()


def seat(person, role, by) -> Seat:
    return appoint(by=by, user=person, role=role, starts_on=clock.today())


def on_the_day(day_one, case) -> None:
    day_one.move_to(f"{case.earliest_decision_on}T09:00:00+03:00")


def test_the_verifier_and_the_researcher_are_on_record_as_excluded(case_at, cast):
    case = case_at("committee_review")
    assert set(case.exclusions.values_list("user", "why")) == {
        (cast.noura.pk, "entered"),
        (cast.noura.pk, "verifier"),
        (cast.reem.pk, "researcher"),
    }


@pytest.mark.parametrize("why", ["verifier", "researcher", "conflict_detected", "first_decision"])
def test_a_chair_who_took_part_before_does_not_issue(case_at, cast, day_one, why):
    case = case_at("carried")
    on_the_day(day_one, case)
    Exclusion.objects.create(case=case, user=cast.chair, why=why)
    with pytest.raises(Refused):
        issue(case, by=cast.chair)


def test_the_deputy_issues_only_when_the_chair_is_recused(case_at, cast, day_one):
    case = case_at("carried")
    on_the_day(day_one, case)
    with pytest.raises(Refused, match="النائب"):
        issue(case, by=cast.deputy)
    declare_conflict(case, by=cast.chair, why="قرابة")
    assert issue(case, by=cast.deputy).state == "approved"


@pytest.fixture
def carried_by_the_chair(case_at, cast, day_one):
    """The only chair is also the secretary who proposed what was carried."""
    case = case_at("carried")
    seat(cast.secretary, SeatRole.CHAIR, cast.manager)
    end_term(cast.chair.seats.get(), by=cast.manager, ends_on=clock.today() - timedelta(days=1))
    on_the_day(day_one, case)
    return case


def test_where_the_only_chair_proposed_the_deputy_issues(carried_by_the_chair, cast):
    with pytest.raises(Refused, match="اقترح"):
        issue(carried_by_the_chair, by=cast.secretary)
    assert issue(carried_by_the_chair, by=cast.deputy).state == "approved"


def test_where_another_chair_may_issue_the_deputy_does_not(carried_by_the_chair, cast):
    seat(cast.member2, SeatRole.CHAIR, cast.manager)
    with pytest.raises(Refused, match="النائب"):
        issue(carried_by_the_chair, by=cast.deputy)


def test_a_chair_who_proposed_and_one_who_is_recused_leave_it_to_the_deputy(carried_by_the_chair, cast):
    seat(cast.member2, SeatRole.CHAIR, cast.manager)
    declare_conflict(carried_by_the_chair, by=cast.member2, why="قرابة")
    assert issue(carried_by_the_chair, by=cast.deputy).state == "approved"


def test_where_the_seat_is_empty_the_deputy_issues(carried_by_the_chair, cast):
    end_term(cast.secretary.seats.get(role="chair"), by=cast.manager, ends_on=clock.today() - timedelta(days=1))
    assert issue(carried_by_the_chair, by=cast.deputy).state == "approved"


def test_a_chair_whose_account_is_closed_leaves_the_seat_empty(carried_by_the_chair, cast):
    cast.secretary.is_active = False
    cast.secretary.save()
    assert to_issue(cast.deputy).exists()


def test_the_chair_may_have_voted_and_still_issue(case_at, cast, day_one):
    case = case_at("carried")
    Exclusion.objects.create(case=case, user=cast.chair, why="voted")
    on_the_day(day_one, case)
    assert issue(case, by=cast.chair).state == "approved"


def test_whoever_proposed_does_not_issue(case_at, cast, day_one):
    case = case_at("carried")
    seat(cast.secretary, SeatRole.CHAIR, cast.manager)
    on_the_day(day_one, case)
    with pytest.raises(Refused, match="اقترح"):
        issue(case, by=cast.secretary)


def test_the_database_refuses_that_the_proposer_issues(case_at, cast):
    decision = Decision.objects.get(case=case_at("carried"))
    with pytest.raises(DatabaseError, match="proposer_does_not_issue"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(
            issued_by=cast.secretary,
            decided_on="2026-12-06",
            objections_until="2027-01-05",
            settled_at="2026-12-06T09:00Z",
        )


@pytest.mark.parametrize(
    ("count", "constraint"),
    [
        ({"yes": 2, "no": 2}, "more_yes_than_no"),
        ({"yes": 0, "no": 1}, "more_yes_than_no"),
        ({"present": 2, "seats": 4, "yes": 2, "no": 0, "abstained": 0}, "quorate"),
        ({"present": 1, "seats": 1, "yes": 1, "no": 0, "abstained": 0}, "quorate"),
        ({"yes": 5, "present": 4}, "quorate"),
    ],
)
def test_the_database_refuses_a_decision_that_was_not_carried_or_not_quorate(case_at, cast, count, constraint):
    carried = {"yes": 3, "no": 0, "abstained": 0, "present": 3, "seats": 5}
    case = case_at("committee_review")
    with pytest.raises(DatabaseError, match=constraint), transaction.atomic():
        Decision.objects.create(case=case, outcome="approve", proposed_by=cast.secretary, **carried | count)


@pytest.mark.parametrize("why", ["voted", "issued"])
def test_whoever_decided_does_not_complete_the_registration(case_at, cast, why):
    case = case_at("approved")
    Exclusion.objects.create(case=case, user=cast.noura, why=why)
    assert "زميل" in workflow.why_not(case, "complete_registration", by=cast.noura)


def test_whoever_voted_does_not_deliver(case_at, cast):
    case = case_at("registered")
    grant(cast.member1, Role.SERVICE_OFFICER)
    assert "زميل" in workflow.why_not(case, "deliver", by=cast.member1)


def test_a_declared_conflict_closes_the_case_on_every_role_of_that_person(case_at, cast):
    case = case_at("committee_review")
    grant(cast.member1, Role.MANAGER)
    declare_conflict(case, by=cast.member1, why="قرابة")
    assert not SupportRequest.objects.visible_to(cast.member1).filter(pk=case.pk).exists()
    assert SupportRequest.objects.visible_to(cast.member2).filter(pk=case.pk).exists()


def test_a_decision_needs_the_committees_carried_proposal(case_at, cast, day_one):
    case = case_at("committee_review")
    on_the_day(day_one, case)
    with pytest.raises(Refused, match="لم تصوّت"):
        workflow.perform(case, "approve", by=cast.chair)


def test_the_chair_cannot_issue_the_opposite_of_what_was_carried(case_at, cast, day_one):
    case = case_at("carried")
    on_the_day(day_one, case)
    with pytest.raises(Refused, match="غير ذلك"):
        workflow.perform(case, "reject", by=cast.chair)
