"""A study holds for so many Hijri months, and until the person's circumstances change; no date of the case moves."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from committee import actions as committee
from core import clock
from core.audit import history
from core.errors import Refused
from core.hijri import parse
from policies.models import Association
from requests import workflow
from requests.models import Change, Study, SupportRequest
from requests.visits import rules
from requests.visits.actions import record_change
from requests.visits.page import changes
from tests.cast import client_of, new_case, new_person, walk

TOLD = {"what": "work_lost", "detail": "انتهى عقده في الشركة.", "told_by": "person"}


def again(case) -> SupportRequest:
    return SupportRequest.objects.get(pk=case.pk)


def recommended_again(case, cast):
    Study.objects.filter(case=case).update(completed_at=clock.now())
    return workflow.perform(case, "recommend", by=cast.reem)


# How long a study is valid


def test_twelve_hijri_months_from_its_completion(case_at):
    """Completed on 12 Jumada II 1448, valid until the eve of 12 Jumada II 1449."""
    study = case_at("committee_review").study
    assert rules.valid_until(study) == parse("12/6/1449").gregorian - timedelta(days=1)


@pytest.mark.parametrize(("months", "last"), [(1, "11/7/1448"), (6, "11/12/1448"), (0, None)])
def test_as_many_months_as_the_association_sets(case_at, months, last):
    study = case_at("committee_review").study
    Association.objects.update(study_valid_months=months)
    assert rules.valid_until(study) == (parse(last).gregorian if last else None)


@pytest.mark.parametrize(("days", "expired"), [(0, False), (1, True)])
def test_nobody_decides_by_an_expired_study(cast, case_at, day_one, days, expired):
    case = case_at("carried")
    last = rules.valid_until(case.study)
    day_one.move_to(f"{last + timedelta(days=days)}T09:00:00+03:00", tick=False)
    if expired:
        with pytest.raises(Refused, match="لتحديثها"):
            workflow.perform(case, "approve", by=cast.chair)
    else:
        assert workflow.perform(case, "approve", by=cast.chair).state == "approved"


def test_the_secretary_sends_an_expired_one_back_without_a_vote(cast, case_at, day_one):
    case = case_at("carried")
    with pytest.raises(Refused):
        workflow.perform(case, "return_to_research", by=cast.secretary)
    before = case.earliest_decision_on
    day_one.move_to(f"{rules.valid_until(case.study) + timedelta(days=1)}T09:00:00+03:00", tick=False)
    case = workflow.perform(case, "return_to_research", by=cast.secretary)
    assert (case.state, case.study.completed_at, case.earliest_decision_on) == ("social_research", None, before)
    assert not case.decisions.filter(settled_at=None).exists()
    assert recommended_again(again(case), cast).state == "committee_review"
    assert rules.study_expired(again(case), None) is None


def test_an_expired_study_is_not_recommended_again(cast, taken, day_one):
    Study.objects.create(case=taken, researcher=cast.reem, completed_at=clock.now())
    day_one.move_to("2028-01-01T09:00:00+03:00", tick=False)
    with pytest.raises(Refused, match="انتهت صلاحية الدراسة"):
        workflow.perform(taken, "recommend", by=cast.reem)


def test_the_last_valid_study_of_a_person_under_any_of_their_files(cast, day_one):
    first = walk(new_case(by=cast.noura), cast, to="committee_review")
    current = new_person(by=cast.noura)
    type(current).objects.filter(pk=first.person_id).update(merged_into=current)
    current.refresh_from_db()
    assert rules.last_valid_study(current) == first.study
    assert rules.last_valid_study(current, besides=first) is None
    day_one.move_to("2028-01-01T09:00:00+03:00", tick=False)
    assert rules.last_valid_study(current) is None


# A change of circumstances


@pytest.mark.parametrize(("who", "state"), [("noura", "committee_review"), ("reem", "social_research")])
def test_who_hears_of_it_records_it(cast, case_at, taken, who, state):
    case = taken if state == "social_research" else case_at(state)
    row = record_change(case, by=getattr(cast, who), happened_on=parse("1/6/1448").gregorian, **TOLD)
    assert (row.what, row.detail, row.recorded_by) == ("work_lost", TOLD["detail"], getattr(cast, who))
    assert history(case).filter(verb="circumstances_changed").exists()


@pytest.mark.parametrize("who", ["huda", "chair", "manager", "store", "salem"])
def test_nobody_else_does(cast, salem, taken, who):
    with pytest.raises(Refused):
        record_change(taken, by=salem if who == "salem" else getattr(cast, who), **TOLD)


@pytest.mark.parametrize("state", ["received", "verified", "delivered", "withdrawn"])
def test_only_while_it_is_studied_decided_or_handed_over(cast, case_at, state):
    with pytest.raises(Refused):
        record_change(case_at(state), by=cast.noura, **TOLD)


def test_with_research_it_reopens_the_completed_study(cast, taken):
    Study.objects.create(case=taken, researcher=cast.reem, completed_at=clock.now())
    record_change(taken, by=cast.noura, **TOLD)
    case = again(taken)
    assert case.study.completed_at is None
    with pytest.raises(Refused, match="أكمل الدراسة"):
        workflow.perform(case, "recommend", by=cast.reem)


def test_with_the_committee_it_stands_in_the_way_until_the_case_is_recommended_anew(cast, case_at, day_one):
    case = case_at("carried")
    earliest = case.earliest_decision_on
    record_change(case, by=cast.noura, **TOLD)
    day_one.move_to(f"{earliest}T09:00:00+03:00", tick=False)
    with pytest.raises(Refused, match="تغيّرت ظروف"):
        committee.issue(again(case), by=cast.chair)
    assert changes(case, by=cast.secretary)["goes_back"]
    case = workflow.perform(again(case), "return_to_research", by=cast.secretary)
    assert rules.standing(case).exists()
    case = recommended_again(again(case), cast)
    assert not rules.standing(case).exists()
    assert (rules.changed_since(case, None), case.earliest_decision_on) == (None, earliest)


def test_without_one_the_committee_decides(cast, case_at, day_one):
    """The control of the guard."""
    case = case_at("carried")
    day_one.move_to(f"{case.earliest_decision_on}T09:00:00+03:00", tick=False)
    assert committee.issue(case, by=cast.chair).state == "approved"


def test_a_change_that_the_study_knows_is_in_nobodys_way(cast, taken):
    record_change(taken, by=cast.noura, **TOLD)
    Study.objects.create(case=taken, researcher=cast.reem, completed_at=clock.now())
    case = workflow.perform(taken, "recommend", by=cast.reem)
    assert rules.changed_since(case, None) is None
    assert [row["stands"] for row in changes(case)["rows"]] == [False]


def test_what_was_written_stays(cast, taken):
    row = record_change(taken, by=cast.noura, **TOLD)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        Change.objects.filter(pk=row.pk).update(what="health")


def test_the_details_are_for_whoever_reads_the_study_and_for_whoever_wrote_them(cast, taken):
    record_change(taken, by=cast.reem, what="health", detail="أُجريت له عملية.", told_by="household")
    record_change(taken, by=cast.noura, **TOLD)
    page = client_of(cast.noura).get(f"/requests/{taken.reference}/").content.decode()
    assert ("أُجريت له عملية" in page, TOLD["detail"] in page) == (False, True)
    page = client_of(cast.reem).get(f"/requests/{taken.reference}/").content.decode()
    assert ("أُجريت له عملية" in page, TOLD["detail"] in page) == (True, True)


def test_the_secretary_sends_it_back_with_a_button(cast, case_at):
    case = case_at("committee_review")
    address = f"/requests/{case.reference}/back-to-research/"
    assert client_of(cast.secretary).post(address).status_code == 422
    record_change(case, by=cast.noura, **TOLD)
    assert client_of(cast.secretary).post(address).status_code == 302
    assert again(case).state == "social_research"


def test_the_form_records_it(cast, taken):
    sent = TOLD | {"happened_on": "1/6/1448"}
    reply = client_of(cast.noura).post(f"/requests/{taken.reference}/change/", sent)
    assert reply.status_code == 302
    assert taken.changes.get().happened_on == parse("1/6/1448").gregorian
    reply = client_of(cast.noura).post(f"/requests/{taken.reference}/change/", sent | {"detail": ""})
    assert (reply.status_code, "اكتب ما حدث." in reply.content.decode()) == (422, True)
