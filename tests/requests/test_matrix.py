"""Every state × action × role gives the next state, or one Arabic sentence (product.md, «States»).

The two tables below are the reviewed truth; they are written out, not read from the code under test.
"""

import re

import pytest
from django.db import transaction

from accounts.models import Branch
from accounts.roles import Role
from core.errors import Refused
from core.models import StoredFile
from requests import workflow
from requests.actions import tell_decision
from requests.models import Decision, Outcome, SupportRequest
from requests.states import ACTIONS, State
from tests.appeal.desk import objected
from tests.cast import user

BEFORE_THE_END = [
    "received",
    "awaiting_documents",
    "verified",
    "social_research",
    "committee_review",
    "approved",
    "registered",
]
MOVES = {
    "ask_for_papers": {
        "received": "awaiting_documents",
        "verified": "awaiting_documents",
        "social_research": "awaiting_documents",
        "committee_review": "awaiting_documents",
    },
    "papers_complete": {"awaiting_documents": "received"},
    "verify": {"received": "verified"},
    "refer_to_research": {"verified": "social_research"},
    "recommend": {"social_research": "committee_review"},
    "return_to_research": {"committee_review": "social_research"},
    "approve": {"committee_review": "approved"},
    "reject": {"committee_review": "rejected"},
    "complete_registration": {"approved": "registered"},
    "deliver": {"registered": "delivered"},
    "reopen_on_appeal": {"rejected": "committee_review"},
    "withdraw": dict.fromkeys(BEFORE_THE_END, "withdrawn"),
    "close": dict.fromkeys(BEFORE_THE_END, "closed"),
}
WHO = {
    "ask_for_papers": {"officer", "delegate"},
    "papers_complete": {"officer", "delegate"},
    "verify": {"officer", "delegate"},
    "refer_to_research": {"officer", "delegate"},
    "recommend": {"researcher"},
    "return_to_research": {"secretary"},
    "approve": {"chair"},
    "reject": {"chair"},
    "complete_registration": {"officer"},
    "deliver": {"service_officer"},
    "reopen_on_appeal": {"secretary"},
    "withdraw": {"officer"},
    "close": {"manager"},
}
WHO_INSTEAD = {
    ("ask_for_papers", "social_research"): {"researcher"},
    ("ask_for_papers", "committee_review"): {"secretary"},
}
FACTS = {
    "ask_for_papers": {"papers": {"lease": "عقد الإيجار"}},
    "complete_registration": {"receive_by": "pickup", "receive_where": "المستودع"},
    "withdraw": {"why": "طلب ذلك كتابةً", "signed": True},
    "close": {"close_reason": "duplicate"},
}
STANDS = [state.value for state in State]


def may(action: str, state: str, role: str) -> str | None:
    """The state the action leads to, from the reviewed tables; None when it must be refused."""
    who = WHO_INSTEAD.get((action, state), WHO[action])
    return MOVES[action].get(state) if role in who else None


@pytest.fixture
def hands(cast):
    """One person per role, who has not touched the case; the researcher is the assigned one."""
    main = Branch.objects.get(code="main")
    delegate = user("delegate2", "مها السعيد", Role.DELEGATE)
    delegate.branch = main
    delegate.save()
    return {
        "officer": cast.saad,
        "delegate": delegate,
        "researcher": cast.reem,
        "chair": cast.chair,
        "deputy": cast.deputy,
        "member": cast.member1,
        "secretary": cast.secretary,
        "service_officer": cast.store,
        "manager": cast.manager,
        "policy_editor": cast.editor,
        "it_admin": cast.it,
    }


def make_ripe(case: SupportRequest, action: str, cast, clock) -> None:
    """Everything the action needs besides the right state and the right person."""
    if case.state == State.COMMITTEE_REVIEW and action in Outcome.values:
        clock.move_to(f"{case.earliest_decision_on}T09:00:00+03:00")
        propose(case, action, by=cast.noura)
    if case.state == State.AWAITING_DOCUMENTS:
        case.checks.update(state="accepted", valid_until="2040-01-01")
    if case.state == State.RECEIVED:
        case.checks.update(state="accepted", valid_until="2040-01-01")
    if case.state == State.SOCIAL_RESEARCH and action == "recommend":
        write_study(case, cast)
    elif case.state == State.SOCIAL_RESEARCH:
        SupportRequest.objects.filter(pk=case.pk).update(researcher=cast.reem)
    if case.state == State.APPROVED and case.decision_told_at is None:
        tell_decision(case, by=cast.noura, how="counter")
    if case.state == State.REJECTED and action == "reopen_on_appeal":
        objected(case, cast)
    if action == "deliver":
        outstanding = case.instalments.filter(receipted_at=None)  # what is receipted does not change any more
        signed = StoredFile.objects.create(kind="png", size=1, sha256="0" * 64, file="signed.png")
        facts = {"receipted_how": "paper", "signature": signed, "signed_for": {"name": "محمد"}}
        outstanding.update(receipted_at="2026-12-20T09:00Z", receipted_by=cast.store, **facts)


def propose(case, outcome: str, *, by) -> None:
    Decision.objects.create(
        case=case, outcome=outcome, reasons="سبب", yes=3, no=0, abstained=0, present=3, seats=5, proposed_by=by
    )


def write_study(case, cast) -> None:
    from requests.models import Study

    SupportRequest.objects.filter(pk=case.pk).update(researcher=cast.reem)
    Study.objects.create(
        case=case,
        researcher=cast.reem,
        findings="زيارة",
        recommends="approve",
        reasons="حاجة",
        completed_at="2026-11-24T09:00Z",
    )


class Undo(Exception):
    """Leaves the savepoint, so that the next pair meets the same case."""


@pytest.mark.parametrize("state", STANDS)
def test_every_action_of_every_role_moves_as_the_table_says_or_is_refused_in_arabic(
    case_at, hands, cast, day_one, state
):
    case = case_at(state)
    wrong = []
    for action in MOVES:
        for role, by in hands.items():
            found = attempt(case, action, by, cast, day_one)
            expected = may(action, state, role)
            if expected is None and not is_arabic(found):
                wrong.append((action, role, "expected a refusal", found))
            elif expected is not None and found != expected:
                wrong.append((action, role, expected, found))
    assert wrong == []


def attempt(case, action: str, by, cast, clock) -> str:
    """The state `action` leads to, or the sentence that refuses it; leaves nothing behind."""
    result = ""
    try:
        with transaction.atomic():
            fresh = SupportRequest.objects.get(pk=case.pk)
            make_ripe(fresh, action, cast, clock)
            try:
                result = workflow.perform(fresh, action, by=by, **FACTS.get(action, {})).state
            except Refused as refused:
                result = refused.sentence
            raise Undo
    except Undo:
        return result


def is_arabic(sentence: str) -> bool:
    return bool(re.search("[\u0621-\u064a]{2}", sentence)) and not re.search("[A-Za-z]", sentence)


def test_the_tables_speak_of_every_action_but_receiving():
    assert set(MOVES) == set(WHO) == set(ACTIONS) - {"receive"}
