"""Whoever agrees to many at once, or issues many at once, reads of each all that is given, and why."""

from decimal import Decimal

import pytest
from django.urls import reverse

from committee import actions
from committee.meetings import actions as meetings
from committee.models import AgendaItem
from oversight.demo.walk import open_meeting
from requests.models import Study
from tests.cast import client_of, new_case, walk

AGREE, ISSUE = "committee:agree_with_all", "committee:issue_due"


def rows_of(person, name, *args) -> str:
    page = client_of(person).get(reverse(name, args=args)).content.decode()
    return " ".join(page.split("<tbody>")[1].split("</tbody>")[0].split())


@pytest.fixture
def on_agenda(cast, case_at):
    """`on_agenda(**study)`: a case so studied, on the agenda of an open meeting in which all are present."""

    def put(**facts) -> AgendaItem:
        case = case_at("committee_review")
        Study.objects.filter(case=case).update(**facts)
        return AgendaItem.objects.get(meeting=open_meeting(cast), case=case)

    return put


@pytest.fixture
def monthly(on_agenda):
    """What is put to the vote: 3000 riyals by transfer over three months."""
    return on_agenda(kind="transfer", months=3, amount=Decimal("3000"))


def carried_and_due(item, cast, day_one) -> None:
    for person in cast.voters[:3]:
        actions.cast_vote(item, by=person, choice="yes")
    actions.close_vote(item, by=cast.secretary)
    day_one.move_to(f"{item.case.earliest_decision_on}T09:00:00+03:00", tick=False)


def test_who_agrees_to_many_reads_of_which_kind_how_much_and_for_how_long(monthly, cast):
    found = rows_of(cast.member1, AGREE, monthly.meeting.number)
    for words in ("قبول الطلب", "مبلغ بتحويل بنكي", "3,000", "3 أشهر"):
        assert words in found


def test_who_agrees_to_a_rejection_reads_why(on_agenda, cast):
    item = on_agenda(recommends="reject", reasons="الدخل يكفي الحاجة المذكورة.")
    found = rows_of(cast.member1, AGREE, item.meeting.number)
    assert "عدم قبول الطلب" in found
    assert "الدخل يكفي الحاجة المذكورة." in found


def test_the_list_to_agree_to_asks_a_constant_number_of_queries(item, cast, django_assert_max_num_queries):
    client, url = client_of(cast.member1), reverse(AGREE, args=[item.meeting.number])
    with django_assert_max_num_queries(40) as one:
        client.get(url)
    for position in (2, 3):
        meetings.put_on_agenda(item.meeting, walk(new_case(by=cast.noura), cast, to="committee_review"), position)
    with django_assert_max_num_queries(len(one)):
        assert client.get(url).content.decode().count('name="read"') == 3


def test_who_issues_what_was_recommended_reads_it_whole_with_the_researchers_reasons(monthly, cast, day_one):
    carried_and_due(monthly, cast, day_one)
    found = rows_of(cast.chair, ISSUE)
    for words in ("قبول الطلب", "مبلغ بتحويل بنكي", "3,000", "3 أشهر", "كما أوصى الباحث:"):
        assert words in found
    assert monthly.case.study.reasons in found


def test_who_issues_a_part_reads_that_it_is_a_part_and_why(item, cast, day_one):
    why = "هذا ما تسمح به الموارد."
    facts = {"what": "سداد إيجار", "amount": Decimal("1000"), "kind": "bill", "partial": True, "reasons": why}
    actions.put_motion(item, by=cast.secretary, outcome="approve", **facts)
    carried_and_due(item, cast, day_one)
    found = rows_of(cast.chair, ISSUE)
    for words in ("قبول جزء من المطلوب", "سداد إيجار", "1,000", "خلاف التوصية", why):
        assert words in found
    assert "كما أوصى الباحث:" not in found
