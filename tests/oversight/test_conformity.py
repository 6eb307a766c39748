"""The conformity report: real rows counted, the same rows behind each number, and honesty where nothing is measured."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from channels.actions import ask
from core.audit import System
from core.models import OutboxRow, OutboxState
from oversight.conformity.clauses import practice_of
from oversight.conformity.measures import MEASURES, Asked
from oversight.conformity.period import Period
from oversight.conformity.report import counted, list_url, report
from policies.actions import acknowledge
from policies.models import Association, PolicyVersion, Procedure
from requests.models import Declaration
from requests.permits.actions import propose
from tests.cast import amend, client_of, new_case
from tests.paper import holds, is_tagged
from tests.permits.desk import FACTS

DAY_ONE = Period(date(2026, 11, 22), date(2026, 11, 22))
SEASON = Period(date(2026, 11, 1), date(2026, 12, 31))


def count(name: str, period: Period = SEASON, of: str = "") -> int:
    asked = Asked(period, PolicyVersion.in_force(), Association.current())
    return counted(asked, [(name, of)])[name, of]


def found(period: Period = SEASON) -> dict:
    return report(PolicyVersion.in_force(), period, Association.current())


def row(clause_id: str, period: Period = SEASON) -> dict:
    rows = [row for part in found(period)["sections"] for row in part["rows"]]
    return next(row for row in rows if row["clause"].clause_id == clause_id)


def numbers(clause_id: str, period: Period = SEASON) -> dict[str, int]:
    return {
        each["name"]: each["n"] for each in (*row(clause_id, period)["numbers"], *row(clause_id, period)["exceptions"])
    }


def page(cast, **query):
    return client_of(cast.manager).get(reverse("oversight:conformity"), query)


@pytest.fixture
def delivered(case_at):
    return case_at("delivered")


def test_every_step_of_a_request_is_counted_under_its_clause(delivered):
    assert numbers("PS-1")["requests_received"] == 1
    assert numbers("PS-2") == {"verified": 1}
    assert numbers("PS-4") == {"drawn": 0, "paper": 1, "unsigned": 0}
    assert numbers("PS-5") == {"told": 1, "referred": 1, "recommended": 1, "decided": 1, "early": 0}
    assert (numbers("PS-6"), numbers("PS-7")) == ({"registered": 1}, {"delivered": 1})


@pytest.mark.parametrize(
    ("instant", "counts"),
    [
        ("2026-11-21T23:59:59+03:00", 0),
        ("2026-11-22T00:00:00+03:00", 1),
        ("2026-11-22T23:59:59+03:00", 1),
        ("2026-11-23T00:00:00+03:00", 0),
    ],
)
def test_a_day_begins_and_ends_at_midnight_in_riyadh(cast, day_one, instant, counts):
    day_one.move_to(instant, tick=False)
    new_case(by=cast.noura)
    assert count("requests_received", DAY_ONE) == counts


def test_a_request_decided_before_its_date_would_be_counted(delivered):
    """The control: the database refuses such a row; with its CHECK away, the query sees it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for rule in ("decided_on_or_after_the_earliest_date", "earliest_date_and_its_start_stand_together"):
            cursor.execute(f"ALTER TABLE requests_supportrequest DROP CONSTRAINT {rule}")
        cursor.execute("ALTER TABLE requests_supportrequest DISABLE TRIGGER USER")
        early = delivered.earliest_decision_on - timedelta(days=1)
        cursor.execute("UPDATE requests_supportrequest SET decided_on = %s", [early])
    assert count("early") == 1
    assert "early" in [number["name"] for number in found()["exceptions"]]


def test_on_its_date_a_decision_is_no_exception(delivered):
    assert delivered.decided_on == delivered.earliest_decision_on
    assert count("early") == 0


def test_a_request_without_a_declaration_would_be_counted(cast, day_one):
    case = new_case(by=cast.noura)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE requests_declaration DISABLE TRIGGER USER")
    Declaration.objects.filter(case=case).delete()
    assert count("unsigned") == 1


def test_channels_are_counted_each_for_itself(cast, day_one):
    new_case(by=cast.noura, channel="phone")
    new_case(by=cast.noura)
    ask(by=System(), text="متى الدوام؟", mobile="+966550000009")
    assert numbers("CH-1") == {"requests_via": 1, "inquiries_via": 0}
    assert numbers("CH-2") == {"requests_via": 1, "inquiries_via": 0}
    assert numbers("CH-7") == {"requests_via": 0, "inquiries_via": 1}


@pytest.mark.parametrize(("hours", "in_time", "late"), [(23, 1, 0), (24, 1, 0), (25, 0, 1)])
def test_an_inquiry_is_in_time_up_to_the_associations_target(cast, day_one, hours, in_time, late):
    inquiry = ask(by=System(), text="متى الدوام؟", mobile="+966550000009")
    day_one.shift(timedelta(hours=hours))
    inquiry.answered_at, inquiry.answered_by, inquiry.answer = (
        inquiry.asked_at + timedelta(hours=hours),
        cast.noura,
        "٨",
    )
    inquiry.save()
    assert (count("in_time"), count("late")) == (in_time, late)


def test_an_unanswered_inquiry_is_late_only_past_its_target(cast, day_one):
    ask(by=System(), text="متى الدوام؟", mobile="+966550000009")
    assert count("late") == 0
    day_one.shift(timedelta(hours=25))
    assert count("late") == 1


def test_messages_that_failed_are_an_exception(cast, day_one):
    new_case(by=cast.noura)
    OutboxRow.objects.update(state=OutboxState.FAILED)
    assert "failed" in [number["name"] for number in found()["exceptions"]]


def test_a_tool_without_its_document_is_an_exception_and_the_printed_form_is_not(cast, pack):
    assert numbers("TL-1") == {"with_document": 0, "without_document": 1}
    assert numbers("TL-4") == {"with_document": 1, "without_document": 0}


def test_staff_who_did_not_read_a_published_version_are_named(cast, day_one):
    version = amend()
    everybody = count("unread")
    acknowledge(version, by=cast.noura)
    assert (count("read"), count("unread")) == (1, everybody - 1)
    listed = client_of(cast.manager).get(list_url("unread", "", SEASON)).content.decode()
    assert (cast.noura.name in listed.split("<main")[1], cast.saad.name in listed) == (False, True)


def test_permits_are_counted_where_the_policy_has_them(cast, day_one):
    def write(draft):
        draft.clauses.filter(clause_id="PS-1").update(code="volunteer_programme_proposal_permits")

    amend(procedures=[str(each) for each in Procedure], draft=write)
    propose(by=cast.noura, **FACTS)
    assert numbers("PS-1") == {"proposed": 1, "raised": 0}


@pytest.mark.parametrize("name", ["libraries", "dawah", "cooperative", "social", "software"])
def test_every_clause_of_every_policy_has_its_row(load_pack, name):
    version = load_pack(name)
    rows = [row["clause"].clause_id for part in found()["sections"] for row in part["rows"]]
    assert rows == list(version.clauses.values_list("clause_id", flat=True))


def test_a_clause_nothing_measures_says_so(cast, pack):
    assert practice_of(pack.clauses.get(clause_id="DO-6.4")).measures == ()
    assert row("DO-6.4")["nothing"]
    assert str(row("DO-6.4")["how"]) in page(cast).content.decode()


def test_a_known_clause_is_not_said_to_be_unmeasured(pack):
    assert not row("PS-5")["nothing"]


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_the_list_behind_a_number_has_as_many_rows(cast, delivered, name):
    ask(by=System(), text="متى الدوام؟", mobile="+966550000009")
    of = {"requests_via": "interview", "inquiries_via": "website"}.get(name, "basic_bylaw")
    answer = client_of(cast.manager).get(list_url(name, of, SEASON))
    if MEASURES[name].listed:
        assert len(answer.context["rows"]) == count(name, of=of)
    else:
        assert answer.status_code == 404


def test_the_lists_name_nobody_served(cast, delivered):
    person = delivered.person
    for name in ("requests_received", "paper", "delivered", "messages", "told"):
        listed = client_of(cast.manager).get(list_url(name, "", SEASON)).content.decode()
        assert not [
            secret for secret in (person.family_name, person.national_id, person.mobile[-7:]) if secret in listed
        ]


def test_a_long_list_is_paged_by_its_key(cast, day_one, monkeypatch):
    monkeypatch.setattr("oversight.conformity.listing.PAGE", 2)
    cases = [new_case(by=cast.noura) for _each in range(3)]
    first = client_of(cast.manager).get(list_url("requests_received", "", SEASON))
    assert first.context["next"] == cases[1].pk
    second = client_of(cast.manager).get(f"{list_url('requests_received', '', SEASON)}&after={cases[1].pk}")
    assert len(second.context["rows"]) == 1


@pytest.mark.parametrize(
    ("query", "period"),
    [
        ({}, (date(2026, 6, 16), date(2026, 11, 22))),
        ({"from": "١/٦/١٤٤٨", "to": "29/6/1448"}, (date(2026, 11, 11), date(2026, 12, 9))),
        ({"from": "1/11/2026", "to": "2026-11-30"}, (date(2026, 11, 1), date(2026, 11, 30))),
    ],
)
def test_the_period_is_typed_in_either_calendar_and_is_this_hijri_year_otherwise(cast, day_one, query, period):
    assert page(cast, **query).context["period"].days == period


@pytest.mark.parametrize("query", [{"from": "غدًا"}, {"from": "30/11/2026", "to": "1/11/2026"}])
def test_a_period_that_cannot_be_is_said_so(cast, day_one, query):
    answer = page(cast, **query)
    assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("who", ["noura", "editor", "it", "chair", "reem"])
def test_it_is_the_managers_alone(cast, who):
    for address in (reverse("oversight:conformity"), list_url("requests_received", "", SEASON)):
        assert client_of(getattr(cast, who)).get(address).status_code == 404


def test_there_is_no_list_of_a_number_that_does_not_exist(cast):
    assert client_of(cast.manager).get(list_url("nothing", "", SEASON)).status_code == 404


def test_the_report_asks_the_same_number_of_questions_whatever_happened(cast, day_one, django_assert_num_queries):
    version, association = PolicyVersion.in_force(), Association.current()
    for _again in range(2):
        with django_assert_num_queries(2):
            report(version, SEASON, association)
        new_case(by=cast.noura, channel="phone")


def test_the_paper_says_what_the_screen_says_and_is_tagged(cast, delivered):
    answer = client_of(cast.manager).get(reverse("oversight:conformity_paper"))
    assert answer["Content-Type"] == "application/pdf"
    assert is_tagged(answer.content)
    assert holds(answer.content, "PS-5", "DO-6.4", "الموظف")
