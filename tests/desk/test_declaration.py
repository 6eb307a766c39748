"""The declaration on the page of its case: sound or not, who signed, and the paper that is still to be scanned."""

import pytest
from django.db import connection
from django.urls import reverse

from beneficiaries.models import Representative
from beneficiaries.representatives.actions import represent
from core.hijri import parse
from core.models import AuditRow, OutboxRow, StoredFile
from core.tokens import canonical, sha256
from oversight.rules import papers_waiting
from requests import workflow
from requests.actions import tell_period
from requests.declaration.rules import SIGNED, unsound
from requests.models import Declaration
from tests.cast import client_of, new_case, new_person, sample_id
from tests.desk.test_papers import picture
from tests.intake.desk import NEW, only_case, returning_form, url_of, whole_form

pytestmark = pytest.mark.django_db


def page(case, by) -> str:
    return client_of(by).get(reverse("requests:case", args=[case.reference])).content.decode()


def receipt(case, by) -> str:
    return client_of(by).get(reverse("requests:receipt", args=[case.reference])).content.decode()


def scan(case, by, **fields):
    fields = {"scan": picture()} | fields
    return client_of(by).post(reverse("requests:signed_paper", args=[case.reference]), fields)


def test_it_holds_all_that_was_declared(case):
    data = case.declaration.data
    person = case.person
    assert {data["national_id"], data["mobile"], data["birth_date_typed"]} == {
        person.national_id,
        person.mobile,
        person.birth_date_typed,
    }
    assert (data["need"], data["service"]) == (case.need, case.service.code)
    assert {"household_size", "income_band", "category", "member_no"} <= data.keys()


def test_a_declaration_left_alone_is_sound(case, cast):
    assert unsound(case.declaration) is None
    assert "سليم" in page(case, cast.noura)


@pytest.fixture
def unguarded(case):
    """Somebody who holds the database itself."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE requests_declaration DISABLE TRIGGER USER")


@pytest.mark.parametrize("change", [{"text": "غيره"}, {"data": {"need": "غيره"}}, {"data_sha256": "0" * 64}])
def test_one_that_was_touched_is_not(case, cast, unguarded, change):
    Declaration.objects.filter(case=case).update(**change)
    assert "غير سليم" in page(case, cast.noura)


def test_nor_one_whose_hash_was_made_to_agree(case, unguarded):
    """The record cannot be altered: what is changed together with its hash still differs from it."""

    data = case.declaration.data | {"income_band": "none"}
    Declaration.objects.filter(case=case).update(data=data, data_sha256=sha256(canonical(data)))
    assert unsound(Declaration.objects.get(case=case))


def test_the_signed_paper_is_asked_for_until_it_is_scanned(case, cast):
    assert reverse("requests:signed_paper", args=[case.reference]) in page(case, cast.noura)
    assert scan(case, cast.noura).status_code == 302
    declaration = Declaration.objects.get(case=case)
    assert declaration.seen_signature.kind == "png"
    assert unsound(declaration) is None
    assert reverse("requests:signed_paper", args=[case.reference]) not in page(case, cast.noura)
    file = reverse("requests:file", args=[declaration.seen_signature.key])
    assert client_of(cast.noura).get(file).status_code == 200
    assert client_of(cast.huda).get(file).status_code == 404
    assert scan(case, cast.noura).status_code == 422
    assert StoredFile.objects.count() == 1


def test_a_scan_that_was_exchanged_is_seen(case, cast):
    scan(case, cast.noura)
    StoredFile.objects.update(sha256="0" * 64)
    assert unsound(Declaration.objects.get(case=case))


def test_a_manager_and_a_researcher_attach_nothing(case, cast):
    assert scan(case, cast.manager).status_code == 404
    assert scan(case, cast.reem).status_code == 404


@pytest.fixture
def guardian(cast, day_one):
    person = new_person(by=cast.noura)
    return represent(
        person,
        by=cast.noura,
        kind="guardian",
        name="عبدالله العنزي",
        national_id=sample_id(8123),
        mobile="+966550008123",
    )


def test_a_guardian_signs_and_is_named(guardian, cast):
    person = guardian.person
    client_of(cast.noura).post(url_of(person), returning_form(person, signed_by=str(guardian.pk)))
    case = only_case()
    assert case.declaration.representative == guardian
    assert guardian.name in page(case, cast.noura)
    assert guardian.name not in page(case, cast.manager)


def test_a_code_for_a_guardian_goes_to_the_guardians_number(guardian, cast):
    person = guardian.person
    form = returning_form(person, signed_by=str(guardian.pk), signed="code") | {"person": str(person.pk)}
    client_of(cast.noura).post("/counter/code/", form)
    assert OutboxRow.objects.get(event="code_to_sign").address == guardian.mobile


def test_one_whose_deed_has_ended_does_not_sign(guardian, cast, day_one):
    Representative.objects.update(valid_until=parse("1/1/2026").gregorian)
    person = guardian.person
    client_of(cast.noura).post(url_of(person), returning_form(person, signed_by=str(guardian.pk)))
    assert only_case().declaration.representative is None


def test_a_deed_of_somebody_else_does_not_sign(guardian, cast):
    case = new_case(by=cast.noura)
    assert scan(case, cast.noura, signed_by=str(guardian.pk)).status_code == 302
    assert Declaration.objects.get(case=case).speaker is None


def test_a_guardian_is_named_with_the_paper_scanned_later(guardian, cast):
    """For somebody new: the file is opened by the registration, then who speaks for them is written into it."""
    case = new_case(by=cast.noura, person=guardian.person)
    scan(case, cast.noura, signed_by=str(guardian.pk))
    assert Declaration.objects.get(case=case).speaker == guardian


# The task, and what it says of the reading


def to_scan(user) -> list:
    return [row["case"] for row in papers_waiting(user)]


def test_the_paper_waits_with_the_counter_of_the_branch_until_it_is_scanned(case, cast):
    assert to_scan(cast.noura) == [case]
    assert to_scan(cast.huda) == to_scan(cast.manager) == []
    assert "بقي تصوير الورقة" in receipt(case, cast.noura)
    scan(case, cast.noura)
    assert to_scan(cast.noura) == []
    assert "بقي تصوير الورقة" not in receipt(case, cast.noura)


def test_what_was_signed_otherwise_or_is_closed_waits_for_no_scan(case, cast):
    client_of(cast.noura).post(NEW, whole_form(signature_scan=picture()))
    assert to_scan(cast.noura) == [case]
    workflow.perform(case, "withdraw", by=cast.noura, why="استغنى", signed=True)
    assert to_scan(cast.noura) == []


def test_the_page_of_what_waits_leads_to_it(case, cast, django_assert_num_queries):
    page_of_mine = client_of(cast.noura).get("/waiting/").content.decode()
    assert f"{reverse('requests:case', args=[case.reference])}#declaration" in page_of_mine
    new_case(by=cast.noura)
    with django_assert_num_queries(1):
        to_scan(cast.noura)


@pytest.mark.parametrize(("informed", "channel"), [(True, "interview"), (False, "letters")])
def test_it_says_whether_it_was_read_aloud(cast, day_one, informed, channel):
    case = new_case(by=cast.noura, channel=channel, informed=informed)
    assert case.declaration.read_aloud is informed
    assert AuditRow.objects.get(verb=SIGNED).changes["read_aloud"] is informed
    assert ("كما سجّل الموظف" in page(case, cast.noura)) is informed


def test_told_after_the_signing_is_not_read_before_it(cast, day_one):
    case = new_case(by=cast.noura, channel="letters", informed=False)
    day_one.shift(60)
    assert tell_period(case, by=cast.noura).informed_at
    assert not Declaration.objects.get(case=case).read_aloud
