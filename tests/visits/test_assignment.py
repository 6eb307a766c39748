"""A case referred to research goes to the researcher whose area lies closest, among equals to the least busy."""

import pytest

from accounts.models import Area
from accounts.roles import Role
from core.audit import history
from core.errors import Refused
from requests.actions import take_for_research
from requests.models import Exclusion, Study, SupportRequest
from requests.study.models import Recommends
from requests.visits.actions import hand_over
from tests.cast import user
from tests.visits.desk import area, living_in, planned, referred, tomorrow


def sees(person, case) -> bool:
    return SupportRequest.objects.visible_to(person).filter(pk=case.pk).exists()


def test_without_areas_it_waits_in_the_queue_of_the_branch(cast, salem, day_one):
    case = referred(cast, living_in(cast, "النخيل", "الرياض"))
    assert case.researcher is None
    assert sees(cast.reem, case)
    assert sees(salem, case)


@pytest.mark.parametrize(
    ("reems", "salems", "whose"),
    [
        ({"district": "النخيل"}, {"city": "الرياض"}, "reem"),  # district before city
        ({"city": "الرياض"}, {}, "reem"),  # city before branch
        ({}, {"district": "الربوة"}, "reem"),  # another district is no area of theirs
        ({"district": "حي نخيل"}, {}, "reem"),  # as people write it
        ({"city": "جدة", "district": "النخيل"}, {}, "salem"),  # a district of the same name elsewhere
        ({"branch": "north"}, {"city": "مدينة الرياض"}, "salem"),
        ({"branch": "north"}, {"branch": "north"}, None),
    ],
)
def test_the_closest_area_has_the_case(cast, salem, day_one, reems, salems, whose):
    area(cast.reem, **reems)
    area(salem, **salems)
    case = referred(cast, living_in(cast, "النخيل", "الرياض"))
    assert case.researcher == {"reem": cast.reem, "salem": salem, None: None}[whose]


def test_a_home_with_no_address_lies_in_its_branch(cast, salem, day_one):
    area(cast.reem, "النخيل")
    area(salem)
    assert referred(cast).researcher == salem


def test_the_home_of_a_merged_file_is_looked_for_in_the_current_one(cast, salem, day_one):
    area(cast.reem, "النخيل")
    area(salem)
    old, current = living_in(cast, "الربوة"), living_in(cast, "النخيل")
    type(old).objects.filter(pk=old.pk).update(merged_into=current)
    old.refresh_from_db()
    case = referred(cast, old)
    assert case.researcher == cast.reem


def test_among_equals_the_one_with_fewest_open_studies(cast, salem, day_one):
    area(cast.reem, "النخيل")
    area(salem, "النخيل")
    given = [referred(cast, living_in(cast, "النخيل")).researcher for _each in range(4)]
    assert given == [cast.reem, salem, cast.reem, salem]


def test_the_record_says_that_the_portal_gave_it(cast, salem, day_one):
    area(salem)
    row = history(referred(cast)).get(verb="assigned")
    assert (row.actor, row.changes) == ("system", {"researcher": [None, salem.pk]})


def test_never_to_the_verifier_nor_to_whoever_has_a_conflict(cast, salem, day_one):
    both = user("both", "هند العمري", Role.OFFICER, Role.RESEARCHER)
    area(both, "النخيل")
    area(salem)
    assert referred(cast, living_in(cast, "النخيل", by=both), by=both).researcher == salem


def test_nor_to_an_account_that_is_closed_or_researches_no_more(cast, salem, day_one):
    for person, changes in ((cast.reem, {"is_active": False}), (salem, {"roles": ["officer"]})):
        area(person)
        type(person).objects.filter(pk=person.pk).update(**changes)
    assert referred(cast).researcher is None


# The unassigned queue


def test_an_area_narrows_the_unassigned_queue_to_what_lies_in_it(cast, salem, day_one):
    near, far = (referred(cast, living_in(cast, each)) for each in ("النخيل", "الربوة"))
    area(cast.reem, "النخيل")
    area(salem, "الربوة")
    assert [sees(who, case) for who in (cast.reem, salem) for case in (near, far)] == [True, False, False, True]


def test_what_lies_in_nobodys_area_is_in_the_queue_of_the_branch(cast, salem, day_one):
    area(cast.reem, "النخيل")
    area(salem, branch="north")
    case = referred(cast, living_in(cast, "العليا"))
    assert case.researcher is None
    assert (sees(cast.reem, case), sees(salem, case)) == (True, False)
    assert take_for_research(case, by=cast.reem).researcher == cast.reem


def test_one_whose_only_researcher_may_not_have_it_is_not_lost(cast, salem, day_one):
    area(salem, "الربوة")
    case = referred(cast, living_in(cast, "النخيل"))
    area(cast.reem, "النخيل")
    assert not sees(salem, case)
    Exclusion.objects.create(case=case, user=cast.reem, why=Exclusion.Why.CONFLICT_DECLARED)
    assert (sees(cast.reem, case), sees(salem, case)) == (False, True)


def test_who_has_no_area_declared_keeps_the_queue_of_the_branch(cast, salem, day_one):
    case = referred(cast, living_in(cast, "النخيل"))
    area(salem, "النخيل")
    assert sees(cast.reem, case)


def test_a_case_outside_ones_area_is_not_taken(cast, salem, day_one):
    case = referred(cast, living_in(cast, "النخيل"))
    area(salem, "النخيل")
    area(cast.reem, "الربوة")
    with pytest.raises(Refused):
        take_for_research(case, by=cast.reem)


# Handing over


def test_a_case_is_handed_over_with_its_study_and_its_appointments(cast, salem, taken):
    Study.objects.create(case=taken, researcher=cast.reem, recommends=Recommends.APPROVE)
    visit = planned(taken, cast.reem, tomorrow())
    case = hand_over(taken, by=cast.reem, to=salem, why="إجازة")
    visit.refresh_from_db()
    assert (case.researcher, case.study.researcher, visit.researcher) == (salem, salem, salem)
    row = history(case).get(verb="handed_over")
    assert (row.changes, row.why) == ({"researcher": [cast.reem.pk, salem.pk]}, "إجازة")
    assert not sees(cast.reem, case)


def test_the_manager_hands_over_and_gives_out_what_nobody_has(cast, salem, day_one):
    case = hand_over(referred(cast), by=cast.manager, to=salem, why="الأقرب")
    assert hand_over(case, by=cast.manager, to=cast.reem, why="مرض سالم").researcher == cast.reem


@pytest.mark.parametrize("who", ["noura", "salem", "secretary", "it"])
def test_nobody_else_hands_a_case_over(cast, salem, taken, who):
    with pytest.raises(Refused):
        hand_over(taken, by=salem if who == "salem" else getattr(cast, who), to=salem, why="…")


def test_it_is_not_handed_to_whoever_may_not_study_it(cast, salem, taken):
    Exclusion.objects.create(case=taken, user=salem, why=Exclusion.Why.CONFLICT_DETECTED)
    for to in (salem, cast.noura, cast.reem):
        with pytest.raises(Refused):
            hand_over(taken, by=cast.manager, to=to, why="…")


def test_a_colleague_who_is_elsewhere_then_is_not_given_the_appointment(cast, salem, taken):
    planned(taken, cast.reem, tomorrow())
    other = take_for_research(referred(cast), by=salem)
    planned(other, salem, tomorrow(), minutes=15)
    with pytest.raises(Refused, match="موعد آخر"):
        hand_over(taken, by=cast.reem, to=salem, why="…")
    taken.refresh_from_db()
    assert taken.researcher == cast.reem


def test_after_research_a_case_changes_hands_no_more(cast, salem, case_at):
    with pytest.raises(Refused, match="ليس"):
        hand_over(case_at("committee_review"), by=cast.manager, to=salem, why="…")


def test_an_area_stands_once(cast, day_one):
    area(cast.reem, "النخيل")
    with pytest.raises(Exception, match="an_area_once"):
        Area.objects.create(researcher=cast.reem, branch=cast.reem.branch, district="النخيل")
