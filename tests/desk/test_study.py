"""The researcher takes a case, studies it and raises it to the committee."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from requests.models import SupportRequest
from tests.cast import client_of, user

WHOLE = {
    "household_size": "5",
    "income": "٣٬٠٠٠",
    "obligations": "1000",
    "findings": "السكن مستأجر بعقد سارٍ.",
    "recommends": "approve",
    "what": "سداد إيجار ثلاثة أشهر",
    "amount": "3000",
    "reasons": "انقطع المعيل عن العمل.",
}


@pytest.fixture
def taken(case_at, cast):
    case = case_at("social_research")
    client_of(cast.reem).post(reverse("requests:take", args=[case.reference]))
    return SupportRequest.objects.get(pk=case.pk)


def post(person, case, **facts):
    return client_of(person).post(reverse("requests:study", args=[case.reference]), facts)


def test_taking_a_case_makes_it_theirs(taken, cast):
    assert taken.researcher == cast.reem


def test_a_colleague_no_longer_finds_it(taken, cast):
    other = user("other", "باحث آخر", Role.RESEARCHER)
    assert client_of(other).get(reverse("requests:study", args=[taken.reference])).status_code == 404
    assert client_of(other).post(reverse("requests:take", args=[taken.reference])).status_code == 404


def test_half_a_study_is_kept_and_income_per_person_is_shown_with_its_formula(taken, cast):
    half = {name: WHOLE[name] for name in ("household_size", "income", "obligations")}
    assert post(cast.reem, taken, save="1", **half).status_code == 302
    page = client_of(cast.reem).get(reverse("requests:study", args=[taken.reference])).content.decode()
    assert "(3,000 − 1,000) ÷ 5 = 400" in page


def test_a_half_study_is_not_raised(taken, cast):
    answer = post(cast.reem, taken, **WHOLE | {"reasons": "", "raise": "1"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"reasons"}
    assert answer.context["form"]["findings"].value() == WHOLE["findings"]


def test_an_approval_says_what_it_recommends(taken, cast):
    answer = post(cast.reem, taken, **WHOLE | {"what": "", "raise": "1"})
    assert set(answer.context["form"].errors) == {"what"}


def test_a_whole_study_goes_to_the_committee_and_is_read_only_then(taken, cast):
    assert post(cast.reem, taken, **WHOLE | {"raise": "1"}).status_code == 302
    taken.refresh_from_db()
    assert taken.state == "committee_review"
    assert post(cast.reem, taken, save="1", findings="تغيير").status_code == 422
    assert (
        'name="findings"'
        not in client_of(cast.reem).get(reverse("requests:study", args=[taken.reference])).content.decode()
    )


def test_a_cooperative_asks_nothing_of_the_household(taken, cast):
    from requests.study.forms import StudyForm

    policy = taken.policy_version
    policy.asks_household = False
    assert "income" not in StudyForm(policy=policy, study=None).fields
