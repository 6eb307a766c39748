"""Reopening on an objection: by its row alone, once, and by other hands than the first decision's."""

import pytest
from django.db import DatabaseError, transaction

from committee import actions as committee
from committee.models import AgendaItem
from core.errors import Refused
from core.models import OutboxRow
from oversight.demo.walk import open_meeting
from requests import workflow
from requests.models import SupportRequest
from tests.appeal.desk import objected


def reopen(case, cast):
    return workflow.perform(case, "reopen_on_appeal", by=cast.secretary)


@pytest.fixture
def rejected(case_at):
    return case_at("rejected")


def test_without_an_objection_nothing_reopens(rejected, cast):
    with pytest.raises(Refused, match="لم يعترض أحد"):
        reopen(rejected, cast)


def test_nor_does_raw_sql_reopen_it(rejected):
    with pytest.raises(DatabaseError, match="one appeal alone"), transaction.atomic():
        SupportRequest.objects.filter(pk=rejected.pk).update(state="committee_review")


def test_an_objection_in_time_counts_also_when_the_secretary_is_late(rejected, cast, day_one):
    objected(rejected, cast)
    day_one.move_to("2027-12-01T09:00:00+03:00", tick=False)
    reopened = reopen(rejected, cast)
    assert (reopened.state, reopened.decided_on, reopened.decision_told_at) == ("committee_review", None, None)


def test_the_earliest_date_stays_and_the_person_hears_of_it(rejected, cast):
    objected(rejected, cast)
    assert reopen(rejected, cast).earliest_decision_on == rejected.earliest_decision_on
    assert OutboxRow.objects.filter(event="appeal_taken_up").count() == 1


def test_the_first_voters_and_the_issuer_take_no_part_in_the_second_decision(rejected, cast):
    objected(rejected, cast)
    case = reopen(rejected, cast)
    item = AgendaItem.objects.get(meeting=open_meeting(cast), case=case)
    for person in cast.voters:  # four voted, the chair issued
        with pytest.raises(Refused, match="دورًا سابقًا"):
            committee.cast_vote(item, by=person, choice="yes")


def test_it_is_reopened_once(rejected, cast):
    objected(rejected, cast)
    case = reopen(rejected, cast)
    SupportRequest.objects.filter(pk=case.pk).update(state="rejected", decided_on=rejected.decided_on)
    with pytest.raises(Refused, match="مرة"):
        reopen(SupportRequest.objects.get(pk=case.pk), cast)
