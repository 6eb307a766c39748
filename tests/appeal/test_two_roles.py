"""The pages of objections open to the counter of the case and to the secretary; a second role opens none of them."""

import pytest
from django.urls import reverse

from accounts.roles import COUNTER, Role
from requests import workflow
from requests.appeal.actions import take_up
from requests.appeal.listing import of_theirs
from requests.conflict.actions import declare
from requests.models import Appeal, SupportRequest
from tests.appeal.desk import WORDS, objected
from tests.cast import client_of, user
from tests.paper import upload

COUNTERS = ("appeal_write", "appeal_slip")


@pytest.fixture
def case(case_at, cast):
    """Rejected at the head office, and objected to."""
    case = case_at("rejected")
    objected(case, cast)
    return case


def answer(person, name: str, case, **posted) -> int:
    address = reverse(f"requests:{name}", args=[case.reference])
    client = client_of(person)
    return (client.post(address, posted) if posted else client.get(address)).status_code


def also(person, role: Role):
    person.roles = [*person.roles, str(role)]
    person.save()
    return person


def test_each_role_alone_opens_its_own_pages_and_no_other(case, cast):
    for role in Role:
        person = user(f"only_{role}", "وليد الشهري", role)
        opened = {name for name in (*COUNTERS, "appeal") if answer(person, name, case) == 200}
        assert opened == (set(COUNTERS) if role in COUNTER else {"appeal"} if role == Role.SECRETARY else set()), role
        listed = client_of(person).get(reverse("requests:appeals")).status_code
        assert (listed == 200) == (role == Role.SECRETARY)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SECRETARY, Role.MEMBER])
def test_who_sees_the_case_under_another_role_opens_no_page_of_its_counter(case_at, cast, role):
    case, own = case_at("rejected"), also(cast.huda, role)
    facts = {"text": WORDS, "how": "paper", "scan": upload()}
    assert [answer(own, name, case) for name in COUNTERS] == [404, 404]
    assert answer(own, "appeal_write", case, **facts) == 404
    assert not Appeal.objects.exists()


def test_a_delegate_still_opens_those_of_their_own_branch(case, cast):
    own = also(cast.huda, Role.MANAGER)
    SupportRequest.objects.filter(pk=case.pk).update(branch=cast.north)
    assert [answer(own, name, case) for name in COUNTERS] == [200, 200]


def test_what_the_secretary_no_longer_reads_their_other_role_does_not_open(case, cast):
    """Taken up by a colleague and withdrawn since: it never stood on an agenda of theirs."""
    own = user("second_secretary", "هند الدوسري", Role.SECRETARY, Role.MANAGER)
    assert answer(own, "appeal", case) == 200
    assert of_theirs(own).count() == 1
    workflow.perform(take_up(case, by=cast.secretary), "withdraw", by=cast.noura, why="طلبه", signed=True)
    assert SupportRequest.objects.visible_to(own).filter(pk=case.pk).exists(), "as the manager, masked"
    assert answer(own, "appeal", case) == 404
    assert not of_theirs(own).exists(), "nor is it listed where it does not open"


def test_a_recused_secretary_opens_and_reopens_nothing(case, cast):
    declare(case, by=cast.secretary, why="قرابة")
    assert answer(cast.secretary, "appeal", case) == 404
    assert answer(cast.secretary, "appeal", case, take="up") == 404
    assert Appeal.objects.get().reopened_at is None
