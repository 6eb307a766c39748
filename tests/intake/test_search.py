import pytest

from requests.intake import search
from tests.cast import client_of, new_case, new_person, sample_id
from tests.intake.desk import SEARCH, url_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("1000000016", "id", "1000000016"),
        (" ١٠٠٠٠٠٠٠١٦ ", "id", "1000000016"),
        ("0551234567", "mobile", "+966551234567"),
        ("551234567", "mobile", "+966551234567"),
        ("+966 55 123 4567", "mobile", "+966551234567"),
        ("٠٥٥-١٢٣-٤٥٦٧", "mobile", "+966551234567"),
        ("۰۰۹۶۶۵۵۱۲۳۴۵۶۷", "mobile", "+966551234567"),
        ("محمد العنز", "name", "محمد العنز"),
        ("عم", "name", "عم"),
    ],
)
def test_what_was_typed_decides(typed, kind, value):
    assert search.read(typed) == search.Typed(search.Kind(kind), value)


@pytest.mark.parametrize("typed", ["1", "12345", "1000000017", "0551", "05512345678", "123456789", "ع", "😀", "%", "_"])
def test_what_is_unclear_gets_a_sentence(typed):
    read = search.read(typed)
    assert read.kind == "unclear"
    assert read.sentence


def test_nine_digits_are_a_reference_unless_they_begin_with_five(case):
    assert search.read(case.reference) == search.Typed(search.Kind.REFERENCE, case.reference)


def test_an_id_opens_its_person(cast):
    person = new_person(by=cast.noura)
    answer = client_of(cast.noura).post(SEARCH, {"q": person.national_id})
    assert answer.headers["Location"] == url_of(person)


def test_an_id_without_a_file_offers_a_new_person_prefilled(cast):
    client = client_of(cast.noura)
    page = client.post(SEARCH, {"q": sample_id(900)}).content.decode()
    assert f'name="typed" value="{sample_id(900)}"' in page
    fresh = client.post("/counter/new/", {"typed": sample_id(900)})
    assert fresh.status_code == 200
    assert fresh.context["form"]["national_id"].value() == sample_id(900)


def test_a_wrong_id_says_so_and_offers_nobody_new(cast):
    page = client_of(cast.noura).post(SEARCH, {"q": "1000000017"})
    assert page.context["found"].sentence
    assert not page.context["found"].may_register


def test_an_id_of_another_branch_tells_a_delegate_nothing_else(cast):
    person = new_person(by=cast.noura, first_name="خلود")
    page = client_of(cast.huda).post(SEARCH, {"q": person.national_id})
    assert page.context["found"].sentence == search.file_elsewhere(person.national_id)
    assert not page.context["found"].may_register
    assert "خلود" not in page.content.decode()


def test_the_head_office_finds_a_branchs_person(cast):
    person = new_person(by=cast.huda)
    assert client_of(cast.noura).post(SEARCH, {"q": person.national_id}).headers["Location"] == url_of(person)


def test_a_mobile_shows_everybody_who_has_it_masked_and_why(cast):
    first = new_person(by=cast.noura, mobile="+966551234567")
    second = new_person(by=cast.noura, mobile="+966551234567", first_name="سارة")
    page = client_of(cast.noura).post(SEARCH, {"q": "0551234567"})
    assert {hit.person for hit in page.context["found"].hits} == {first, second}
    body = page.content.decode()
    assert first.national_id not in body
    assert "+966551234567" not in body
    assert search.Hit(first, page.context["found"].hits[0].why).why[0] in body


def test_a_name_is_found_in_any_order_and_spelling(cast):
    person = new_person(by=cast.noura, first_name="أحمد", family_name="العنزى")
    found = search.find("العنزي احمد", by=cast.noura)
    assert [hit.person for hit in found.hits] == [person]
    assert not found.near
    assert found.may_register


def test_a_near_spelling_is_only_proposed(cast):
    person = new_person(by=cast.noura, first_name="مشعل", father_name="راكان", family_name="البقمي")
    found = search.find("مشعل راكان البقعي", by=cast.noura)
    assert found.near
    assert [hit.person for hit in found.hits] == [person]


def test_no_more_than_five_near_spellings(cast):
    for _n in range(7):
        new_person(by=cast.noura, first_name="مشعل", father_name="راكان", family_name="البقمي")
    assert len(search.find("مشعل راكان البقعي", by=cast.noura).hits) == search.NEAR_SHOWN


def test_a_name_of_another_branch_is_not_found(cast):
    new_person(by=cast.noura, first_name="مشعل")
    assert search.find("مشعل", by=cast.huda).hits == []


def test_a_reference_opens_its_request(case, cast):
    answer = client_of(cast.noura).post(SEARCH, {"q": case.reference})
    assert answer.headers["Location"] == f"/requests/{case.reference}/"


def test_a_reference_out_of_scope_is_as_unknown_as_one_that_does_not_exist(case, cast):
    found = search.find(case.reference, by=cast.huda)
    assert found.case is None
    assert found.sentence == search.find("200000008", by=cast.noura).sentence or found.sentence


def test_typing_shows_but_never_leaves_the_page(cast):
    person = new_person(by=cast.noura)
    answer = client_of(cast.noura).post(SEARCH, {"q": person.national_id}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert url_of(person) in answer.content.decode()


def test_get_goes_back_to_the_counter(cast):
    assert client_of(cast.noura).get(SEARCH).headers["Location"] == "/counter/"


def test_the_page_asks_once_per_pause(cast):
    page = client_of(cast.noura).get("/counter/").content.decode()
    assert 'hx-trigger="input changed delay:350ms"' in page
    assert 'hx-sync="this:replace"' in page


def test_queries_do_not_grow_with_the_results(cast, django_assert_max_num_queries):
    client = client_of(cast.noura)
    for _n in range(12):
        new_case(by=cast.noura)
    with django_assert_max_num_queries(8):
        client.post(SEARCH, {"q": "محمد"}, headers={"HX-Request": "true"})


@pytest.mark.parametrize("who", ["reem", "manager", "store", "chair", "editor", "it"])
def test_the_counter_is_for_officers_and_delegates(cast, who):
    client = client_of(getattr(cast, who))
    assert client.get("/counter/").status_code == 404
    assert client.post(SEARCH, {"q": "محمد"}).status_code == 404
    assert client.get("/counter/new/").status_code == 404


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("سارة", {"first_name": "سارة"}),
        ("سارة الشهري", {"first_name": "سارة", "family_name": "الشهري"}),
        ("سارة بنت علي الشهري", {"first_name": "سارة", "father_name": "علي", "family_name": "الشهري"}),
        (
            "عبد الله بن محمد بن عبد الرحمن آل سعدون",
            {
                "first_name": "عبد الله",
                "father_name": "محمد",
                "grandfather_name": "عبد الرحمن",
                "family_name": "آل سعدون",
            },
        ),
    ],
)
def test_a_typed_name_falls_into_its_parts(name, parts):
    assert search.name_parts(name) == parts
