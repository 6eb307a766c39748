"""Two addresses are one place by the short code, else by street and building; a member of the family living there is
tied to the case, whichever way either of them wrote it."""

import pytest

from beneficiaries.home.rules import place_key, same_address
from beneficiaries.models import Home
from requests.conflict.rules import Ground
from requests.models import Disclosure
from tests.conflict.test_ties import grounds, member_says, person, studied  # noqa: F401 (fixtures)

HOME = {"city": "الرياض", "district": "حي النخيل", "street": "شارع الأمير عبد العزيز", "building_number": "2929"}


def are_one(mine: dict, theirs: dict) -> bool:
    forward = same_address(Home(**mine), Disclosure(**theirs))
    assert forward == same_address(Home(**theirs), Disclosure(**mine))  # whichever of the two is asked
    return forward


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"district": "النخيل", "city": "مدينة الرياض"},
        {"street": "الامير عبدالعزيز"},  # without hamza, written together, without «شارع»
        {"street": "شارع الأمير عبد العزيز،", "city": "رياض"},
        {"building_number": ""},  # one of the two does not say it
        {"building_number": "", "short_code": "RRRD2929"},
    ],
)
def test_one_place_in_another_writing(change):
    assert are_one(HOME, HOME | change)


@pytest.mark.parametrize(("mine", "theirs"), [("شارع مكة", "طريق مكه"), ("الروضة", "الروضه"), ("إشبيلية", "اشبيليه")])
def test_hamza_and_taa_marbuta_make_no_other_street(mine, theirs):
    assert place_key(mine) == place_key(theirs) != ""


@pytest.mark.parametrize(
    "change",
    [
        {"building_number": "2930"},
        {"building_number": "", "short_code": "RRRD2930"},
        {"street": "شارع الأمير سلطان"},
        {"district": "الربوة"},
        {"city": "جدة"},
        {"city": ""},
        {"district": ""},
    ],
)
def test_another_place(change):
    assert not are_one(HOME, HOME | change)


@pytest.mark.parametrize("nothing", ["", "شارع", "شارع  ", "—"])
def test_a_street_nobody_named_is_never_the_same(nothing):
    unsaid = HOME | {"street": nothing}
    assert not are_one(unsaid, unsaid)


def test_two_short_codes_settle_it():
    assert are_one({"short_code": "RRRD2929"}, {"short_code": "RRRD2929", "street": "شارع آخر"})
    assert not are_one(HOME | {"short_code": "RRRD2929"}, HOME | {"short_code": "RRRA2929"})


@pytest.fixture
def in_the_street(person):  # noqa: F811
    Home.objects.filter(person=person).update(short_code="", **HOME)


@pytest.mark.usefixtures("in_the_street")
def test_a_member_of_the_family_in_the_same_street_is_tied(cast, studied):  # noqa: F811
    member_says(cast, **HOME | {"street": "الامير عبدالعزيز", "building_number": ""})
    assert grounds(studied, cast.member1) == {Ground.ADDRESS}


@pytest.mark.usefixtures("in_the_street")
@pytest.mark.parametrize("said", [{"full_name": "فهد علي المطيري"}, {"street": ""}, {"building_number": "2930"}])
def test_a_neighbour_or_another_house_ties_nobody(cast, studied, said):  # noqa: F811
    member_says(cast, **HOME | said)
    assert grounds(studied, cast.member1) == set()


def test_the_short_code_and_the_building_number_must_agree(cast):
    from django.urls import reverse

    from tests.cast import client_of

    data = HOME | {"full_name": "فهد علي عنزي", "short_code": "RRRD2929"}
    client, url = client_of(cast.member1), reverse("committee:disclosure")
    assert client.post(url, data | {"building_number": "2930"}).status_code == 422
    assert client.post(url, data).status_code == 302
    said = Disclosure.objects.get(user=cast.member1)
    assert (said.city, said.street) == (HOME["city"], HOME["street"])
