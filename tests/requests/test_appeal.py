"""Reopening on an objection: inside the period, once, and by other hands than the first decision's."""

from datetime import timedelta

import pytest

from committee import actions as committee
from committee.models import AgendaItem
from core.errors import Refused
from core.models import Reminder
from oversight.demo.walk import open_meeting
from policies.models import Association
from requests import workflow


def reopen(case, cast):
    return workflow.perform(case, "reopen_on_appeal", by=cast.secretary, why="ظهرت وثيقة جديدة")


@pytest.fixture
def rejected(case_at):
    return case_at("rejected")


@pytest.fixture
def last_day(rejected):
    return rejected.decided_on + timedelta(days=Association.current().appeal_days)


def test_the_last_day_of_the_period_is_inside_it(rejected, cast, day_one, last_day):
    day_one.move_to(f"{last_day}T23:59:59+03:00", tick=False)
    reopened = reopen(rejected, cast)
    assert (reopened.state, reopened.decided_on, reopened.decision_told_at) == ("committee_review", None, None)


def test_the_day_after_it_is_refused(rejected, cast, day_one, last_day):
    day_one.move_to(f"{last_day + timedelta(days=1)}T00:00:00+03:00", tick=False)
    with pytest.raises(Refused, match="انتهت مهلة الاعتراض"):
        reopen(rejected, cast)


def test_a_reason_is_written(rejected, cast):
    with pytest.raises(Refused, match="اكتب السبب"):
        workflow.perform(rejected, "reopen_on_appeal", by=cast.secretary, why=" ")


def test_the_earliest_date_stays_and_the_person_hears_of_it(rejected, cast):
    assert reopen(rejected, cast).earliest_decision_on == rejected.earliest_decision_on
    assert Reminder.objects.filter(kind="earliest_date_reached", key__endswith=":appeal").count() == 1


def test_the_first_voters_and_the_issuer_take_no_part_in_the_second_decision(rejected, cast):
    case = reopen(rejected, cast)
    item = AgendaItem.objects.get(meeting=open_meeting(cast), case=case)
    for person in cast.voters:  # four voted, the chair issued
        with pytest.raises(Refused, match="دورًا سابقًا"):
            committee.cast_vote(item, by=person, choice="yes")


def test_it_is_reopened_once(rejected, cast, day_one):
    case = reopen(rejected, cast)
    case.steps.model.objects.create(case=case, action="reject", to_state="rejected", by=cast.deputy, why="")
    type(case).objects.filter(pk=case.pk).update(state="rejected", decided_on=rejected.decided_on)
    with pytest.raises(Refused, match="مرة"):
        reopen(type(case).objects.get(pk=case.pk), cast)
