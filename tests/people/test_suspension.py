"""Untrue data has a consequence that two people decide, that is told, and open to objection (rule 3)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.roles import Role
from beneficiaries.models import Person, Suspension
from beneficiaries.suspension import actions, rules
from channels import delivery, gateways
from channels.wording import render
from core import clock
from core.errors import Refused
from core.models import AuditRow, OutboxRow
from oversight.rules import suspensions_waiting
from policies.models import Association
from requests import workflow
from requests.intake.search import find
from requests.models import Exclusion, SupportRequest
from tests.cast import client_of, new_case, new_person, user
from tests.intake.desk import returning_form, url_of

pytestmark = pytest.mark.django_db
UNTRUE = {"what": "ذكر أنه بلا دخل، وكشف التأمينات يبيّن راتبًا.", "told_text": "وجدنا في بياناتك دخلًا لم يُذكر."}


@pytest.fixture
def person(cast, day_one):
    return new_person(by=cast.noura)


@pytest.fixture
def third(cast):
    return user("majed", "ماجد الحازمي", Role.OFFICER)


@pytest.fixture
def phone(monkeypatch):
    """The texts that reached a telephone, with its number."""
    messages = []
    monkeypatch.setitem(gateways.GATEWAYS, "console", lambda address, text: messages.append((address, text)))
    return messages


def proposed(person, cast, **facts):
    return actions.propose(person, by=cast.noura, **UNTRUE | facts)


def suspended(person, cast, **facts):
    return actions.confirm(proposed(person, cast, **facts), by=cast.saad)


def objected(person, cast, **facts):
    return actions.object_to(suspended(person, cast, **facts), by=cast.noura, words="الراتب لأخي.", how="phone")


def last_event() -> str:
    return OutboxRow.objects.latest("id").event


# Two people


def test_a_proposal_changes_nothing(person, cast):
    proposed(person, cast)
    assert rules.suspended(person) is None
    assert new_case(by=cast.noura, person=person)


def test_another_confirms_and_the_person_is_told_without_the_reason(person, cast):
    row = suspended(person, cast)
    assert rules.suspended(person)
    message = OutboxRow.objects.latest("id")
    assert (message.event, message.address) == ("file_suspended", person.mobile)
    assert UNTRUE["told_text"] not in render(message.event, message.facts)
    assert UNTRUE["what"] not in str(list(AuditRow.objects.values_list("changes", "why")))
    assert row.settled_by == cast.saad


@pytest.mark.parametrize("who", ["noura", "huda", "reem", "chair"])
def test_neither_the_proposer_nor_who_has_no_part_in_it_confirms(person, cast, who):
    row = proposed(person, cast)
    for settle in (lambda by: actions.confirm(row, by=by), lambda by: actions.refuse(row, by=by, why="x")):
        with pytest.raises(Refused):
            settle(getattr(cast, who))
    assert Suspension.objects.get().state == "proposed"


def test_the_database_refuses_one_hand(person, cast):
    row = proposed(person, cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Suspension.objects.filter(pk=row.pk).update(state="in_force", settled_by=cast.noura, settled_at=clock.now())


def test_a_refused_proposal_tells_nobody_and_needs_its_reason(person, cast):
    row, before = proposed(person, cast), OutboxRow.objects.count()
    with pytest.raises(Refused):
        actions.refuse(row, by=cast.manager, why=" ")
    actions.refuse(row, by=cast.manager, why="الورقة لشخص آخر.")
    assert (rules.suspended(person), OutboxRow.objects.count()) == (None, before)


def test_one_at_a_time(person, cast):
    proposed(person, cast)
    with pytest.raises(Refused):
        proposed(person, cast)


# While it lasts


def test_no_request_is_received(person, cast):
    suspended(person, cast)
    with pytest.raises(Refused) as refused:
        new_case(by=cast.noura, person=person)
    assert refused.value.sentence == rules.suspended(person)
    page = client_of(cast.noura).post(url_of(person), returning_form(person))
    assert page.status_code == 422
    assert rules.suspended(person) in page.content.decode()
    assert not SupportRequest.objects.exists()


@pytest.mark.parametrize(
    ("state", "action", "by"), [("approved", "complete_registration", "saad"), ("registered", "deliver", "store")]
)
def test_no_case_is_completed_or_delivered_and_it_stays_where_it_is(case_at, cast, state, action, by):
    case = case_at(state)
    suspended(case.person, cast)
    assert workflow.why_not(case, action, by=getattr(cast, by)) == rules.suspended(case.person)
    case.refresh_from_db()
    assert case.state == state
    assert workflow.why_not(case, "close", by=cast.manager) is None


def test_it_ends_by_itself_after_its_last_day(person, cast, day_one):
    suspended(person, cast, until=clock.today() + timedelta(days=3))
    assert last_event() == "file_suspended_until"
    day_one.shift(timedelta(days=3))
    assert rules.suspended(person)
    day_one.shift(timedelta(days=1))
    assert rules.suspended(person) is None
    assert proposed(person, cast).state == "proposed"
    assert set(Suspension.objects.values_list("state", flat=True)) == {"ended", "proposed"}


def test_a_merged_file_carries_its_suspension_with_it(person, cast):
    other = new_person(by=cast.noura)
    suspended(other, cast)
    Person.objects.filter(pk=other.pk).update(merged_into=person)
    assert rules.suspended(person)
    with pytest.raises(Refused):
        proposed(person, cast)
    Person.objects.filter(pk=other.pk).update(merged_into=None)
    assert rules.suspended(person) is None


def test_an_open_request_says_so_to_whoever_opens_it(case_at, cast):
    case = case_at("social_research")
    case.researcher = cast.reem
    case.save()
    row = suspended(case.person, cast)
    here = reverse("requests:case", args=[case.reference])
    for each in (cast.noura, cast.reem, cast.manager):
        assert rules.suspended(case.person) in client_of(each).get(here).content.decode()
    actions.lift(row, by=cast.saad, why="صحّح بياناته.")
    assert "الملف موقوف" not in client_of(cast.noura).get(here).content.decode()


def test_the_counter_offers_no_request_while_it_lasts(person, cast):
    row = suspended(person, cast)
    client, there = client_of(cast.noura), reverse("requests:person", args=[person.pk])
    registers = 'data-register disabled aria-describedby="suspended"'
    assert url_of(person) not in client.get(there).content.decode()
    assert registers in client.get(url_of(person)).content.decode()
    actions.lift(row, by=cast.saad, why="صحّح بياناته.")
    assert url_of(person) in client.get(there).content.decode()
    assert registers not in client.get(url_of(person)).content.decode()


def test_its_page_says_whether_the_message_arrived(person, cast):
    here = reverse("requests:suspension", args=[suspended(person, cast).pk])
    OutboxRow.objects.filter(event="file_suspended").update(state="failed")
    (told,) = client_of(cast.noura).get(here).context["told"]
    assert told["tone"] == "no"
    assert told["label"] in client_of(cast.noura).get(here).content.decode()


def test_whoever_has_no_mobile_is_told_by_word(cast, day_one):
    person = new_person(by=cast.noura)
    Person.objects.update(mobile="")
    row = suspended(person, cast)
    page = client_of(cast.noura).get(reverse("requests:suspension", args=[row.pk])).content.decode()
    assert "أبلغ صاحبه مشافهة" in page
    assert not OutboxRow.objects.filter(event="file_suspended").exists()


# Objection


def test_an_objection_is_heard_within_its_days_and_once(person, cast, day_one):
    days = Association.current().appeal_days
    row = suspended(person, cast)
    day_one.shift(timedelta(days=days))
    actions.object_to(row, by=cast.noura, words="الراتب لأخي.", how="counter")
    assert last_event() == "objection_received"
    with pytest.raises(Refused):
        actions.object_to(row, by=cast.noura, words="مرة أخرى", how="counter")


def test_a_day_after_them_it_is_too_late(person, cast, day_one):
    row = suspended(person, cast)
    day_one.shift(timedelta(days=Association.current().appeal_days + 1))
    with pytest.raises(Refused):
        actions.object_to(row, by=cast.noura, words="الراتب لأخي.", how="counter")


@pytest.mark.parametrize("who", ["noura", "saad"])
def test_who_proposed_and_who_confirmed_do_not_answer(person, cast, who):
    with pytest.raises(Refused):
        actions.answer(objected(person, cast), by=getattr(cast, who), words="لا.", lifts=False)


@pytest.mark.parametrize(("lifts", "event"), [(True, "suspension_lifted"), (False, "objection_answered")])
def test_a_third_answers_and_the_person_is_told(person, cast, third, lifts, event):
    actions.answer(objected(person, cast), by=third, words="راجعنا الورقة.", lifts=lifts)
    assert (rules.suspended(person) is None) is lifts
    assert last_event() == event


def test_an_open_objection_is_answered_before_anything_is_lifted(person, cast):
    with pytest.raises(Refused):
        actions.lift(objected(person, cast), by=cast.saad, why="صحّح بياناته.")


def test_it_is_lifted_with_a_reason_by_another_than_the_proposer(person, cast):
    row = suspended(person, cast)
    for by, why in ((cast.noura, "صحّح بياناته."), (cast.saad, " ")):
        with pytest.raises(Refused):
            actions.lift(row, by=by, why=why)
    actions.lift(row, by=cast.saad, why="صحّح بياناته.")
    assert rules.suspended(person) is None
    assert last_event() == "suspension_lifted"


# Its pages


def test_the_whole_way_through_the_pages(person, cast, third):
    officer, second = client_of(cast.noura), client_of(cast.saad)
    form = UNTRUE | {"until": "", "form_key": "6f1c1f52-6f0e-4a9e-9d0e-6f6f3d5d8a11"}
    for _press in range(2):
        officer.post(reverse("requests:suspend", args=[person.pk]), form)
    row = Suspension.objects.get()
    here = reverse("requests:suspension", args=[row.pk])
    assert [each["row"] for each in suspensions_waiting(cast.saad)] == [row]
    assert suspensions_waiting(cast.noura) == []
    assert officer.post(here, {"step": "confirm"}).status_code == 422
    assert second.post(here, {"step": "confirm"}).status_code == 302
    assert rules.suspended(person) in officer.get(reverse("requests:person", args=[person.pk])).content.decode()
    assert rules.suspended(person) in officer.get(url_of(person)).content.decode()
    officer.post(here, {"step": "object", "words": "الراتب لأخي.", "how": "phone"})
    answer = {"step": "answer", "words": "صدقت.", "outcome": "lift"}
    assert second.post(here, answer).status_code == 422
    assert client_of(third).post(here, answer).status_code == 302
    assert rules.suspended(person) is None
    assert officer.post(here, {"step": "delete"}).status_code == 404


def test_a_researcher_proposes_from_the_case_and_finds_no_file(case_at, cast):
    case = case_at("social_research")
    case.researcher = cast.reem
    case.save()
    client = client_of(cast.reem)
    client.post(reverse("requests:suspend_from_case", args=[case.reference]), UNTRUE | {"until": ""})
    row = Suspension.objects.get()
    assert (row.about, row.proposed_by) == (case.reference, cast.reem)
    assert client.get(reverse("requests:suspension", args=[row.pk])).status_code == 404


def test_a_conflict_in_one_request_closes_the_file_from_every_other(cast, case_at):
    case = case_at("social_research")
    case.researcher = cast.reem
    case.save()
    other = new_case(by=cast.noura, person=case.person)
    url = reverse("requests:suspend_from_case", args=[case.reference])
    assert client_of(cast.reem).get(url).status_code == 200
    Exclusion.objects.create(case=other, user=cast.reem, why=Exclusion.Why.CONFLICT_DECLARED)
    assert client_of(cast.reem).get(url).status_code == 404


def test_whoever_decides_reads_the_message_as_it_will_arrive(person, cast, phone):
    row = proposed(person, cast, until=clock.today() + timedelta(days=30))
    page = client_of(cast.saad).get(reverse("requests:suspension", args=[row.pk]))
    assert not page.context["to_read"]
    actions.confirm(row, by=cast.saad)
    delivery.sweep()
    assert phone[-1] == (person.mobile, page.context["text"])


def test_the_counter_sees_it_in_the_box(person, cast):
    new_person(by=cast.noura, mobile="+966550000077")

    def flags():
        found = find(person.first_name, by=cast.noura)
        return sorted((hit.person.pk == person.pk, hit.suspended) for hit in found.hits)

    row = proposed(person, cast)
    assert flags() == [(False, False), (True, False)]
    actions.confirm(row, by=cast.saad)
    assert flags() == [(False, False), (True, True)]


def test_that_of_a_merged_file_too(person, cast):
    oldest, former = (new_person(by=cast.noura, mobile=f"+96655000007{last}") for last in (7, 8))
    suspended(oldest, cast)
    Person.objects.filter(pk=oldest.pk).update(merged_into=former)
    Person.objects.filter(pk=former.pk).update(merged_into=person)
    assert rules.suspended_among([person.pk]) == {person.pk}


def test_a_manager_decides_and_reads_no_name(person, cast):
    page = client_of(cast.manager).get(reverse("requests:suspension", args=[proposed(person, cast).pk]))
    assert page.status_code == 200
    assert person.full_name not in page.content.decode()
    assert person.national_id not in page.content.decode()


def test_another_branch_finds_nothing_of_it(person, cast):
    row = proposed(person, cast)
    delegate = client_of(cast.huda)
    assert delegate.get(reverse("requests:suspension", args=[row.pk])).status_code == 404
    assert delegate.get(reverse("requests:suspend", args=[person.pk])).status_code == 404
    assert delegate.get(reverse("requests:suspensions")).context["waits"] == []


def test_the_committee_reads_that_the_file_is_suspended(case_at, cast):
    case = case_at("committee_review")
    page = reverse("committee:case", args=[case.reference])
    assert client_of(cast.member1).get(page).context["suspended"] is None
    suspended(case.person, cast)
    reply = client_of(cast.member1).get(page)
    assert reply.context["suspended"] in reply.content.decode()
