"""The packs behave as product.md's table says they do: the same journey under four of them, none under the fifth."""

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from core.errors import Refused
from oversight.demo import sample
from requests.models import SupportRequest
from requests.permits.models import ProgrammePermit
from requests.states import State
from tests import recorded
from tests.cast import client_of, make_cast, new_case, user, walk

SUPPORT_PACKS = ["libraries", "cooperative", "social", "software"]
WORDS = {"libraries": "المستفيد", "cooperative": "العضو", "social": "المستفيد", "software": "المستخدم"}
NO_REQUESTS = "لا تتضمن سياسة الجمعية طلبات دعم؛ خدماتها برامج دعوية واستفسارات"


@pytest.fixture
def set_up(load_pack, day_one):
    def with_pack(name: str):
        load_pack(name)
        return make_cast()

    return with_pack


@pytest.mark.parametrize("name", SUPPORT_PACKS)
def test_the_same_walk_in_is_carried_to_delivery(set_up, day_one, name):
    cast = set_up(name)
    case = walk(new_case(by=cast.noura), cast, to="delivered", traveller=day_one)
    moves = list(case.steps.values_list("action", flat=True))
    assert moves == [
        "receive",
        "verify",
        "refer_to_research",
        "recommend",
        "approve",
        "complete_registration",
        "deliver",
    ]
    assert (case.decided_on - case.waiting_from).days == 14


@pytest.mark.parametrize("name", SUPPORT_PACKS)
def test_registration_speaks_the_associations_word(set_up, name):
    cast = set_up(name)
    page = client_of(cast.noura).get(reverse("requests:register_new")).content.decode()
    assert f"اقرأ على {WORDS[name]}" in page


@pytest.mark.parametrize(
    ("name", "asks_income", "asks_member_no"),
    [("libraries", True, False), ("cooperative", False, True), ("social", True, False), ("software", True, False)],
)
def test_members_give_a_number_and_no_poverty_fields(set_up, name, asks_income, asks_member_no):
    cast = set_up(name)
    page = client_of(cast.noura).get(reverse("requests:register_new")).content.decode()
    assert ('name="income_band"' in page, 'name="member_no"' in page) == (asks_income, asks_member_no)


@pytest.mark.parametrize(("name", "tools"), [("libraries", 4), ("cooperative", 3), ("social", 4), ("software", 4)])
def test_the_officers_desk_holds_the_policys_tools(set_up, name, tools):
    cast = set_up(name)
    page = client_of(cast.noura).get(reverse("policies:tools")).content.decode()
    assert sum(f"TL-{number}" in page for number in range(1, 9)) == tools


@pytest.mark.parametrize("name", [*SUPPORT_PACKS, "dawah"])
def test_sample_data_is_made_for_every_pack_and_once(load_pack, settings, name):
    settings.DEMO = True
    load_pack(name)
    recorded.afterwards(sample.load, "sample")
    made = SupportRequest.objects.count(), ProgrammePermit.objects.count(), User.objects.count()
    sample.load()
    assert (SupportRequest.objects.count(), ProgrammePermit.objects.count(), User.objects.count()) == made
    if name in SUPPORT_PACKS:
        assert set(SupportRequest.objects.values_list("state", flat=True)) == set(State.values)
    else:
        assert (made[0], made[1] > 0) == (0, True)


@pytest.fixture
def dawah(load_pack):
    """An officer of the da'wah association, whose policy knows no support requests."""
    load_pack("dawah")
    return user("officer", "عبدالله الحازمي", Role.OFFICER)


def test_the_dawah_home_says_what_its_policy_has_and_offers_its_own_doors(dawah, client):
    page = client.get(reverse("policies:home")).content.decode()
    assert NO_REQUESTS in page
    assert reverse("requests:propose") in page
    assert reverse("policies:apply") not in page.split("<main")[1].split("</main")[0]


def test_the_dawah_menu_offers_programmes_and_no_requests(dawah):
    page = client_of(dawah).get(reverse("oversight:waiting")).content.decode()
    menu = page.split("</header>")[0]
    assert reverse("requests:permits") in menu
    assert reverse("requests:counter") not in menu
    assert reverse("requests:queue") not in menu
    assert reverse("committee:queue") not in menu


@pytest.mark.parametrize("route", ["requests:register_new", "requests:counter_search"])
def test_a_post_under_the_dawah_policy_is_refused_with_its_sentence(dawah, route):
    answer = client_of(dawah).post(reverse(route), {"q": "محمد", "first_name": "محمد"})
    assert (answer.status_code, NO_REQUESTS in answer.content.decode()) == (422, True)
    assert SupportRequest.objects.count() == 0


def test_the_verb_itself_refuses_under_the_dawah_policy(dawah):
    from beneficiaries.models import Person
    from requests.intake.actions import Submission, receive

    submission = Submission(service=None, channel="interview", need="حاجة", informed=True, signed="paper")
    with pytest.raises(Refused, match=NO_REQUESTS):
        receive(Person(), submission, by=dawah)
