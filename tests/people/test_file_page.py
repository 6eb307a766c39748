"""The file on one page: what an officer reads, what others do not, and the row that a look leaves."""

import pytest

from accounts.roles import Role
from beneficiaries.actions import amend
from beneficiaries.categories.actions import categorise
from beneficiaries.household.actions import add_member
from beneficiaries.models import Person
from core.hijri import parse
from core.models import ReadRow
from policies.models import Category
from tests.cast import amend as amend_policy
from tests.cast import client_of, new_case, new_person, sample_id
from tests.people.desk import IBAN, at, fill, text

pytestmark = pytest.mark.django_db


def test_an_officer_reads_who_where_and_what_at_once(cast, person, officer):
    amend(person, by=cast.noura, access_needs=["hearing"], preferred_channel="phone", iban=IBAN)
    case = new_case(by=cast.noura, person=person)
    page = text(officer.get(at("person", person)))
    wanted = (
        "محمد سالم أحمد العنزي",
        "ضعف السمع",
        "الاتصالات الهاتفية",
        "055 000",
        "ليلى محمد العنزي",
        "RRRD2929",
        "سعد سالم العنزي",
        "3,000",
        "1,500",  # what is left of 3,000 after 18,000 a year
    )
    assert [words for words in wanted if words not in page] == []
    assert " ".join([case.reference[:3], case.reference[3:6], case.reference[6:]]) in page
    assert IBAN not in page
    assert IBAN[-4:] in page


def test_a_look_leaves_one_row(cast, person, officer):
    officer.get(at("person", person))
    assert list(ReadRow.objects.filter(subject_id=str(person.pk)).values_list("what", "actor")) == [("file", "noura")]


def test_a_household_member_with_a_file_leads_to_it(cast, person, officer):
    wife = new_person(by=cast.noura, national_id=sample_id(8801), first_name="هند")
    assert at("person", wife) in officer.get(at("person", person)).content.decode()


def test_a_file_elsewhere_is_not_told_of(cast, day_one):
    """A delegate sees the member, and not that another branch has a file of them."""
    person = fill(new_person(by=cast.huda), by=cast.huda)
    wife = new_person(by=cast.noura, national_id=sample_id(8801), first_name="هند")
    page = client_of(cast.huda).get(at("person", person)).content.decode()
    assert "هند ناصر العنزي" in page
    assert at("person", wife) not in page


def test_the_number_of_queries_does_not_grow_with_the_file(cast, person, officer, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = at("person", person)
    officer.get(url)
    with CaptureQueriesContext(connection) as few:
        officer.get(url)
    for number in range(5):
        add_member(person, by=cast.noura, name="نوف العنزي", relation="child", national_id=sample_id(8810 + number))
        new_case(by=cast.noura, person=person)
    with CaptureQueriesContext(connection) as many:
        officer.get(url)
    assert len(many) == len(few)


def test_a_merged_number_leads_to_the_file_that_stands(cast, person, officer):
    old = new_person(by=cast.noura)
    case = new_case(by=cast.noura, person=old)
    Person.objects.filter(pk=old.pk).update(merged_into=person)
    assert officer.get(at("person", old)).headers["Location"] == at("person", person)
    assert case.reference in officer.get(at("person", person)).content.decode()


def test_an_empty_file_says_what_is_not_written_yet(cast, day_one, officer):
    page = text(officer.get(at("person", new_person(by=cast.noura))))
    assert "لم يُسجَّل دخل ولا التزام بعد." in page


# Members are not asked about poverty


def test_where_the_policy_does_not_ask_the_household_is_neither_shown_nor_edited(cast, person, officer):
    amend_policy(asks_household=False, has_membership=True)
    page = text(officer.get(at("person", person)))
    assert "ليلى محمد" not in page
    assert "رقم العضوية" in page
    assert officer.get(at("person_add", person, "household")).status_code == 404
    assert officer.get(at("person_edit", person, "home")).status_code == 404


def test_a_supporter_alone_is_asked_nothing_about_poverty(cast, person, officer):
    amend(person, by=cast.noura, parties=["supporter"])
    assert officer.get(at("person_add", person, "means")).status_code == 404
    amend(person, by=cast.noura, parties=["supporter", "beneficiary"])
    assert officer.get(at("person_add", person, "means")).status_code == 200


# What is sensitive, and what is masked

CANARY = "فئة لا يقرؤها إلا المأذون"


@pytest.fixture
def secret(cast, person):
    """A sensitive first category, and a member's health."""
    category = Category.objects.create(code="secret", label=CANARY, is_sensitive=True, position=99)
    cast.saad.reads_sensitive = True
    cast.saad.save()
    categorise(person, by=cast.saad, primary=category, others=[row.category for row in person.categories.all()])
    return category


def everything_read(client, person) -> str:
    member = person.household.first()
    pages = [at("person", person), at("person_edit", person, "categories"), at("person_history", person)]
    pages.append(at("person_change", person, "household", member.pk))
    return "".join(client.get(url).content.decode() for url in pages)


def test_sensitive_things_are_not_there_without_permission(cast, person, officer, secret):
    page = everything_read(officer, person)
    assert CANARY not in page
    assert "ربو" not in page


def test_and_are_there_with_it(cast, person, secret):
    page = everything_read(client_of(cast.saad), person)
    assert CANARY in page
    assert "ربو" in page


def test_a_seat_on_the_committee_lends_the_counter_no_sensitive_things(cast, person, secret):
    """Who reads studies there reads them in the committee's cases, not in every file of the branch."""
    cast.noura.roles = [Role.OFFICER, Role.MEMBER]
    cast.noura.save()
    page = everything_read(client_of(cast.noura), person)
    assert CANARY not in page
    assert "ربو" not in page


def test_a_manager_reads_a_mask(cast, person):
    page = client_of(cast.manager).get(at("person", person)).content.decode()
    for name in ("العنزي", "RRRD2929", person.mobile[-7:], person.national_id, "ربو", "data-key"):
        assert name not in page
    assert "الرياض" in page


def test_a_manager_opens_it_once_with_a_reason(cast, person):
    client = client_of(cast.manager)
    assert client.post(at("person_reveal", person), {"why": ""}).status_code == 422
    opened = client.post(at("person_reveal", person), {"why": "شكوى مكتوبة من صاحب الملف"}).content.decode()
    assert "محمد سالم أحمد العنزي" in opened
    assert "ربو" in opened
    assert at("person_edit", person, "contact") not in opened
    assert "العنزي" not in client.get(at("person", person)).content.decode()


# Who finds it


def routes(person) -> list[str]:
    member, line = person.household.first(), person.means.first()
    return [
        at("person", person),
        at("person_history", person),
        at("person_edit", person, "contact"),
        at("person_add", person, "household"),
        at("person_change", person, "household", member.pk),
        at("person_end", person, "means", line.pk),
    ]


def answers(client, person) -> set[int]:
    return {client.get(url).status_code for url in routes(person)} | {
        client.post(url).status_code for url in routes(person)[2:]
    }


def test_another_branch_finds_nothing(cast, person):
    assert answers(client_of(cast.huda), person) == {404}


def test_who_is_recused_finds_nothing_under_any_number(cast, person, officer):
    from requests.conflict.actions import declare as declare_conflict

    old = new_person(by=cast.saad)
    case = new_case(by=cast.saad, person=old)
    Person.objects.filter(pk=old.pk).update(merged_into=person)
    assert officer.get(at("person", person)).status_code == 200
    declare_conflict(case, by=cast.noura, why="قريبي")
    assert answers(officer, person) == {404}
    assert officer.get(at("person", old)).status_code == 404
    assert client_of(cast.saad).get(at("person", person)).status_code == 200


@pytest.mark.parametrize("role", ["reem", "member1", "secretary", "store", "editor", "it"])
def test_others_read_the_case_and_not_the_file(cast, person, role):
    assert answers(client_of(getattr(cast, role)), person) == {404}


def test_a_row_of_another_file_is_not_there(cast, person, officer):
    other = new_person(by=cast.noura)
    line = person.means.first()
    assert officer.get(at("person_change", other, "means", line.pk)).status_code == 404
    assert officer.post(at("person_end", other, "means", line.pk)).status_code == 404
    assert person.means.filter(pk=line.pk).exists()


def test_a_part_that_is_none_is_not_there(cast, person, officer):
    for url in (at("person_edit", person, "iban"), at("person_add", person, "who"), at("person_edit", person, "means")):
        assert officer.get(url).status_code == 404


def test_birth_is_read_in_both_calendars_with_the_age(cast, day_one, officer):
    person = new_person(by=cast.noura, birth=parse("1/6/1990"))
    page = text(officer.get(at("person", person)))
    assert "1990" in page
    assert "36 سنة" in page
