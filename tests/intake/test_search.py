import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from stdnum import luhn

from beneficiaries.actions import give_file_number
from beneficiaries.models import HouseholdMember, Person
from core.full_names import as_written
from core.identifiers import lookup_hash
from requests.intake import scanned, search
from requests.models import Exclusion
from tests.cast import client_of, new_case, new_person, sample_id
from tests.intake.desk import SEARCH, url_of

pytestmark = pytest.mark.django_db
LATIN = "qwertyuiopasdfghjklzxcvnm/.QWERYUIOPASDFHJKLZXCVNM:"
ARABIC = "ضصثقفغعهخحشسيبلاتنمئءؤرىةظز\u064e\u064b\u064f\u064cإ‘÷×؛\u0650\u064d][أـ،/~\u0652}{آ’:"


def under_arabic_layout(text: str) -> str:
    """What a scanner, which presses the keys of Latin letters, types where the keyboard is Arabic."""
    keys = dict(zip(LATIN, ARABIC, strict=True)) | {"b": "لا", "G": "لأ", "T": "لإ", "B": "لآ"}
    return "".join(keys.get(character, character) for character in text)


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("1000000016", "id", "1000000016"),
        (" ١٠٠٠٠٠٠٠١٦ ", "id", "1000000016"),
        ("0550000067", "mobile", "+966550000067"),
        ("550000067", "mobile", "+966550000067"),
        ("+966 55 000 0067", "mobile", "+966550000067"),
        ("٠٥٥-٠٠٠-٠٠٦٧", "mobile", "+966550000067"),
        ("۰۰۹۶۶۵۵۰۰۰۰۰۶۷", "mobile", "+966550000067"),
        ("محمد العنز", "name", "محمد العنز"),
        ("عم", "name", "عم"),
    ],
)
def test_what_was_typed_decides(typed, kind, value):
    assert search.read(typed) == search.Typed(search.Kind(kind), value)


@pytest.mark.parametrize(
    "typed", ["1", "123", "012345", "1000000017", "0551", "05500000678", "123456789", "ع", "😀", "%", "_"]
)
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
    first = new_person(by=cast.noura, mobile="+966550000067")
    second = new_person(by=cast.noura, mobile="+966550000067", first_name="سارة")
    page = client_of(cast.noura).post(SEARCH, {"q": "0550000067"})
    assert {hit.person for hit in page.context["found"].hits} == {first, second}
    body = page.content.decode()
    assert first.national_id not in body
    assert "+966550000067" not in body
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


def asked(client, typed: str) -> int:
    with CaptureQueriesContext(connection) as context:
        client.post(SEARCH, {"q": typed}, headers={"HX-Request": "true"})
    return len(context)


def test_queries_do_not_grow_with_the_results(cast):
    client = client_of(cast.noura)
    new_case(by=cast.noura)
    one = asked(client, "محمد")
    for _n in range(12):
        new_case(by=cast.noura)
    assert asked(client, "محمد") == one <= 17


def merged(person, into):
    """As after a merge by two people."""
    Person.objects.filter(pk=person.pk).update(merged_into=into)
    return person


@pytest.mark.parametrize("typed", ["1000000016", "*1000000016*", "ID:1000000016", "]C11000000016", "\x021000000016\r"])
def test_a_scanners_own_marks_are_left_out(typed):
    assert search.read(typed) == search.Typed(search.Kind.ID, "1000000016")


@pytest.mark.parametrize("typed", ["X12345", "*1000000017*", "محمد 1000000016", "55 ريال"])
def test_only_a_whole_and_right_number_is_taken_out_of_a_text(typed):
    assert search.read(typed).kind in ("name", "unclear")


def test_a_file_number_opens_its_file(cast):
    person = new_person(by=cast.noura)
    number = give_file_number(person, by=cast.noura)
    assert client_of(cast.noura).post(SEARCH, {"q": number}).headers["Location"] == url_of(person)


def test_a_number_no_file_has_says_how_long_numbers_are(cast):
    found = search.find("7654321", by=cast.noura)
    assert (found.hits, found.may_register) == ([], False)
    assert search.incomplete() in found.sentence


def test_a_file_number_of_another_branch_tells_only_that(cast):
    number = give_file_number(new_person(by=cast.noura, first_name="خلود"), by=cast.noura)
    page = client_of(cast.huda).post(SEARCH, {"q": number})
    assert page.context["found"].sentence == search.elsewhere()
    assert "خلود" not in page.content.decode()


def test_nine_digits_that_begin_as_a_country_code_are_a_reference():
    body = "96612345"
    reference = body + luhn.calc_check_digit(body)
    assert search.read(reference) == search.Typed(search.Kind.REFERENCE, reference)


@pytest.mark.parametrize("written", ["https://portal.example/t/{}/", "/t/{}", "HTTP://X/t/{}/\r\n"])
def test_the_receipts_code_opens_its_request(case, cast, written):
    answer = client_of(cast.noura).post(SEARCH, {"q": written.format(case.status_token)})
    assert answer.headers["Location"] == f"/requests/{case.reference}/"


def test_the_receipts_code_is_read_under_an_arabic_keyboard(case, cast):
    typed = under_arabic_layout(f"https://portal.example/t/{case.status_token}/")
    assert search.find(typed, by=cast.noura).case == case


@pytest.mark.parametrize("token", ["bghGTBNL-_aAzZ09QqWwEe", "gbhbGHgNgYxyzUIOPDFCVM"])
def test_every_key_of_the_arabic_layout_is_known(token):
    assert token in scanned.link_keys(under_arabic_layout(f"https://x/t/{token}/"))


def test_a_code_out_of_scope_opens_nothing(case, cast):
    found = search.find(f"/t/{case.status_token}/", by=cast.huda)
    assert found.case is None
    assert found.sentence == search.find(f"/t/{'x' * 22}/", by=cast.huda).sentence


def named(by, *names):
    keys = ("first_name", "father_name", "grandfather_name", "family_name")
    return [new_person(by=by, **dict(zip(keys, name, strict=True))) for name in names]


def test_hits_come_as_typed_first_then_in_order_then_in_any_order(cast):
    other, gaps, as_typed = named(
        cast.noura,
        ("علي", "سعد", "", "القرني"),
        ("سعد", "فهد", "علي", "القرني"),
        ("سعد", "علي", "فهد", "القرني"),
    )
    found = search.find("سعد علي", by=cast.noura)
    assert [hit.person for hit in found.hits] == [as_typed, gaps, other]
    assert len({hit.why[0] for hit in found.hits}) == 3


def test_a_whole_word_comes_before_a_longer_one(cast):
    longer, whole = named(cast.noura, ("سعدون", "علي", "", "القرني"), ("سعد", "فهد", "", "القرني"))
    assert [hit.person for hit in search.find("سعد", by=cast.noura).hits] == [whole, longer]


def test_a_name_typed_twice_needs_it_twice(cast):
    twice, _once = named(cast.noura, ("محمد", "علي", "محمد", "القرني"), ("محمد", "علي", "فهد", "القرني"))
    assert [hit.person for hit in search.find("محمد محمد", by=cast.noura).hits] == [twice]


def test_of_two_parts_that_begin_alike_each_needs_its_own(cast):
    both, _one = named(cast.noura, ("فهد", "سعدون", "سعد", "القرني"), ("فهد", "سعدون", "علي", "القرني"))
    assert [hit.person for hit in search.find("سعد سعدون", by=cast.noura).hits] == [both]


def test_no_more_than_a_page_and_that_there_are_more(cast, settings):
    settings.SEARCH_LIMIT = 3
    for _n in range(4):
        new_person(by=cast.noura, first_name="مشعل")
    found = search.find("مشعل", by=cast.noura)
    assert (len(found.hits), found.more) == (3, True)
    assert "3" in found.counted
    settings.SEARCH_LIMIT = 4
    assert not search.find("مشعل", by=cast.noura).more


@pytest.mark.parametrize(
    "typed", ["مشعل راكان بقمي", "مشعل راكان البقعي", "مشعل راكان القبمي", "مشغل راكان البقمي", "راكان مشعل البقممي"]
)
def test_another_writing_or_a_slip_is_proposed_with_the_part_that_differs(cast, typed):
    person = new_person(by=cast.noura, first_name="مشعل", father_name="راكان", family_name="البقمي")
    found = search.find(typed, by=cast.noura)
    assert (found.near, [hit.person for hit in found.hits]) == (True, [person])
    assert any(part in found.hits[0].why[0] for part in ("البقمي", "مشعل"))


def test_of_four_parts_one_may_be_wrong_and_is_named(cast):
    person = new_person(by=cast.noura, first_name="مشعل", father_name="راكان", family_name="البقمي")
    found = search.find("مشعل راكان بندر البقمي", by=cast.noura)
    assert (found.near, [hit.person for hit in found.hits]) == (True, [person])
    assert "بندر" in found.hits[0].why[0]


@pytest.mark.parametrize("typed", ["zzzz", "طظغض خزق", "مشعل زقزق", "ا " * 60, "مشعل راكان ا ب ت ث ج ح خ"])
def test_what_is_near_to_nothing_proposes_nobody(cast, typed):
    new_person(by=cast.noura, first_name="مشعل", father_name="راكان", family_name="البقمي")
    found = search.find(typed, by=cast.noura)
    assert (found.hits, found.may_register) == ([], True)


def test_near_names_are_not_asked_for_where_one_is_found(cast):
    near, found = named(cast.noura, ("نورة", "علي", "", "البقمي"), ("نورة", "علي", "", "البقعي"))
    assert [hit.person for hit in search.find("نورة البقعي", by=cast.noura).hits] == [found]


def test_a_merged_file_leads_to_the_current_one_by_all_it_had(cast):
    kept = new_person(by=cast.noura, first_name="سلوى")
    middle = new_person(by=cast.noura, first_name="هدى")
    gone = merged(new_person(by=cast.noura, first_name="نجلاء", mobile="+966550000067"), middle)
    number = give_file_number(gone, by=cast.noura)
    merged(middle, kept)
    for typed in (gone.national_id, "0550000067", "نجلاء", number):
        found = search.find(typed, by=cast.noura)
        assert [hit.person for hit in found.hits] == [kept], typed
    assert client_of(cast.noura).post(SEARCH, {"q": gone.national_id}).headers["Location"] == url_of(kept)
    assert search.has_a_file(gone.national_id, by=cast.noura)


def test_a_file_merged_into_another_branchs_is_nobodys_here(cast):
    gone = merged(new_person(by=cast.huda, first_name="نجلاء"), new_person(by=cast.noura))
    assert search.find("نجلاء", by=cast.huda).hits == []
    found = search.find(gone.national_id, by=cast.huda)
    assert (found.hits, found.sentence) == ([], search.elsewhere())


def test_an_id_of_a_household_shows_whose_and_opens_nothing_by_itself(cast):
    person = new_person(by=cast.noura)
    number = sample_id(901)
    HouseholdMember.objects.create(
        person=person,
        name="هند محمد العنزي",
        relation="spouse",
        national_id=number,
        national_id_lookup=lookup_hash(number),
    )
    page = client_of(cast.noura).post(SEARCH, {"q": number})
    assert [hit.person for hit in page.context["found"].hits] == [person]
    assert page.context["found"].may_register
    assert search.find(number, by=cast.huda).hits == []


def test_somebody_recused_does_not_find_the_file(case, cast):
    Exclusion.objects.create(case=case, user=cast.noura, why=Exclusion.CONFLICTS[0])
    assert search.find("محمد سالم", by=cast.noura).hits == []
    assert [hit.person for hit in search.find("محمد سالم", by=cast.saad).hits] == [case.person]


def test_a_search_that_takes_too_long_asks_for_one_more_part(cast, monkeypatch):
    monkeypatch.setattr(search, "LONGEST_WAIT", 20)
    monkeypatch.setattr(
        search, "found_by_name", lambda everyone, name: list(everyone.extra(where=["pg_sleep(2) IS NULL"]))
    )
    new_person(by=cast.noura)
    found = search.find("محمد", by=cast.noura)
    assert (found.hits, found.may_register, bool(found.sentence)) == ([], False, True)


def test_nothing_typed_stands_in_a_url_or_a_log(cast, caplog):
    person = new_person(by=cast.noura, first_name="مشعل")
    client = client_of(cast.noura)
    for typed in (person.national_id, "مشعل", "0550000067"):
        answer = client.post(SEARCH, {"q": typed})
        assert typed not in answer.headers.get("Location", "") + caplog.text


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
        ("سعد نور الدين القحطاني", {"first_name": "سعد", "father_name": "نور الدين", "family_name": "القحطاني"}),
        ("سارة أبا الخيل", {"first_name": "سارة", "family_name": "أبا الخيل"}),
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
    assert as_written(name) == parts
