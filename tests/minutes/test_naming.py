"""Minutes name nobody served: neither by the whole name nor as people say it, nor who lives with them."""

import pytest
from django.urls import reverse

from beneficiaries.models import HouseholdMember, Person
from committee import actions
from committee.meetings.actions import close_meeting
from committee.minutes.actions import add, draft, write
from committee.models import AgendaItem
from committee.naming import named_in
from core.arabic import name_key
from core.errors import Refused
from oversight.demo.walk import open_meeting
from requests.models import Study
from tests.cast import client_of, new_case, new_person, walk


def member_of(case, name: str, **facts) -> HouseholdMember:
    known = {"relation": "child", "name_key": name_key(name)} | facts
    return HouseholdMember.objects.create(person=case.person, name=name, **known)


@pytest.fixture
def somebody(cast, day_one):
    """محمد سالم أحمد العنزي, his wife and their daughter."""
    case = new_case(by=cast.noura, person=new_person(by=cast.noura))
    member_of(case, "نورة عبد الله القحطاني", relation="spouse")
    member_of(case, "سارة")
    return case


NAMED = [
    "نوقشت حالة محمد سالم أحمد العنزي.",
    "نوقشت حالة محمد العنزي.",
    "طلب (محمد العنزي) مؤجل",
    "نوقشت حالة محمد بن سالم العنزي",
    "يُصرف لمحمد العنزي مباشرة",
    "مُحمّد العنزى",
    "تُراجع نورة القحطاني المكتب",
    "ونوره عبدالله القحطاني",
    "دراسة سارة العنزي",
]
NOBODY = [
    "",
    "نوقشت حالات الإيجار كلها.",
    "محمد",
    "آل العنزي كثيرون",
    "محمد المطيري عضو اللجنة",
    "سارة بلا اسم أسرة",
    "أحمد العنزي",
]


@pytest.mark.parametrize("text", NAMED)
def test_a_name_is_found_as_people_write_it(somebody, text):
    assert named_in(text, somebody)


@pytest.mark.parametrize("text", NOBODY)
def test_a_word_that_is_no_ones_name_passes(somebody, text):
    assert not named_in(text, somebody)


def test_a_name_of_many_words_takes_no_longer(somebody):
    """The pattern is as long as the name: thirty letters with spaces between are thirty words, not 2^28 names."""
    member_of(somebody, " ".join("ابتثجحخدذرزسشصضطظعغفقكلمنهوي"))
    assert not named_in("نوقشت حالات الإيجار كلها.", somebody)
    assert named_in("دراسة سارة العنزي", somebody)


def test_who_lives_under_a_merged_file_is_found_too(somebody, cast):
    other = new_person(by=cast.noura)
    Person.objects.filter(pk=somebody.person.pk).update(merged_into=other)
    somebody.person.refresh_from_db()
    HouseholdMember.objects.create(person=other, name="ريما فهد الدوسري", relation="child", name_key="x")
    assert named_in("ريما الدوسري", somebody)
    assert named_in("نورة القحطاني", somebody)


def test_who_was_entered_by_mistake_is_nobody_of_the_household(somebody):
    member_of(somebody, "خلود السهلي", left="mistake", left_on="2026-11-20")
    assert not named_in("خلود السهلي", somebody)


def test_the_secretary_writes_no_first_and_family_name_in_an_addendum(signed, cast, met):
    person = met.cases[0].person
    short = f"نوقشت حالة {person.first_name} {person.family_name}"
    with pytest.raises(Refused, match="أسماء"):
        add(signed, by=cast.secretary, text=short)


def test_nor_while_they_are_being_written(minutes, cast, met):
    person = met.cases[0].person
    with pytest.raises(Refused, match="أسماء"):
        write(minutes, by=cast.secretary, discussion=f"{person.first_name} {person.family_name}", recommendations="")


@pytest.fixture
def put_up(somebody, cast):
    case = walk(somebody, cast, to="committee_review")
    return AgendaItem.objects.get(meeting=open_meeting(cast), case=case)


@pytest.mark.parametrize(
    ("outcome", "facts"),
    [
        ("reject", {"reasons": "دخل محمد العنزي يكفيه."}),
        ("approve", {"what": "إيجار بيت نورة القحطاني", "reasons": "نوع آخر أنفع."}),
        ("ask_for_papers", {"papers": {"extra-1": "شهادة سارة العنزي"}}),
    ],
)
def test_a_proposal_names_nobody_for_it_is_printed(put_up, cast, outcome, facts):
    with pytest.raises(Refused, match="بلا اسم"):
        actions.put_motion(put_up, by=cast.secretary, outcome=outcome, **facts)
    assert put_up.motions.count() == 1


def test_the_form_says_so_beside_the_reasons(put_up, cast):
    url = reverse("committee:put_motion", args=[put_up.case.reference])
    response = client_of(cast.secretary).post(url, {"outcome": "reject", "reasons": "دخل محمد العنزي يكفيه."})
    assert response.status_code == 422
    page = response.content.decode()
    assert page.count("اكتبه بلا اسم صاحب الطلب") == 2  # in the summary of errors, and under its field


def decided(put_up, cast) -> dict:
    for person in cast.voters[:3]:
        actions.cast_vote(put_up, by=person, choice="yes")
    actions.close_vote(put_up, by=cast.secretary)
    return draft(close_meeting(put_up.meeting, by=cast.secretary), by=cast.secretary).data["cases"][0]


@pytest.mark.parametrize(("reasons", "named"), [("دخل محمد العنزي لا يكفي.", True), ("الدخل لا يكفي.", False)])
def test_where_the_researchers_reasons_hold_a_name_the_row_points_to_the_study(somebody, cast, reasons, named):
    case = walk(somebody, cast, to="committee_review")
    Study.objects.filter(case=case).update(reasons=reasons)
    row = decided(AgendaItem.objects.get(meeting=open_meeting(cast), case=case), cast)
    assert ("العنزي" in row["reasons"], row["reasons"].startswith("كما في الدراسة")) == (False, named)
    assert named or row["reasons"] == reasons
