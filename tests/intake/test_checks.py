"""What the server notices while the form is filled."""

import pytest

from beneficiaries.duplicates.likeness import Reason
from tests.cast import client_of, new_person, sample_id
from tests.intake.desk import NEW, url_of, whole_form

pytestmark = pytest.mark.django_db
CHECK = "/counter/check/"


@pytest.fixture
def officer(cast, day_one):
    return client_of(cast.noura)


@pytest.mark.parametrize(
    ("typed", "echoed"),
    [("14/8/1412", "17 فبراير 1992م"), ("17/2/1992", "14 شعبان 1412هـ"), ("١٤ شعبان ١٤١٢", "17 فبراير 1992م")],
)
def test_the_other_calendar_is_echoed(officer, typed, echoed):
    assert echoed in officer.post(CHECK, {"birth": typed}).context["echoes"]["birth"]["text"]


def test_the_echo_is_there_also_after_a_refusal_without_a_script(officer):
    assert "17 فبراير 1992م" in officer.post(NEW, whole_form(need="")).content.decode()


def test_a_date_that_is_none_gets_its_sentence(officer):
    assert officer.post(CHECK, {"birth": "31/13/1412"}).context["echoes"]["birth"]["wrong"]


def test_an_id_is_said_to_be_valid_and_whose(officer):
    citizen = officer.post(CHECK, {"national_id": sample_id(3)}).context["echoes"]["national_id"]
    resident = officer.post(CHECK, {"national_id": "2000000014"}).context["echoes"]["national_id"]
    assert not citizen["wrong"]
    assert citizen["text"] != resident["text"]


def test_a_wrong_digit_is_noticed(officer):
    assert officer.post(CHECK, {"national_id": "1000000017"}).context["echoes"]["national_id"]["wrong"]


def test_the_file_of_a_known_id_is_offered(officer, cast):
    person = new_person(by=cast.noura)
    assert url_of(person) in officer.post(CHECK, {"national_id": person.national_id}).content.decode()


def alike(client, **typed):
    return [(each["person"], each["likeness"].reasons) for each in client.post(CHECK, typed).context["alike"]]


def test_whose_mobile_it_is_is_told_before_a_name_is_typed(officer, cast):
    person = new_person(by=cast.noura, mobile="+966550000067")
    assert alike(officer, mobile="0550000067") == [(person, [Reason.SAME_MOBILE])]


def test_a_mobile_under_another_name_is_a_households_and_nobody_is_proposed(officer, cast):
    new_person(by=cast.noura, mobile="+966550000067", first_name="خالد")
    assert alike(officer, **whole_form()) == []


def test_the_same_name_in_another_spelling_is_noticed(officer, cast):
    person = new_person(by=cast.noura, first_name="أحمد", father_name="علي", grandfather_name="", family_name="الشهرى")
    name = {"first_name": "احمد", "father_name": "على", "family_name": "الشهري"}
    assert alike(officer, **name, birth="14/8/1412") == [(person, [Reason.SAME_BIRTH, Reason.SAME_NAME])]


def test_a_first_name_alone_is_nobody(officer, cast):
    new_person(by=cast.noura)
    assert alike(officer, first_name="محمد") == []


def test_hostile_text_is_no_name(officer):
    assert alike(officer, first_name="\x00' OR 1=1", family_name="%" * 5000, birth="٣٠/٢/١٤٤٥٠") == []


def test_nobody_is_like_themselves(officer, cast):
    person = new_person(by=cast.noura)
    assert officer.get(url_of(person)).context["alike"] == []


def test_people_of_another_branch_are_not_shown(cast):
    new_person(by=cast.noura, mobile="+966550000067")
    assert alike(client_of(cast.huda), mobile="0550000067") == []


def test_checking_for_a_person_out_of_scope_is_404(cast):
    person = new_person(by=cast.noura)
    assert client_of(cast.huda).post(CHECK, {"person": person.pk}).status_code == 404
