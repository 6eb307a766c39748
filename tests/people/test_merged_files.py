"""Merged files of one person are one file to every rule: what stands in either counts in both, until it is undone."""

import pytest

from beneficiaries.duplicates.actions import merge_files, propose_merge, undo_merge
from beneficiaries.household import rules as household
from beneficiaries.household.actions import add_member
from beneficiaries.means import rules as means
from beneficiaries.means.actions import add_means
from beneficiaries.models import Person
from beneficiaries.representatives.actions import end_representation, represent
from beneficiaries.representatives.rules import why_not
from core.errors import Refused
from tests.cast import new_person, sample_id

OF_A_CHILD, OF_A_GUARDIAN, OF_NOBODY = sample_id(8901), sample_id(8902), sample_id(8903)


@pytest.fixture
def pair(cast, day_one):
    """One person twice: the household and the guardian stand in the file that is merged into the other."""
    kept, merged = new_person(by=cast.noura), new_person(by=cast.noura, household_size=1)
    add_member(merged, by=cast.noura, name="ليلى محمد العنزي", relation="child", sex="female", national_id=OF_A_CHILD)
    guardian = {"kind": "guardian", "name": "سعد سالم العنزي", "national_id": OF_A_GUARDIAN, "deed_number": "4410"}
    represent(merged, by=cast.noura, mobile="+966550008802", valid_until=None, **guardian)
    return kept, merged


@pytest.fixture
def merge(pair, cast):
    kept, merged = pair
    proposed = propose_merge(kept=kept, merged=merged, by=cast.noura, why="رأيت البطاقتين", numbers="mistyped")
    return merge_files(proposed, by=cast.saad)


def kept_of(merge) -> Person:
    return Person.objects.get(pk=merge.kept_id)


def test_an_id_of_either_file_is_no_members(pair, merge):
    kept, merged = pair
    for taken in (kept.national_id, merged.national_id, OF_A_CHILD):
        assert household.id_taken(kept_of(merge), taken)
    assert household.id_taken(kept_of(merge), OF_NOBODY) is None


def test_before_the_merge_and_after_its_undoing_the_other_file_is_another_persons(pair, cast):
    kept, merged = pair
    assert household.id_taken(kept, OF_A_CHILD) is None
    proposed = propose_merge(kept=kept, merged=merged, by=cast.noura, why="رأيت البطاقتين", numbers="mistyped")
    undo_merge(merge_files(proposed, by=cast.saad), by=cast.saad, why="أخوان", two_people=True)
    assert household.id_taken(Person.objects.get(pk=kept.pk), OF_A_CHILD) is None


def test_a_member_is_still_themselves_when_amended(merge):
    child = Person.objects.get(pk=merge.merged_id).household.get()
    assert household.id_taken(kept_of(merge), OF_A_CHILD, but=child) is None


def guardian(person: Person, national_id: str = OF_NOBODY, kind: str = "guardian") -> str | None:
    return why_not(person, kind=kind, national_id=national_id, deed_number="5520")


def test_a_second_guardian_is_none_whichever_file_has_the_first(pair, merge, cast):
    assert guardian(kept_of(merge))
    assert guardian(kept_of(merge), kind="agent") is None
    end_representation(pair[1].representatives.get(), by=cast.noura)
    assert guardian(kept_of(merge)) is None


def test_nobody_speaks_for_themselves_under_another_number(pair, merge):
    for own in pair:
        assert guardian(kept_of(merge), own.national_id, kind="agent")


def test_a_household_has_its_most_over_both_files(merge, cast, monkeypatch):
    monkeypatch.setattr(household, "MOST_MEMBERS", 2)
    child = {"relation": "child", "sex": "male"}
    add_member(kept_of(merge), by=cast.noura, name="سالم محمد العنزي", **child)
    with pytest.raises(Refused):
        add_member(kept_of(merge), by=cast.noura, name="فهد محمد العنزي", **child)


def test_it_is_never_said_to_be_smaller_than_those_written_down_in_both(merge, cast):
    Person.objects.filter(pk=merge.kept_id).update(household_size=2)
    add_member(kept_of(merge), by=cast.noura, name="سالم محمد العنزي", relation="child", sex="male")
    assert kept_of(merge).household_size == 3


def test_lines_of_income_have_their_most_over_both_files(pair, merge, cast, monkeypatch):
    monkeypatch.setattr(means, "MOST_LINES", 2)
    line = {"kind": "pension", "amount": 900, "every": "month"}
    for person in pair:
        add_means(person, by=cast.noura, **line)
    with pytest.raises(Refused):
        add_means(kept_of(merge), by=cast.noura, **line)
