"""Files, masks and conflicts: who reads what of a person, when asked for by its exact address."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from accounts.roles import Role
from beneficiaries.models import Person, PersonDocument
from channels.actions import ask
from committee.seats import actions as seats
from core.audit import System, history
from core.models import ReadRow, StoredFile
from requests import workflow
from requests.conflict.actions import declare as declare_conflict
from requests.models import CheckPage, DocumentCheck, Exclusion, Instalment, SupportRequest
from requests.permits.actions import propose
from tests import recorded
from tests.cast import client_of, new_person, user
from tests.desk.test_papers import picture
from tests.permits.desk import FACTS


@pytest.fixture
def stored(db):
    """`stored()`: a cleaned upload."""
    from core import uploads

    return lambda: uploads.store(picture(), by_id=None)


def opens(person, file: StoredFile) -> bool:
    return client_of(person).get(reverse("requests:file", args=[file.key])).status_code == 200


@pytest.fixture
@recorded.kept_rows
def papers(cast, case_at, stored, day_one):
    """A case at each end, each with a paper, a signature and a receipt; and somebody who holds two roles."""
    found = {}
    for state in ("received", "social_research", "committee_review", "registered"):
        case = case_at(state)
        check = case.checks.first() or DocumentCheck.objects.create(case=case, code="other-9", label="ورقة")
        page = check.pages.create(file=stored(), position=1)
        found[state] = SimpleNamespace(case=case, paper=page.file)
    receipt = Instalment.objects.get(case=found["registered"].case)
    receipt.signature = stored()
    receipt.save()
    return SimpleNamespace(**found, receipt=receipt.signature)


WHO_READS_A_PAPER = {
    # received, with its researcher, before the committee, registered
    "noura": (True, True, True, True),
    "huda": (False, False, False, False),
    "reem": (False, True, True, True),
    "chair": (False, False, True, True),
    "deputy": (False, False, True, True),
    "member1": (False, False, True, True),
    "alternate": (False, False, True, True),
    "secretary": (False, False, True, True),
    "store": (False, False, False, False),
    "manager": (False, False, False, False),
    "editor": (False, False, False, False),
    "it": (False, False, False, False),
}


@pytest.mark.parametrize("who", WHO_READS_A_PAPER)
def test_a_paper_is_read_in_the_scope_of_its_case(cast, papers, who):
    files = [papers.received, papers.social_research, papers.committee_review, papers.registered]
    assert tuple(opens(getattr(cast, who), each.paper) for each in files) == WHO_READS_A_PAPER[who]


def test_the_service_officer_reads_the_receipt_and_nothing_else_of_the_case(cast, papers):
    assert opens(cast.store, papers.receipt)
    assert not opens(cast.store, papers.registered.paper)
    assert not opens(cast.manager, papers.receipt)


def test_each_look_at_a_file_leaves_a_row_and_a_refused_one_reads_as_a_missing_one(cast, papers):
    opens(cast.noura, papers.received.paper)
    assert ReadRow.objects.filter(what="file", actor_id=cast.noura.pk).count() == 1
    client = client_of(cast.store)
    refused = client.get(reverse("requests:file", args=[papers.received.paper.key]))
    missing = client.get(reverse("requests:file", args=["00000000-0000-4000-8000-000000000000"]))
    assert (refused.status_code, refused.content) == (
        missing.status_code,
        missing.content,
    ) or refused.status_code == 404


def test_a_file_comes_as_an_attachment_that_nothing_keeps_or_guesses_at(cast, papers):
    headers = client_of(cast.noura).get(reverse("requests:file", args=[papers.received.paper.key])).headers
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in headers["Cache-Control"]


# A conflict of interest


@pytest.fixture
def two_hats(cast):
    """A member of the committee who also sits at the counter of the head office."""
    both = user("both", "هند العمري", Role.OFFICER)
    from datetime import date

    seats.appoint(by=cast.manager, user=both, role="member", starts_on=date(2020, 1, 1))
    return both


@pytest.fixture
def conflict(case_at, two_hats, stored):
    """A case whose person's document is on file, and a member who recused themselves from it."""
    case = case_at("committee_review")
    document = PersonDocument.objects.filter(person=case.person).first() or PersonDocument(
        person=case.person, code="family-card", label="بطاقة العائلة"
    )
    document.save()
    page = document.pages.create(file=stored(), position=1)
    return SimpleNamespace(case=case, document=document, file=page.file)


def test_without_a_conflict_the_counter_reads_the_document(two_hats, conflict):
    """The control."""
    assert opens(two_hats, conflict.file)


def test_a_conflict_closes_the_case_and_every_document_of_the_person(two_hats, conflict):
    """A document that no paper of the case shows any more, too."""
    declare_conflict(conflict.case, by=two_hats, why="قريبي")
    assert not CheckPage.objects.filter(file=conflict.file).exists()
    assert not opens(two_hats, conflict.file)


def test_merging_the_person_into_another_file_opens_nothing(two_hats, conflict, cast):
    declare_conflict(conflict.case, by=two_hats, why="قريبي")
    other = new_person(by=cast.noura)
    Person.objects.filter(pk=conflict.case.person_id).update(merged_into=other)
    PersonDocument.objects.filter(pk=conflict.document.pk).update(person=other)
    assert not opens(two_hats, conflict.file)


POSTS = (
    ("requests:act", ["close"]),
    ("requests:act", ["ask_for_papers"]),
    ("requests:papers", []),
    ("requests:receipt", []),
    ("requests:tell_decision", []),
    ("committee:case", []),
    ("committee:vote", []),
    ("committee:issue", []),
    ("committee:conflict", []),
)


@pytest.mark.parametrize(("name", "more"), POSTS)
def test_a_conflict_closes_every_address_of_the_case(two_hats, conflict, name, more):
    address = reverse(name, args=[conflict.case.reference, *more])
    declare_conflict(conflict.case, by=two_hats, why="قريبي")
    client = client_of(two_hats)
    assert {client.get(address).status_code, client.post(address, {"choice": "yes"}).status_code} <= {404, 405}
    assert client.post(address, {"choice": "yes"}).status_code in (404, 405)


def test_nor_do_lists_and_search_name_it(two_hats, conflict):
    declare_conflict(conflict.case, by=two_hats, why="قريبي")
    client = client_of(two_hats)
    for page in ("requests:queue", "committee:queue", "oversight:waiting"):
        assert conflict.case.reference not in client.get(reverse(page)).content.decode()
    found = client.post(reverse("requests:counter_search"), {"q": conflict.case.reference})
    assert found.status_code == 200
    assert conflict.case.need not in found.content.decode()


def test_the_verb_itself_refuses_whoever_comes_by_another_way(two_hats, conflict):
    declare_conflict(conflict.case, by=two_hats, why="قريبي")
    assert workflow.out_of_sight(conflict.case, two_hats)
    assert Exclusion.objects.filter(user=two_hats).exists()


# A person of another branch


def test_a_person_of_another_branch_is_not_there(cast, case):
    client = client_of(cast.huda)
    address = reverse("requests:register_for", args=[case.person.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"first_name": "x"}).status_code == 404
    assert client.post(reverse("requests:counter_check"), {"person": case.person.pk}).status_code == 404


def test_a_returning_persons_form_is_not_filled_from_a_case_that_is_closed_to_the_officer(cast, case):
    """The branch's own person, whose last request was taken at the head office: the income told there stays there."""
    SupportRequest.objects.filter(pk=case.pk).update(income_band="over_10000")
    Person.objects.filter(pk=case.person_id).update(branch=cast.north)
    page = client_of(cast.huda).get(reverse("requests:register_for", args=[case.person.pk]))
    assert page.status_code == 200
    assert page.context["form"].initial["income_band"] == ""
    whole = client_of(cast.noura).get(reverse("requests:register_for", args=[case.person.pk]))
    assert whole.context["form"].initial["income_band"] == "over_10000", "the control"


def test_another_officers_draft_is_not_there(cast):
    from core import drafts

    kept = drafts.keep(owner=cast.noura, form="intake", data={"person": None, "fields": {"first_name": "سارة"}})
    address = reverse("requests:draft_open", args=[kept.pk])
    client = client_of(cast.saad)
    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    client.post(reverse("requests:draft"), {"draft": kept.pk, "first_name": "x"})
    assert drafts.find(owner=cast.noura, form="intake", pk=kept.pk).data["fields"] == {"first_name": "سارة"}


# The manager's mask


def page_of(person, name: str, *args) -> str:
    return client_of(person).get(reverse(name, args=args)).content.decode()


def test_a_reason_that_may_name_the_person_is_masked_too(cast, case):
    workflow.perform(case, "withdraw", by=cast.noura, why="سافرت مع زوجها محمد العنزي", signed=True)
    assert "سافرت مع زوجها" not in page_of(cast.manager, "requests:case", case.reference)
    assert "سافرت مع زوجها" in page_of(cast.noura, "requests:case", case.reference), "the control"


def test_a_manager_reads_an_inquiry_without_its_name_and_number(cast):
    inquiry = ask(by=System(), text="متى الدوام؟", name="سلطان الرويلي", mobile="+966551112233")
    masked = page_of(cast.manager, "channels:inquiry", inquiry.reference)
    assert "متى الدوام" in masked
    for secret in ("سلطان الرويلي", "0551112233", "966551112233"):
        assert secret not in masked
        assert secret not in page_of(cast.manager, "channels:inquiries")
    assert "0551112233" in page_of(cast.noura, "channels:inquiry", inquiry.reference).replace(" ", ""), "the control"


def test_a_manager_reads_a_programme_without_the_volunteer(load_pack, day_one):
    load_pack("dawah")
    manager, officer = user("m", "إبراهيم", Role.MANAGER), user("o", "نورة", Role.OFFICER)
    permit = propose(by=officer, **FACTS)
    masked = page_of(manager, "requests:permit", permit.reference)
    assert FACTS["title"] in masked
    assert FACTS["volunteer_name"] not in masked + page_of(manager, "requests:permits")
    assert "550000067" not in masked.replace(" ", "")
    assert FACTS["volunteer_name"] in page_of(officer, "requests:permit", permit.reference), "the control"


def test_whoever_also_holds_another_role_reads_as_that_role(cast):
    assert not cast.manager.reads_names
    cast.manager.roles = [Role.MANAGER, Role.OFFICER]
    assert cast.manager.reads_names
    assert not cast.it.reads_names


# The record


def test_the_record_says_that_a_sensitive_field_changed_and_not_to_what(cast, case):
    from beneficiaries.actions import amend

    amend(case.person, by=cast.noura, access_needs=["sight"], iban="SA0380000000608010167519", household_size=7)
    changes = history(case.person).get(verb="amended").changes
    assert changes["access_needs"] is None
    assert changes["iban"] is None
    assert changes["household_size"] == ["5", "7"], "the control: what is not sensitive is told"


def test_a_term_that_ends_takes_its_sight_with_it(cast, case_at, day_one):
    """A chair whose term is over neither reads nor issues, whoever forgot to take the role away."""
    case = case_at("carried")
    seat = cast.chair.seats.get()
    seats.end_term(seat, by=cast.manager, ends_on=day_one_date("2026-11-30"))
    cast.chair.refresh_from_db()
    assert SupportRequest.objects.visible_to(cast.chair).filter(pk=case.pk).exists(), "the edge: the last day"
    day_one.move_to("2026-12-06T09:00:00+03:00", tick=False)
    assert seats.sweep_terms() == 1
    cast.chair.refresh_from_db()
    assert not cast.chair.holds(Role.CHAIR)
    assert client_of(cast.chair).post(reverse("committee:issue", args=[case.reference])).status_code == 404
    assert seats.sweep_terms() == 0


def test_a_seat_that_goes_on_keeps_its_role(cast, day_one):
    """A deputy who becomes an ordinary member, and a member appointed again."""
    seat = cast.member1.seats.get()
    seats.end_term(seat, by=cast.manager, ends_on=day_one_date("2026-11-21"))
    cast.member1.refresh_from_db()
    assert not cast.member1.holds(Role.MEMBER)
    seats.appoint(by=cast.manager, user=cast.member1, role="member", starts_on=day_one_date("2026-11-22"))
    assert seats.sweep_terms() == 0
    cast.member1.refresh_from_db()
    assert cast.member1.holds(Role.MEMBER)


def day_one_date(text: str):
    from datetime import date

    return date.fromisoformat(text)
