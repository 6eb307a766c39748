"""The researcher puts the household right from within the study, and the study's figures follow."""

from decimal import Decimal

import pytest
from django.urls import reverse

from beneficiaries.household.actions import add_member
from beneficiaries.models import HouseholdMember
from core.errors import Refused
from core.models import AuditRow
from requests.actions import take_for_research
from requests.models import Study, SupportRequest
from requests.study.household import actions
from requests.study.lines.actions import add_line
from requests.study.rules import people_after
from tests.cast import client_of
from tests.study.desk import address, get

CHILD = {
    "name": "خالد محمد العنزي",
    "relation": "child",
    "sex": "male",
    "birth": "",
    "situation": "",
    "national_id": "",
}


@pytest.fixture
def family(taken, cast):
    """The person and two more, all written down and counted; 3,000 a month."""
    wife = add_member(taken.person, by=cast.noura, name="سارة محمد", relation="spouse", sex="female")
    son = add_member(taken.person, by=cast.noura, name="خلد محمد", relation="child", sex="male")
    Study.objects.filter(case=taken).update(household_size=3)
    add_line(again(taken), by=cast.reem, kind="salary", amount=Decimal("3000"), every="month")
    return wife, son


def again(case) -> SupportRequest:
    return SupportRequest.objects.get(pk=case.pk)


def correct(person, case, member, **facts):
    mark = get(person, case, "study_member_change", member.pk).context["mark"]
    return client_of(person).post(address(case, "study_member_change", member.pk), {"seen": mark} | CHILD | facts)


def gone(person, case, member, **facts):
    return client_of(person).post(address(case, "study_member_gone", member.pk), {"left": "died", "on": ""} | facts)


@pytest.mark.parametrize(
    ("size", "before", "now", "left", "after"),
    [
        (3, 3, 4, "", 4),  # somebody more than were counted
        (5, 3, 4, "", 5),  # one of the five has a name now
        (3, 3, 2, "died", 2),
        (5, 3, 2, "moved", 4),
        (3, 3, 2, "mistake", 2),
        (5, 3, 2, "mistake", 5),  # who was never there was perhaps not among the five
        (3, 3, 3, "died", 3),  # said twice
        (2, 3, 2, "died", 2),  # counted without them already
    ],
)
def test_the_number_follows_and_never_falls_below_the_names(size, before, now, left, after):
    assert people_after(size, before=before, now=now, left=left) == after


def test_what_is_wrong_is_put_right_in_the_file(taken, cast, family):
    assert "خلد محمد" in get(cast.reem, taken, "study_section", "household").content.decode()
    assert correct(cast.reem, taken, family[1]).status_code == 302
    family[1].refresh_from_db()
    assert (family[1].name, taken.study.household_size) == (CHILD["name"], 3)
    assert AuditRow.objects.get(verb="member_amended").actor_id == cast.reem.pk


@pytest.mark.parametrize(("left", "per_head"), [("died", "1500.00"), ("mistake", "1500.00")])
def test_who_left_is_counted_no_longer(taken, cast, family, left, per_head):
    assert gone(cast.reem, taken, family[1], left=left).status_code == 302
    study = Study.objects.get(case=taken)
    assert (study.household_size, study.per_head) == (2, Decimal(per_head))
    assert HouseholdMember.objects.get(pk=family[1].pk).left == left
    assert AuditRow.objects.filter(verb="study_section_saved").latest("pk").changes["household_size"] == [3, 2]


def test_who_is_added_is_counted(taken, cast, family):
    actions.add(again(taken), by=cast.reem, name="نورة محمد", relation="child")
    assert Study.objects.get(case=taken).household_size == 4


def test_the_page_says_who_left_and_how_many_are_counted(taken, cast, family):
    page = client_of(cast.reem).post(
        address(taken, "study_member_gone", family[0].pk), {"left": "moved", "on": ""}, follow=True
    )
    said = page.content.decode()
    assert "عدد أفراد الأسرة في الدراسة الآن: 2." in said
    assert "لم يعودوا في الأسرة" in said


def test_why_they_left_is_asked(taken, cast, family):
    answer = gone(cast.reem, taken, family[0], left="")
    assert answer.status_code == 422
    assert answer.context["ending"].errors


def test_what_a_colleague_changed_meanwhile_is_said(taken, cast, family):
    from beneficiaries.household.actions import amend_member

    mark = get(cast.reem, taken, "study_member_change", family[1].pk).context["mark"]
    amend_member(family[1], by=cast.noura, name="خالد سالم العنزي")
    there = address(taken, "study_member_change", family[1].pk)
    answer = client_of(cast.reem).post(there, CHILD | {"seen": mark})
    assert answer.status_code == 409
    assert "خالد سالم العنزي" in answer.content.decode()
    family[1].refresh_from_db()
    assert family[1].name == "خالد سالم العنزي"


# The right to it


def test_only_the_researcher_of_the_case(taken, cast, family, case_at):
    for other in (cast.noura, cast.manager, cast.chair):
        assert get(other, taken, "study_member_change", family[1].pk).status_code == 404
        assert gone(other, taken, family[1]).status_code == 404
    colleague = take_for_research(case_at("social_research"), by=cast.reem)
    assert get(cast.reem, colleague, "study_member_change", family[1].pk).status_code == 404  # of another household
    assert HouseholdMember.objects.present().count() == 2


def test_a_researcher_opens_no_file_by_itself(taken, cast, family):
    person = taken.person
    there = reverse("requests:person_change", args=[person.pk, "household", family[1].pk])
    assert client_of(cast.reem).get(there).status_code == 404


def test_not_once_the_case_is_raised(cast, case_at):
    case = case_at("committee_review")
    member = add_member(case.person, by=cast.noura, name="سارة محمد", relation="spouse")
    SupportRequest.objects.filter(pk=case.pk).update(researcher=cast.reem)
    assert gone(cast.reem, case, member).status_code == 422
    with pytest.raises(Refused):
        actions.amend(again(case), member, by=cast.reem, name="سارة")
    assert HouseholdMember.objects.present().count() == 1
