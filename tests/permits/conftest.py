from types import SimpleNamespace

import pytest

from accounts.models import Branch
from accounts.roles import Role
from requests import workflow
from requests.permits.actions import propose
from requests.rules import Applicant
from tests.cast import user
from tests.permits.desk import FACTS


@pytest.fixture
def dawah(load_pack, day_one):
    """The da'wah association and the people of its desk."""
    load_pack("dawah")
    assert Branch.objects.filter(code="main").exists()
    return SimpleNamespace(
        noura=user("noura", "نورة العتيبي", Role.OFFICER),
        manager=user("manager", "إبراهيم الفيفي", Role.MANAGER),
        reem=user("reem", "ريم الحربي", Role.RESEARCHER),
        editor=user("editor", "لطيفة السالم", Role.POLICY_EDITOR),
    )


@pytest.fixture
def permit(dawah):
    return propose(by=Applicant(), **FACTS)


@pytest.fixture
def permit_at(dawah):
    """`permit_at("issued")`: a programme walked there by its real actions."""
    paths = {
        "proposed": [],
        "raised": ["raise_to_authority"],
        "issued": ["raise_to_authority", "record_issued"],
        "refused": ["raise_to_authority", "record_refused"],
        "handed_over": ["raise_to_authority", "record_issued", "hand_over"],
        "withdrawn": ["withdraw"],
    }
    facts = {"external_reference": "T-77", "answer_note": "نرجو تغيير الموقع.", "why": "سافر المتطوع."}

    def bring(state: str):
        permit = propose(by=Applicant(), **FACTS)
        for action in paths[state]:
            permit = workflow.perform(permit, action, by=dawah.noura, **facts)
        return permit

    return bring
