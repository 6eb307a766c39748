"""Every route × every role: the reviewed table says who may open it; for everybody else it does not exist.

A route that is not in the table fails, so that a new page is reviewed before it is open to anyone.
"""

import os
import pickle
import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from beneficiaries.duplicates.actions import propose_merge, tell_apart
from beneficiaries.household.actions import add_member
from beneficiaries.means.actions import add_means
from beneficiaries.suspension.actions import propose as suspend
from channels.actions import ask
from channels.codes.actions import send as send_code
from channels.models import OneTimeCode
from committee.meetings.actions import plan
from core import clock, drafts
from core.audit import System
from core.uploads import store
from policies.desk.actions import lay
from policies.models import PolicyVersion, Procedure
from requests.actions import take_for_research
from requests.clarification.actions import ask as refer
from requests.models import DocumentCheck, SupportRequest
from requests.permits.actions import propose
from requests.study.lines.actions import add_line
from requests.study.visit.actions import record_consent
from requests.visits.actions import ask_opinion
from tests import recorded
from tests.appeal.desk import objected
from tests.architecture.test_doors import PUBLIC, routes
from tests.beneficiaries.workbooks import bring_a_workbook
from tests.cast import amend, client_of, new_person, user
from tests.delivery.desk import under_way
from tests.minutes.desk import minuted
from tests.paper import upload
from tests.permits.desk import FACTS
from tests.security.who_opens_what import ADMIN_OF, ALL, STAFF
from tests.visits.desk import planned, tomorrow

PEOPLE = {
    Role.OFFICER: "noura",
    Role.DELEGATE: "huda",
    Role.RESEARCHER: "reem",
    Role.CHAIR: "chair",
    Role.DEPUTY: "deputy",
    Role.MEMBER: "member1",
    Role.SECRETARY: "secretary",
    Role.SERVICE_OFFICER: "store",
    Role.MANAGER: "manager",
    Role.POLICY_EDITOR: "editor",
    Role.IT_ADMIN: "it",
}
NOT_HERE = {404}
MEETING_PAGES = (
    "meeting all_present attendance apology agree_with_all begin_meeting call_off_meeting close_meeting close_votes "
    "give_notice move_meeting"
).split()
OF_THE_COMMITTEE = {
    f"committee:{name}" for name in "queue open_meeting plan_meeting issue_due disclosure minutes_list".split()
}
CLOSES = {"accounts:sign_out", "accounts:lock"}
"""Asked along with the others they would end the session, or lock it."""


@dataclass
class World:
    """One of everything that a page can be about, and where each page of it is."""

    cast: SimpleNamespace
    own: dict[str, list]
    case: SupportRequest
    before: SupportRequest

    def address(self, name: str) -> str:
        if name in self.own:
            return reverse(name, args=self.own[name])
        if name.startswith("committee:") and name not in OF_THE_COMMITTEE:
            return reverse(name, args=[self.before.reference])
        wants = name in {f"requests:{each}" for each in "case reveal tell_period tell_decision papers receipt".split()}
        return reverse(name, args=[self.case.reference] if wants else [])

    def client(self, role: Role) -> Client:
        return client_of(getattr(self.cast, PEOPLE[role]))


@pytest.fixture
@recorded.kept_rows
def world(cast, case_at, case, day_one) -> World:
    """One of everything that a page can be about."""
    amend(procedures=[str(each) for each in Procedure])
    for person in (cast.editor, cast.it):
        person.is_staff = True
        person.save()
    delivery, studied = case_at("registered"), case_at("social_research")
    studied.researcher = cast.reem
    studied.save()
    wife = add_member(studied.person, by=cast.noura, name="سارة محمد", relation="spouse")
    counted = add_line(studied, by=cast.reem, kind="rent", amount=Decimal("900"), every="month")
    agreed = record_consent(studied, by=cast.reem, given_by="أم محمد")
    photo = agreed.photos.create(file=store(upload(), by_id=None))
    before = case_at("committee_review")
    salem = user("salem", "سالم الحازمي", Role.RESEARCHER)
    visit = planned(studied, cast.reem, tomorrow())
    asked_about = take_for_research(case_at("social_research"), by=salem)
    opinion = ask_opinion(asked_about, by=salem, colleague=cast.reem, question="هل ترى ما أرى؟")
    draft = drafts.keep(owner=cast.noura, form="intake", data={"person": None, "fields": {}})
    check = DocumentCheck.objects.filter(case=case).first()
    sheet = check.pages.create(file=store(upload(), by_id=None), position=1)
    permit = propose(by=cast.noura, **FACTS)
    inquiry = ask(by=System(), text="متى الدوام؟", mobile="+966550000009")
    tool = PolicyVersion.in_force().tools.first()
    line = add_means(case.person, by=cast.noura, kind="rent", amount=Decimal("900"), every="month")
    laid = lay(tool, by=cast.manager, upload=upload(), name="اللائحة")
    brought = bring_a_workbook(cast)
    question = refer(case, by=cast.noura, question="ما معنى البحث الاجتماعي؟")
    twice = new_person(by=cast.noura)
    merge = propose_merge(kept=case.person, merged=twice, by=cast.noura, why="رأيت البطاقتين", numbers="mistyped")
    apart = tell_apart(new_person(by=cast.noura), new_person(by=cast.noura), by=cast.noura, why="أخوان")
    doubted = suspend(new_person(by=cast.noura), by=cast.noura, what="راتب لم يُذكر", told_text="وجدنا دخلًا")
    code = send_code(purpose=OneTimeCode.Purpose.SIGN, subject="form:1", mobile="+966550000009", by=cast.noura)
    meeting = plan(by=cast.secretary, starts_at=clock.now() + timedelta(days=2), place="قاعة الاجتماعات")
    refused, objected_to = case_at("rejected"), case_at("rejected")
    objected(objected_to, cast)
    own = {
        "requests:appeal": [objected_to.reference],
        "requests:appeal_slip": [objected_to.reference],
        "requests:appeal_write": [refused.reference],
        "requests:code_state": [code.pk],
        "requests:receipt_message": [case.reference],
        "requests:signed_paper": [case.reference],
        "requests:suspend": [case.person.pk],
        "requests:suspend_from_case": [studied.reference],
        "requests:suspension": [doubted.pk],
        "requests:compare": [case.person.pk, twice.pk],
        "requests:tell_apart": [case.person.pk, twice.pk],
        "requests:merge": [merge.pk],
        "requests:merge_act": [merge.pk, "merge"],
        "requests:take_back_apart": [apart.pk],
        "requests:clarification": [question.pk],
        "requests:clarification_take": [question.pk],
        "requests:clarification_told": [case.reference, question.pk],
        "requests:clarify": [case.reference],
        **{f"requests:appointment_{page}": [studied.reference, visit.pk] for page in "move cancel settle".split()},
        "requests:appointment_new": [studied.reference],
        "requests:hand_over": [studied.reference],
        "requests:opinion_ask": [studied.reference],
        "requests:opinion_answer": [asked_about.reference, opinion.pk],
        "requests:change": [studied.reference],
        "requests:back_to_research": [before.reference],
        **{f"requests:people_{page}": [brought.pk] for page in "bring import match progress returned undo".split()},
        "requests:delivery": [delivery.reference],
        **under_way(delivery, cast),
        "requests:study": [studied.reference],
        **{f"requests:study_{name}": [studied.reference] for name in "consent field figure keep member photos".split()},
        "requests:study_forget": [studied.reference, "needs"],
        "requests:study_line": [studied.reference, counted.pk],
        "requests:study_line_add": [studied.reference, "income"],
        "requests:study_line_remove": [studied.reference, counted.pk],
        "requests:study_member_change": [studied.reference, wife.pk],
        "requests:study_member_gone": [studied.reference, wife.pk],
        "requests:study_photo_remove": [studied.reference, photo.pk],
        "requests:study_section": [studied.reference, "needs"],
        "requests:take": [studied.reference],
        "requests:judge": [case.reference, check.pk],
        "requests:remove_page": [case.reference, check.pk, sheet.pk],
        "requests:act": [case.reference, "close"],
        "requests:draft_open": [draft.pk],
        "requests:register_for": [case.person.pk],
        "requests:person": [case.person.pk],
        "requests:person_add": [case.person.pk, "household"],
        "requests:person_call": [case.person.pk],
        "requests:person_called": [case.person.pk],
        "requests:person_confirm": [case.person.pk],
        "requests:person_change": [case.person.pk, "means", line.pk],
        "requests:person_edit": [case.person.pk, "contact"],
        "requests:person_end": [case.person.pk, "means", line.pk],
        "requests:person_history": [case.person.pk],
        "requests:person_reveal": [case.person.pk],
        "requests:permit": [permit.reference],
        "requests:permit_act": [permit.reference, "raise_to_authority"],
        "requests:file": [uuid4()],
        "requests:file_page": [uuid4(), 1],
        "oversight:conformity_list": ["requests_received"],
        "policies:tool_add": [tool.pk],
        "policies:tool_file": [laid.file.key],
        "channels:inquiry": [inquiry.reference],
        **{f"committee:{name}": [meeting.number] for name in MEETING_PAGES},
        **minuted(delivery, cast),
    }
    return World(cast, own, case, before)


def names() -> set[str]:
    return {name for name, _view in routes()}


def is_admin(name: str) -> bool:
    return name.startswith("admin:")


def test_every_route_is_in_a_reviewed_table():
    unlisted = {name for name in names() if not is_admin(name)} - STAFF.keys() - PUBLIC
    assert unlisted == set()


def test_the_table_names_no_route_that_is_gone():
    assert STAFF.keys() - names() == set()


def test_an_unlisted_route_would_be_seen(monkeypatch):
    """The control: one row taken from the table is missed."""
    monkeypatch.delitem(STAFF, "requests:reveal")
    with pytest.raises(AssertionError):
        test_every_route_is_in_a_reviewed_table()


@pytest.fixture(scope="session")
def of_this_run(tmp_path_factory) -> Path:
    """A folder that the processes of this run of the suite have between them, and no other run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture
def answers(world, of_this_run):
    """What each staff page answers a role, in a world that nobody has touched: asked once for all tests."""

    def of(role: Role) -> dict[tuple[str, str], int]:
        kept = of_this_run / f"answers-{role}.pickle"
        if not kept.exists():
            with transaction.atomic():
                found = asked(world, role)
                transaction.set_rollback(True)
            whole = kept.with_suffix(f".{os.getpid()}")
            whole.write_bytes(pickle.dumps(found))
            whole.rename(kept)
        return pickle.loads(kept.read_bytes())  # noqa: S301

    return of


def asked(world, role: Role) -> dict[tuple[str, str], int]:
    """First all are looked at, then pressed, since a press may end a row."""
    client, staff = world.client(role), sorted(STAFF.keys() - CLOSES)
    looked = {(name, "get"): client.get(world.address(name)).status_code for name in staff}
    return looked | {(name, "post"): client.post(world.address(name)).status_code for name in staff}


@pytest.mark.parametrize("role", ALL)
def test_a_page_that_is_not_for_a_role_is_not_there_and_none_fails(answers, role):
    found = answers(role)
    assert {key: status for key, status in found.items() if status >= 500} == {}
    theirs = {key for key in found if role in STAFF[key[0]]}
    assert {key: status for key, status in found.items() if key not in theirs and status not in NOT_HERE} == {}


def test_each_page_is_there_for_somebody(answers):
    """The control of the table: its addresses are real, so a 404 above means the role and not a missing row."""
    found = [answers(role) for role in ALL]
    open_to_some = {name for each in found for (name, _method), status in each.items() if status != 404}
    assert STAFF.keys() - CLOSES - open_to_some == {
        "requests:file",
        "requests:file_page",
    }  # they have a matrix of their own


def test_a_stranger_is_asked_to_sign_in_everywhere(world):
    client = Client()
    for name in STAFF:
        reply = client.get(world.address(name))
        assert (reply.status_code, reply.headers["Location"].partition("?")[0]) == (302, reverse("accounts:sign_in"))


@pytest.mark.parametrize("role", ALL)
def test_what_is_closed_and_what_is_missing_have_one_body(world, role):
    """A reference that exists and one that does not: the same status and the same bytes."""
    client = world.client(role)
    closed = [name for name in ("requests:case", "committee:case", "requests:papers") if role not in STAFF[name]]
    for name in closed:
        there = world.address(name)
        missing = client.get(re.sub(r"[0-9]{9}", "755252871", there))
        assert body(client.get(there)) == body(missing)


def body(reply) -> tuple[int, str]:
    return reply.status_code, re.sub(r'value="[A-Za-z0-9]{64}"', "", reply.content.decode())


def admin_pages() -> dict[str, str]:
    """Each page of Django's admin, and the application it is about."""
    found = {}
    of_one = "clauses clause_add settings approval scan approve reopen review publish preview readers difference"
    about_a_version = {page: [1] for page in [*of_one.split(), "import_review"]}
    about_a_version |= {page: [1, 1] for page in ("clause", "clause_move")}
    for name in sorted(name for name in names() if is_admin(name) and name != "admin:None"):
        app = name.removeprefix("admin:").partition("_")[0]
        kind = name.rpartition("_")[2]
        about_one = kind in ("change", "delete", "history") and "password_change" not in name
        args = [1] if about_one or name == "admin:auth_user_password_change" else []
        args = about_a_version.get(name.removeprefix("admin:policies_policyversion_"), args)
        args = ["policies"] if name == "admin:app_list" else [1, 1] if name == "admin:view_on_site" else args
        found[reverse(name, args=args)] = app
    return found


@pytest.mark.parametrize("role", ALL)
def test_the_admin_opens_to_its_keepers_alone(world, role):
    client = world.client(role)
    frame = {"index", "login", "logout", "password", "autocomplete", "jsi18n", "view", "app"}
    for address, app in admin_pages().items():
        reply = client.get(address)
        if role not in (Role.POLICY_EDITOR, Role.IT_ADMIN):
            sent_away = reply.status_code == 302 and reply.headers["Location"].startswith(reverse("admin:login"))
            assert sent_away or app in ("login", "logout"), address
        elif app not in frame and ADMIN_OF.get(app) is not role:
            assert reply.status_code in (302, 403, 404, 405), address


@pytest.mark.parametrize("role", [Role.POLICY_EDITOR, Role.IT_ADMIN])
def test_the_keepers_of_the_admin_see_no_case_in_it(world, role):
    client = world.client(role)
    for address in admin_pages():
        assert "العنزي" not in client.get(address, follow=True).content.decode(), address
