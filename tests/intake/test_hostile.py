"""A sample of what should never be stored, in every field: no 500, and nothing kept."""

import pytest

from beneficiaries.models import Person
from core.models import StoredFile
from requests.models import SupportRequest
from tests.cast import client_of
from tests.intake.desk import NEW, SEARCH, whole_form

pytestmark = pytest.mark.django_db
HOSTILE = {
    "nul": "سارة\x00",
    "override": "سارة\u202eعلي",
    "zero width": "سا\u200bرة",
    "emoji": "😀😀",
    "sql": "'; DROP TABLE beneficiaries_person; --",
    "html": "<script>alert(1)</script>",
    "template": "{{ request.user }}{% debug %}",
    "long digits": "9" * 5000,
    "huge": "س" * 1_000_000,
    "negative": "-1",
    "roman": "Ⅷ²½",
    "surrogate": "\\ud800",
}
FIELDS = (
    "first_name father_name family_name national_id birth sex nationality mobile channel household_size income_band "
    "category service signed"
).split()


@pytest.fixture
def officer(cast, day_one):
    return client_of(cast.noura)


@pytest.mark.parametrize("field", FIELDS)
def test_no_hostile_answer_is_stored(officer, field):
    for kind, value in HOSTILE.items():
        answer = officer.post(NEW, whole_form(**{field: value}))
        assert answer.status_code == 422, kind
        assert "<script>alert" not in answer.content.decode(), kind
        assert [model.objects.count() for model in (Person, SupportRequest, StoredFile)] == [0, 0, 0], kind


def test_search_draft_and_check_stand_it(officer):
    for kind, value in HOSTILE.items():
        everywhere = dict.fromkeys(
            [*FIELDS, "q", "need", "draft", "person", "typed", "form_key", "signature_drawn"], value[:50_000]
        )
        assert officer.post(SEARCH, everywhere).status_code == 200, kind
        assert officer.post("/counter/draft/", everywhere).status_code == 200, kind
        assert officer.post("/counter/check/", everywhere).status_code == 200, kind
        assert officer.post(NEW, {"typed": value}).status_code == 200, kind


def test_a_megabyte_too_much_is_refused_before_it_is_read(officer):
    assert officer.post(NEW, whole_form(need="س" * 2_000_000)).status_code in (400, 413, 422)
    assert not SupportRequest.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "6f1c1f52", "'" * 300])
def test_a_key_that_is_none_stands_in_nobodys_way(officer, key):
    assert officer.post(NEW, whole_form(form_key=key)).status_code == 302


@pytest.mark.parametrize("pk", ["9" * 18, "9" * 40, "-1", "abc", "١"])
def test_a_number_that_is_no_row_is_nothing(officer, pk):
    assert officer.post(NEW, whole_form(draft=pk)).status_code == 302


def test_a_need_keeps_its_words_and_loses_what_reorders_the_page(officer):
    officer.post(NEW, whole_form(need="ديون\u202e <b>كثيرة</b> 😀"))
    case = SupportRequest.objects.get()
    assert case.need == "ديون <b>كثيرة</b> 😀"
