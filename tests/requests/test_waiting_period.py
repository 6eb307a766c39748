"""Rule 1: the answer comes no earlier than the promised period, for everybody, in the code and in the database."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from committee.actions import issue
from core.errors import Refused
from policies.models import Association
from requests import workflow
from requests.actions import postpone, tell_period
from requests.models import Decision, SupportRequest
from tests.cast import amend, new_case, walk

DAY_13_LAST_SECOND = "2026-12-05T23:59:59+03:00"
DAY_14_FIRST_SECOND = "2026-12-06T00:00:00+03:00"


def sql(statement: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def carried(case_at):
    return case_at("carried")


def test_the_date_is_the_day_told_plus_fourteen_days(case):
    assert case.earliest_decision_on == date(2026, 12, 6)


@pytest.mark.parametrize("hour", ["00:00:01", "23:59:59"])
def test_the_hour_of_telling_does_not_matter(cast, day_one, hour):
    day_one.move_to(f"2026-11-22T{hour}+03:00")
    assert new_case(by=cast.noura).earliest_decision_on == date(2026, 12, 6)


def test_the_day_is_counted_in_riyadh_not_in_utc(cast, day_one):
    day_one.move_to("2026-11-22T22:30:00+00:00")  # 01:30 of the 23rd in Riyadh
    assert new_case(by=cast.noura).earliest_decision_on == date(2026, 12, 7)


def test_the_last_second_of_day_thirteen_is_refused_with_the_date_in_both_calendars(carried, cast, day_one):
    day_one.move_to(DAY_13_LAST_SECOND)
    with pytest.raises(Refused) as refusal:
        issue(carried, by=cast.chair)
    assert "الأحد 26 جمادى الآخرة 1448هـ الموافق 6 ديسمبر 2026م" in refusal.value.sentence
    assert "أسبوعين" in refusal.value.sentence


def test_the_first_second_of_day_fourteen_is_accepted(carried, cast, day_one):
    day_one.move_to(DAY_14_FIRST_SECOND)
    assert issue(carried, by=cast.chair).decided_on == date(2026, 12, 6)


@pytest.mark.parametrize("state", ["approved", "rejected", "registered", "delivered"])
def test_the_database_refuses_an_early_decision_by_raw_sql(carried, state):
    with pytest.raises(DatabaseError, match="decided_on_or_after_the_earliest_date"):
        sql(
            "UPDATE requests_supportrequest SET state = %s, decided_on = %s WHERE id = %s",
            state,
            carried.earliest_decision_on - timedelta(days=1),
            carried.pk,
        )


@pytest.mark.parametrize("state", ["approved", "rejected", "registered", "delivered"])
def test_the_database_refuses_a_decision_without_a_day(carried, state):
    with pytest.raises(DatabaseError, match="decided_on_or_after_the_earliest_date"):
        sql("UPDATE requests_supportrequest SET state = %s WHERE id = %s", state, carried.pk)


@pytest.mark.parametrize(
    "change",
    [
        "earliest_decision_on = earliest_decision_on - 1",
        "earliest_decision_on = NULL, waiting_from = NULL, informed_at = NULL",
        "waiting_from = waiting_from - 1, earliest_decision_on = earliest_decision_on - 1",
        "min_decision_days = 1",
        "informed_at = informed_at - interval '1 day'",
        "waiting_starts_at = 'committee_referral'",
        "received_at = received_at - interval '14 days'",
    ],
)
def test_the_database_refuses_that_the_date_moves(carried, change):
    with pytest.raises(DatabaseError, match="never moves"):
        sql(f"UPDATE requests_supportrequest SET {change} WHERE id = %s", carried.pk)


def test_the_database_refuses_a_date_that_is_not_start_plus_days(case):
    columns = [field.column for field in SupportRequest._meta.concrete_fields if field.column != "id"]
    changed = {"earliest_decision_on": "waiting_from + 13", "reference": "'482915736'", "status_token": "'x'"}
    copied = ", ".join(changed.get(column, column) for column in columns)
    with pytest.raises(DatabaseError, match="earliest_is_start_plus_pinned_days"):
        sql(
            f"INSERT INTO requests_supportrequest ({', '.join(columns)}) SELECT {copied} "
            f"FROM requests_supportrequest WHERE id = %s",
            case.pk,
        )


def test_a_postponement_moves_nothing_and_waits_for_its_own_day(carried, cast, day_one):
    postpone(carried, by=cast.secretary, until=date(2026, 12, 9))
    day_one.move_to(DAY_14_FIRST_SECOND)
    with pytest.raises(Refused, match="9 ديسمبر 2026م"):
        issue(carried, by=cast.chair)
    assert SupportRequest.objects.get(pk=carried.pk).earliest_decision_on == date(2026, 12, 6)


def test_papers_asked_for_move_nothing(case, cast, day_one):
    waiting = walk(case, cast, to="awaiting_documents")
    day_one.shift(timedelta(days=5))
    for check in waiting.checks.all():
        check.state, check.valid_until = "accepted", date(2040, 1, 1)
        check.save()
    assert workflow.perform(waiting, "papers_complete", by=cast.noura).earliest_decision_on == date(2026, 12, 6)


def test_a_letter_has_no_date_until_the_person_is_told(cast, day_one):
    case = new_case(by=cast.noura, channel="letters", informed=False)
    case.checks.update(state="accepted", valid_until="2040-01-01")
    assert case.earliest_decision_on is None
    assert "أبلغ صاحب الطلب" in workflow.why_not(case, "verify", by=cast.noura)


def test_telling_starts_the_period_once(cast, day_one):
    case = new_case(by=cast.noura, channel="letters", informed=False)
    day_one.shift(timedelta(days=3))
    assert tell_period(case, by=cast.noura).earliest_decision_on == date(2026, 12, 9)
    with pytest.raises(Refused):
        tell_period(case, by=cast.noura)


def test_an_association_may_count_from_the_referral_to_the_committee(cast, day_one):
    Association.objects.update(waiting_starts_at="committee_referral")
    case = new_case(by=cast.noura)
    assert case.earliest_decision_on is None
    day_one.shift(timedelta(days=4))
    assert walk(case, cast, to="committee_review").earliest_decision_on == date(2026, 12, 10)


def test_a_new_policy_moves_new_requests_only(case, cast, day_one):
    amend(min_decision_days=21)
    later = new_case(by=cast.noura)
    case.refresh_from_db()
    assert (case.earliest_decision_on, later.earliest_decision_on) == (date(2026, 12, 6), date(2026, 12, 13))


def test_votes_are_cast_before_the_date_and_the_decision_waits(carried):
    assert carried.state == "committee_review"
    assert Decision.objects.get(case=carried).issued_by is None
