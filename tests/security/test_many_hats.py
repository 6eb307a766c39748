"""One account may hold several roles; each of them reaches as far as it would alone, and no role lends another its
reach. A manager sees every branch, masked; a delegate sees one branch, whole: a manager who is also a delegate does not
see every branch whole, nor write there."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from accounts.roles import Role
from beneficiaries.documents.actions import keep_document
from beneficiaries.models import Person
from beneficiaries.suspension.actions import propose
from core import uploads
from requests import workflow
from requests.actions import why_not_tell_period
from requests.clarification.actions import answer
from requests.clarification.actions import ask as refer
from requests.clarification.card import to_tell
from requests.clarification.rules import why_not_ask as referring
from requests.declaration.rules import papers_to_scan, why_not_scan
from requests.models import CheckState, SupportRequest
from requests.page import concerns
from requests.states import ACTIONS
from tests.cast import client_of, new_case, new_person, user
from tests.security.hostile_files import jpeg

pytestmark = pytest.mark.django_db


def at(name: str, *args) -> str:
    return reverse(f"requests:{name}", args=args)


@pytest.fixture
def both(cast):
    """The manager of the association, who also helps at the counter of the north."""
    return user("both", "مريم الغامدي", Role.MANAGER, Role.DELEGATE, branch="north")


@pytest.fixture
def theirs(cast, day_one):
    """Somebody of the main branch."""
    return new_person(by=cast.noura, first_name="سلمى", mobile="+966550004343")


def test_the_counter_finds_the_files_of_its_branch_alone(both, cast, theirs):
    own = new_person(by=cast.huda, first_name="سلمى")
    page = client_of(both).post(at("counter_search"), {"q": "سلمى"}).content.decode()
    assert at("register_for", own.pk) in page
    assert at("register_for", theirs.pk) not in page


def test_the_counter_registers_and_prefills_for_nobody_elsewhere(both, theirs):
    assert client_of(both).get(at("register_for", theirs.pk)).status_code == 404


def test_the_file_is_masked_as_a_manager_reads_it(both, theirs):
    page = client_of(both).get(at("person", theirs.pk)).content.decode()
    assert "سلمى" not in page
    assert "0550004343" not in page


def test_pairs_are_named_only_where_both_files_are_read_whole(both, cast, theirs):
    new_person(by=cast.noura, first_name="سلمى", mobile="+966550004343")
    assert "سلمى" not in client_of(both).get(at("duplicates")).content.decode()


def test_papers_of_people_elsewhere_are_not_handed_out(both, cast, theirs):
    stored = uploads.store(ContentFile(jpeg()), by_id=cast.noura.pk)
    keep_document(theirs, code="id", label="الهوية", pages=[stored])
    assert client_of(both).get(at("file", stored.key)).status_code == 404
    assert client_of(cast.noura).get(at("file", stored.key)).status_code == 200


def test_papers_of_a_case_elsewhere_are_not_judged(both, cast, day_one):
    case = new_case(by=cast.noura)
    check = case.checks.first()
    sent = {f"p{check.pk}-state": CheckState.PROBLEM, f"p{check.pk}-reason": "غير واضحة"}
    assert client_of(both).post(at("judge", case.reference, check.pk), sent).status_code == 404
    check.refresh_from_db()
    assert check.state == CheckState.NOT_GIVEN


def test_a_case_elsewhere_is_not_moved(both, cast, day_one):
    case = new_case(by=cast.noura)
    assert workflow.why_not(case, "verify", by=both)
    assert not tell_period_opens(case, both)
    assert workflow.why_not(case, "close", by=both) is None, "a manager closes any"


def test_a_case_of_the_branch_is_moved(both, cast, day_one):
    case = new_case(by=cast.huda)
    assert concerns(case, ACTIONS["ask_for_papers"], both)
    assert tell_period_opens(case, both)


def tell_period_opens(case, by) -> bool:
    """Whether only what was done already stands in the way, and not who asks."""
    case.informed_at = None
    return why_not_tell_period(case, by=by) is None


@pytest.fixture
def stale(both, theirs, day_one):
    """Their file is due, and so they stand on the list of people to reach."""
    Person.objects.filter(pk=theirs.pk).update(file_number="1001", confirmed_on="2020-01-01")
    return theirs


def test_people_elsewhere_are_not_on_the_list_to_call(both, cast, stale):
    assert "سلمى" not in client_of(both).get(at("outreach")).content.decode()
    assert "سلمى" in client_of(cast.noura).get(at("outreach")).content.decode()


@pytest.mark.parametrize("door", ["person_call", "person_called"])
def test_nobody_elsewhere_is_called(both, stale, door):
    assert client_of(both).post(at(door, stale.pk), {"result": "confirmed"}).status_code == 404


def test_a_question_of_a_case_elsewhere_is_not_referred_nor_its_paper_scanned(both, cast, case):
    assert referring(case, by=both)
    assert why_not_scan(case, both) != why_not_scan(case, cast.noura)


def test_a_seat_on_the_committee_adds_no_case_to_the_lists_of_the_counter(cast, case_at):
    """The delegate of the north reads the case before the committee, and has no paper of it to scan."""
    before, own = case_at("committee_review"), new_case(by=cast.huda)
    cast.huda.roles = [Role.DELEGATE, Role.MEMBER]
    cast.huda.save()
    assert set(SupportRequest.objects.visible_to(cast.huda)) == {before, own}
    assert set(SupportRequest.objects.at_counter_of(cast.huda)) == {own}
    assert set(papers_to_scan(cast.huda)) == {own}


def test_the_counter_of_the_head_office_reaches_every_branch_and_a_seat_alone_no_list(cast, case_at):
    before, norths = case_at("committee_review"), new_case(by=cast.huda)
    assert set(SupportRequest.objects.at_counter_of(cast.noura)) == {before, norths}
    assert not SupportRequest.objects.at_counter_of(cast.member1).exists()
    assert not SupportRequest.objects.at_counter_of(cast.manager).exists()


def test_the_answer_to_a_question_elsewhere_is_not_theirs_to_tell(cast, case_at):
    before, own = case_at("committee_review"), new_case(by=cast.huda)
    for case, by in ((before, cast.noura), (own, cast.huda)):
        answer(refer(case, by=by, question="ما معنى البحث الاجتماعي؟"), by=cast.reem, text="زيارة تتعرف الحاجة.")
    cast.huda.roles = [Role.DELEGATE, Role.MEMBER]
    cast.huda.save()
    assert [told["row"].case for told in to_tell(cast.huda)] == [own]
    assert [told["row"].case for told in to_tell(cast.noura)] == [before, own]


def test_a_masked_file_is_named_nowhere_on_the_way_back(both, cast, theirs):
    doubted = propose(theirs, by=cast.noura, what="راتب لم يُذكر", told_text="وجدنا دخلًا")
    page = at("suspension", doubted.pk)
    for masked in (both, cast.manager):
        assert "سلمى" not in client_of(masked).get(page).content.decode()
    assert "سلمى" in client_of(cast.noura).get(page).content.decode()


def test_the_history_of_a_masked_file_is_not_there(both, cast, theirs):
    own = new_person(by=cast.huda)
    found = [
        client_of(person).get(at("person_history", file.pk)).status_code
        for person, file in ((both, theirs), (cast.manager, theirs), (both, own), (cast.noura, theirs))
    ]
    assert found == [404, 404, 200, 200]
