"""What no SQL may invent: a request that begins anywhere but at its beginning (rules 1 and 2)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError

from policies.models import Association, PolicyVersion
from requests.models import ProgrammePermit, SupportRequest
from requests.permits.actions import propose
from requests.rules import Applicant
from tests.cast import new_case
from tests.permits.desk import FACTS
from tests.security.test_database import as_the_application

NOW = {"received_at": "now()", "state_since": "now()"}
TOLD_NOW = {
    "informed_at": "now()",
    "waiting_from": "(now() AT TIME ZONE 'Asia/Riyadh')::date",
    "earliest_decision_on": "(now() AT TIME ZONE 'Asia/Riyadh')::date + min_decision_days::integer",
}
UNTOLD = {"informed_at": "NULL", "waiting_from": "NULL", "earliest_decision_on": "NULL"}


def copy(row, **changed: str) -> None:
    """Insert a second row like `row` as the application's role, with some columns said in SQL."""
    table, own = row._meta.db_table, {"reference": "'482915736'", "status_token": "'another'"}
    columns = [field.column for field in row._meta.concrete_fields if field.column != "id"]
    values = ", ".join((own | changed).get(column, column) for column in columns)
    as_the_application(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE id = %s", row.pk)


@pytest.fixture
def told(cast):
    """A request received at the true hour: the database has no other clock than its own."""
    return new_case(by=cast.noura)


def test_a_request_told_now_is_taken(told):
    """The control: what the refusals below leave is the ordinary way."""
    copy(told, **NOW, **TOLD_NOW)
    assert SupportRequest.objects.count() == 2


INVENTED = {
    "fewer days": ("version in force", {"min_decision_days": "1"} | UNTOLD),
    "fewer days, and a date to match": (
        "version in force",
        TOLD_NOW | {"min_decision_days": "1", "earliest_decision_on": "waiting_from + 1"},
    ),
    "more days": ("version in force", {"min_decision_days": "15"} | UNTOLD),
    "approved": ("begins as received", {"state": "'approved'", "decided_on": "earliest_decision_on"}),
    "with the committee": ("begins as received", {"state": "'committee_review'"}),
    "a day of deciding": ("begins as received", {"decided_on": "earliest_decision_on"}),
    "a decision told": ("begins as received", {"decision_told_at": "now()", "decision_told_how": "'phone'"}),
    "another start": ("where the association says", {"waiting_starts_at": "'committee_referral'"} | UNTOLD),
    "told a fortnight ago": (
        "told in the past",
        {
            "informed_at": "now() - interval '14 days'",
            "waiting_from": "(now() AT TIME ZONE 'Asia/Riyadh')::date - 14",
            "earliest_decision_on": "(now() AT TIME ZONE 'Asia/Riyadh')::date - 14 + min_decision_days::integer",
        },
    ),
    "received a month ago": ("told in the past", {"received_at": "now() - interval '30 days'"}),
}


@pytest.mark.parametrize("what", INVENTED)
def test_no_sql_invents_a_request(told, what):
    sentence, changed = INVENTED[what]
    with pytest.raises(DatabaseError, match=sentence):
        copy(told, **NOW | TOLD_NOW | changed)


def test_a_version_that_is_not_in_force_binds_nobody(told):
    version = PolicyVersion.objects.get(pk=told.policy_version_id)
    version.pk, version.label, version.state, version.min_decision_days = None, "draft", "draft", 1
    version.published_at = None
    version.save()
    with pytest.raises(DatabaseError, match="version in force"):
        copy(told, **NOW, **UNTOLD, policy_version_id=str(version.pk), min_decision_days="1")


@pytest.mark.parametrize(("minutes", "taken"), [(9, True), (11, False)])
def test_two_machines_clocks_may_differ_by_ten_minutes(cast, minutes, taken):
    """Where the period counts from the referral: an hour near midnight would change the day otherwise."""
    Association.objects.update(waiting_starts_at="committee_referral")
    case = new_case(by=cast.noura)
    moment = f"now() - interval '{minutes} minutes'"
    if taken:
        copy(case, **NOW, informed_at=moment)
        return
    with pytest.raises(DatabaseError, match="told in the past"):
        copy(case, **NOW, informed_at=moment)


def test_a_letter_is_not_told_in_the_past(cast):
    letter = new_case(by=cast.noura, channel="letters", informed=False)
    told_then = (
        "UPDATE requests_supportrequest SET informed_at = {0}, waiting_from = ({0} AT TIME ZONE 'Asia/Riyadh')::date, "
        "earliest_decision_on = ({0} AT TIME ZONE 'Asia/Riyadh')::date + min_decision_days::integer WHERE id = %s"
    )
    with pytest.raises(DatabaseError, match="told in the past"):
        as_the_application(told_then.format("(now() - interval '14 days')"), letter.pk)
    as_the_application(told_then.format("now()"), letter.pk)
    letter.refresh_from_db()
    assert letter.informed_at


def test_the_referral_is_not_of_the_past(cast):
    Association.objects.update(waiting_starts_at="committee_referral")
    case = new_case(by=cast.noura)
    started = (
        "UPDATE requests_supportrequest SET waiting_from = (now() AT TIME ZONE 'Asia/Riyadh')::date - {0}, "
        "earliest_decision_on = (now() AT TIME ZONE 'Asia/Riyadh')::date - {0} + min_decision_days::integer "
        "WHERE id = %s"
    )
    with pytest.raises(DatabaseError, match="told in the past"):
        as_the_application(started.format(1), case.pk)
    as_the_application(started.format(0), case.pk)


def test_nobody_decides_on_a_day_that_has_not_come(told):
    """A CHECK cannot know today's date; the trigger can, and the day of deciding is the earliest date."""
    decided = "UPDATE requests_supportrequest SET state = 'approved', decided_on = earliest_decision_on WHERE id = %s"
    with pytest.raises(DatabaseError, match="decides in the future"):
        as_the_application(decided, told.pk)


def test_whoever_loads_the_sample_data_tells_of_the_past(cast, day_one):
    """The owner of the tables may: the sample's cases are weeks old, and pinned like any other."""
    day_one.move_to("2026-01-04T09:00:00+03:00")
    assert new_case(by=cast.noura).earliest_decision_on.isoformat() == "2026-01-18"


def test_the_owner_too_begins_at_the_beginning(told):
    """The owner may speak of the past, and of nothing else."""
    row = SupportRequest.objects.get(pk=told.pk)
    row.pk, row.reference, row.status_token, row.min_decision_days = None, "482915736", "another", 1
    row.earliest_decision_on = row.waiting_from + timedelta(days=1)
    with pytest.raises(DatabaseError, match="version in force"):
        row.save()


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "'issued'", "external_reference": "'T-1'", "answered_on": "'2026-11-20'"},
        {"state": "'raised'", "external_reference": "'T-1'"},
        {"raised_on": "'2026-11-20'"},
        {"answer_note": "'نعم'"},
    ],
)
def test_no_sql_invents_a_permit(load_pack, changed):
    load_pack("dawah")
    permit = propose(by=Applicant(), **FACTS)
    with pytest.raises(DatabaseError, match="begins as proposed"):
        copy(permit, **changed)


def test_a_programme_proposed_is_taken(load_pack):
    load_pack("dawah")
    copy(propose(by=Applicant(), **FACTS))
    assert ProgrammePermit.objects.count() == 2
