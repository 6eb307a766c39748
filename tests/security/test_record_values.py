"""The record says that something changed, by whom and when; what is sensitive stands in its own row alone."""

from decimal import Decimal

import pytest
from django.db import transaction

from committee import actions
from committee.models import AgendaItem
from core.models import AuditRow
from oversight.demo.walk import open_meeting
from requests import workflow
from requests.actions import take_for_research
from requests.appeal.actions import take_up
from requests.delivery import actions as delivery
from requests.delivery.actions import cancel, describe
from requests.models import Award, Exclusion, Instalment, Step, StudyLine
from requests.study.lines.actions import add_line, amend_line, remove_line
from tests.appeal.desk import objected

CANARY = "طائر الكناري رقم 7731"


@pytest.fixture
def item(cast, case_at):
    case = case_at("committee_review")
    return AgendaItem.objects.get(meeting=open_meeting(cast), case=case)


def record() -> str:
    """Everything that stands in the record, as text."""
    rows = AuditRow.objects.order_by("pk")
    return "\n".join(f"{row.verb} {row.changes} {row.why}" for row in rows)


@pytest.fixture(autouse=True)
def nothing_of_it_is_recorded(db):
    yield
    assert AuditRow.objects.exists()
    assert CANARY not in record()


def test_who_is_paid_under_which_number_and_for_what(case_at, cast):
    case = case_at("registered")
    describe(case, by=cast.store, kind="in_kind", items=CANARY)
    describe(case, by=cast.store, kind="bill", payee=CANARY, payee_number=CANARY)
    describe(case, by=cast.store, payee="غيره", payee_number="1")
    describe(case, by=cast.store, payee=CANARY, zakat=True)
    first, second, _third, last = AuditRow.objects.filter(verb="described_delivery").order_by("pk")
    assert first.changes == {"kind": ["", "in_kind"], "items": None}
    assert second.changes == {"kind": ["in_kind", "bill"], "payee": None, "payee_number": None, "items": None}
    assert last.changes == {"payee": None, "zakat": [False, True]}
    assert Award.objects.get(case=case).payee == CANARY


def test_control_with_the_names_not_left_out_they_are_found(case_at, cast, monkeypatch):
    case = case_at("registered")
    monkeypatch.setattr(delivery, "NAMES", ())
    with transaction.atomic():
        describe(case, by=cast.store, kind="bill", payee=CANARY)
        assert CANARY in record()
        transaction.set_rollback(True)


def test_why_what_was_left_is_cancelled(case_at, cast):
    case = case_at("registered")
    cancel(case, by=cast.store, why="died", note=CANARY)
    assert Instalment.objects.get(case=case).cancelled_note == CANARY


def test_a_members_conflict(case_at, cast):
    case = case_at("committee_review")
    actions.declare_conflict(case, by=cast.member1, why=CANARY)
    row = Exclusion.objects.get(case=case, why=Exclusion.Why.CONFLICT_DECLARED)
    assert (row.user, row.said) == (cast.member1, CANARY)
    assert AuditRow.objects.get(verb="declared_conflict").actor_id == cast.member1.pk


@pytest.mark.parametrize(
    ("outcome", "facts"),
    [
        ("ask_for_papers", {"papers": {"extra-1": "عقد الإيجار"}}),
        ("return_to_research", {}),
        ("postpone", {}),
        ("reject", {}),
    ],
)
def test_the_reasons_of_a_proposal(item, cast, day_one, outcome, facts):
    motion = actions.put_motion(item, by=cast.secretary, outcome=outcome, reasons=CANARY, **facts)
    for person in cast.voters[:3]:
        actions.cast_vote(item, by=person, choice="yes")
    actions.close_vote(item, by=cast.secretary)
    if outcome == "reject":
        day_one.move_to(f"{item.case.earliest_decision_on}T09:00:00+03:00")
        actions.issue(item.case, by=cast.chair)
    motion.refresh_from_db()
    assert motion.reasons == CANARY
    assert outcome in record()


def test_why_somebody_withdrew_stands_in_its_step(case, cast):
    workflow.perform(case, "withdraw", by=cast.noura, why=CANARY, signed=True)
    assert Step.objects.get(case=case, action="withdraw").why == CANARY


def test_what_somebody_objected(case_at, cast):
    case = case_at("rejected")
    objected(case, cast, text=CANARY)
    take_up(case, by=cast.secretary)


def test_what_a_line_of_a_study_says(case_at, cast):
    case = take_for_research(case_at("social_research"), by=cast.reem)
    line = add_line(case, by=cast.reem, kind="salary", amount=Decimal("7731"), every="month", note=CANARY)
    amend_line(line, by=cast.reem, amount=Decimal("7732"), counts=False, why_not=CANARY)
    assert AuditRow.objects.get(verb="study_line_amended").changes == {"line": line.pk, "amount": None, "counts": None}
    remove_line(StudyLine.objects.get(), by=cast.reem)
    assert "7731" not in record()
    assert "7732" not in record()
