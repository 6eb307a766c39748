"""What is said of somebody is said as Arabic says it: of a woman, of a man, and of whom the sex is not known."""

import pytest

from beneficiaries.models import HouseholdMember, Person


@pytest.mark.parametrize(("sex", "said"), [("female", "تدرس"), ("male", "يدرس"), ("", "يدرس")])
def test_what_a_member_does(sex, said):
    assert HouseholdMember(situation="studies", sex=sex).situation_said == said


@pytest.mark.parametrize(("sex", "said"), [("female", "توفيت"), ("male", "توفي"), ("", "توفي")])
def test_why_a_member_left(sex, said):
    assert HouseholdMember(left="died", sex=sex).left_said == said


def test_what_is_the_same_of_both_and_what_is_not_known():
    assert HouseholdMember(situation="at_home", sex="female").situation_said == "في المنزل"
    assert HouseholdMember(sex="female").situation_said == ""


@pytest.mark.parametrize(("sex", "said"), [("female", "أرملة"), ("male", "أرمل"), ("", "أرمل/أرملة")])
def test_the_marital_status(sex, said):
    assert Person(marital_status="widowed", sex=sex).marital_status_said == said
    assert Person(sex=sex).marital_status_said == ""
