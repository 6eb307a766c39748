"""Who lives there and what the file says beside the study reach whoever decides, and stay as they were."""

import pytest
from django.urls import reverse

from beneficiaries.home.actions import settle_home
from beneficiaries.household.actions import add_member
from core.hijri import parse
from requests.appeal.actions import take_up
from requests.appeal.page import frozen_file
from requests.models import StudyResult, StudySection
from requests.study import picture, result
from tests import recorded
from tests.appeal.desk import objected
from tests.cast import client_of
from tests.study.desk import OPINION, fill, send

SECOND_SHAPE = {"shape", "household", "known"}


@pytest.fixture
@recorded.kept_rows
def family(taken, cast):
    add_member(
        taken.person, by=cast.noura, name="سارة محمد سالم", relation="child", sex="female",
        birth=parse("1/1/1440"), situation="studies", health="ربو",
    )  # fmt: skip
    settle_home(taken.person, by=cast.noura, city="الرياض", district="النسيم", tenure="rented", rooms=3)
    return taken


@pytest.fixture
@recorded.kept_rows
def raised(family, cast):
    fill(cast.reem, family)
    send(cast.reem, family, "opinion", **OPINION)
    family.refresh_from_db()
    return family


def read(person, case, projector=False) -> str:
    there = reverse("committee:case", args=[case.reference])
    return client_of(person).get(there + ("?projector=1" if projector else "")).content.decode()


def opened(person):
    person.reads_sensitive = True
    person.save()
    return person


def test_the_committee_reads_who_lives_there_and_what_the_file_says(raised, cast):
    page = read(cast.member1, raised)
    for words in ("سارة محمد سالم", "ابنة", "تدرس", "الرياض، النسيم"):
        assert words in page


def test_a_projector_shows_the_relation_and_neither_name_nor_address(raised, cast):
    page = read(cast.member1, raised, projector=True)
    assert "ابنة" in page
    for words in ("سارة محمد سالم", "النسيم"):
        assert words not in page


def test_health_is_for_whoever_reads_sensitive_data_and_others_are_told_of_it(raised, cast):
    page = read(cast.member1, raised)
    assert "ربو" not in page
    assert "وحسابك لا يعرضها" in page
    page = read(opened(cast.member1), raised)
    assert "ربو" in page
    assert "وحسابك لا يعرضها" not in page


def test_the_result_keeps_the_household_whatever_the_file_says_later(raised, cast):
    inputs = StudyResult.objects.get().inputs
    assert inputs["shape"] == result.INPUTS
    assert [(row["name"], row["health"]) for row in inputs["household"]][1:] == [("سارة محمد سالم", "ربو")]
    assert ["العنوان", "الرياض، النسيم"] in inputs["known"]["contact"]
    add_member(raised.person, by=cast.noura, name="نوف محمد", relation="child", sex="female")
    assert "نوف محمد" not in read(cast.member1, raised)


def test_a_result_of_the_first_shape_is_read_with_the_file_of_today(raised, cast):
    old = {name: value for name, value in StudyResult.objects.get().inputs.items() if name not in SECOND_SHAPE}
    StudyResult.objects.create(study=raised.study, formula=1, inputs=old, made_by=cast.reem)
    assert "سارة محمد سالم" in read(cast.member1, raised)


def test_a_policy_that_asks_no_household_keeps_none(family):
    family.policy_version.asks_household = False
    found = picture.picture_of(family)
    assert found["household"] == []
    assert set(found["known"]) == {"contact"}


@pytest.fixture
def frozen(case_at, cast):
    case = case_at("rejected")
    add_member(case.person, by=cast.noura, name="سارة محمد سالم", relation="child", sex="female", health="ربو")
    return objected(case, cast).frozen


def test_the_frozen_file_holds_the_household_the_decision_was_taken_on(frozen):
    """Who was written down between the decision and the objection is not in it."""
    assert [row["name"] for row in frozen.data["household"]] == [frozen.appeal.case.person.full_name]


def test_the_frozen_file_shows_the_household_as_each_reads(raised, cast):
    data = {"request": {}, "decision": {}} | picture.kept(raised.study)
    shown = picture.household_for(cast.member1, data["household"])
    assert (shown["closed"], [row["health"] for row in shown["rows"]]) == (True, ["", ""])
    shown = picture.household_for(opened(cast.member1), data["household"])
    assert (shown["closed"], [row["health"] for row in shown["rows"]]) == (False, ["", "ربو"])


def test_a_file_frozen_before_is_still_read(frozen):
    old = {name: value for name, value in frozen.data.items() if name not in ("household", "known", "photographs")}
    frozen.data = old
    shown = frozen_file(frozen, study=True)
    assert (shown["household"]["rows"], shown["where"], shown["known"]) == ([], [], [])


def test_whoever_decides_next_reads_it_and_a_projector_names_nobody(frozen, cast):
    case, name = frozen.appeal.case, frozen.data["household"][0]["name"]
    take_up(case, by=cast.secretary)
    assert name in read(cast.alternate, case)
    page = read(cast.alternate, case, projector=True)
    assert "أفراد الأسرة" in page
    assert name not in page


@pytest.mark.parametrize("section", ["identity", "contact", "household"])
def test_free_words_that_say_who_and_where_are_not_projected(raised, cast, section):
    StudySection.objects.filter(study__case=raised, name=section).update(differs="يسكن عند أخيه فهد في الدرعية")
    assert "الدرعية" in read(cast.member1, raised)
    assert "الدرعية" not in read(cast.member1, raised, projector=True)
