"""The minutes say what happened: who was there and when, what came of each case, how it was voted."""

import json

import pytest

from committee.minutes.actions import draft
from committee.models import Minutes
from core.errors import Refused
from tests.cast import client_of


def row(minutes, position: int) -> dict:
    return minutes.data["cases"][position - 1]


def test_they_bear_the_number_of_their_hijri_year_and_both_dates(minutes, cast):
    assert (minutes.year, minutes.number) == (1448, 1)
    page = client_of(cast.secretary).get("/committee/minutes/1448-1/").content.decode()
    assert "12 جمادى الآخرة 1448هـ الموافق 22 نوفمبر 2026م" in page


def test_who_came_late_who_left_who_sent_an_apology_and_who_did_neither(minutes, cast):
    times = {each["name"]: each["times"] for each in minutes.data["attendees"]}
    assert times[cast.chair.name] == []
    assert times[cast.alternate.name] == ["من 10:30 إلى 11:30"]
    assert times[cast.member2.name] == ["من 10:05 إلى 11:30"]
    assert cast.secretary.name in times
    assert [each["name"] for each in minutes.data["apologies"]] == [cast.deputy.name]
    assert [each["name"] for each in minutes.data["absentees"]] == [cast.member3.name]
    assert next(each["name"] for each in minutes.data["attendees"] if each["presided"]) == cast.chair.name


def test_the_quorum_is_told(minutes):
    assert minutes.data["quorum"] == {"seats": 5, "needed": 3, "present": 4}


def test_an_open_vote_says_who_voted_what_and_who_took_no_part(minutes, cast):
    first = row(minutes, 1)
    vote = first["votes"][0]
    assert (vote["yes"], vote["no"], vote["abstained"], vote["present"]) == (2, 1, 0, 3)
    assert {each["name"]: each["choice"] for each in vote["named"]} == {
        cast.chair.name: "موافق",
        cast.member2.name: "موافق",
        cast.alternate.name: "غير موافق",
    }
    assert [each["name"] for each in first["recused"]] == [cast.member1.name]
    assert (first["came_to"], first["decided"]) == ("carried", "قبول")
    assert "3,000 ريال" in first["given"]


def test_of_a_secret_vote_there_are_counts_and_no_names(minutes, cast):
    vote = row(minutes, 2)["votes"][0]
    assert (vote["secret"], vote["yes"], vote["no"], vote["abstained"]) == (True, 1, 2, 1)
    assert vote["named"] == []
    assert row(minutes, 2)["came_to"] == "lost"


def test_a_tie_and_what_the_room_was_too_small_for(minutes):
    assert [row(minutes, position)["came_to"] for position in (3, 4, 5)] == ["tied", "no_quorum", "no_quorum"]
    assert "الحاضرون 2" in row(minutes, 4)["decided"]


def test_nobody_who_is_served_is_named_and_no_ground_of_a_conflict_is_told(minutes, met):
    written = json.dumps(minutes.data, ensure_ascii=False)
    assert not [case for case in met.cases if case.person.family_name in written or case.person.full_name in written]
    assert "قرابة" not in written
    assert all(case.reference in written for case in met.cases)


def test_drafted_twice_they_are_the_same(minutes, met, cast):
    assert draft(met.meeting, by=cast.secretary) == minutes
    assert Minutes.objects.count() == 1


def test_only_the_secretary_drafts_and_only_when_the_meeting_is_over(met, cast, day_one):
    with pytest.raises(Refused):
        draft(met.meeting, by=cast.chair)
    from committee.meetings.actions import open_meeting

    going_on = open_meeting(by=cast.secretary)
    with pytest.raises(Refused):
        draft(going_on, by=cast.secretary)


def test_what_happens_later_changes_nothing(minutes, met, cast):
    before = json.dumps(minutes.data)
    cast.chair.name = "اسم آخر"
    cast.chair.save()
    assert json.dumps(Minutes.objects.get().data) == before
