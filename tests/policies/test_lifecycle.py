"""Draft → approved → published → superseded: who may, when, and what is refused."""

import threading
import time
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from core.errors import Refused
from core.models import AuditRow, Reminder
from policies import actions
from policies.actions import acknowledge, new_version, publish, record_approval, reopen, set_review
from policies.lifecycle import rules
from policies.models import (
    Acknowledgement,
    Approval,
    DeskDocument,
    PolicyVersion,
    Service,
    ServicePeriod,
    Tool,
    VersionState,
)
from requests.intake import actions as intake
from requests.models import SupportRequest
from tests.cast import amend, make_cast, new_case, new_person
from tests.policies.editor import editor


def content(version: PolicyVersion) -> list:
    clauses = [
        (row.clause_id, row.parent.clause_id if row.parent else "", row.kind, row.code, row.text, row.position)
        for row in version.clauses.select_related("parent")
    ]
    return [clauses, list(version.tools.values_list("code", "label")), version.person_terms, version.channels]


def test_a_new_version_holds_everything_of_the_old_but_its_approval(draft):
    live = PolicyVersion.in_force()
    assert content(draft) == content(live)
    assert (draft.state, draft.based_on, draft.label, hasattr(draft, "approval")) == ("draft", live, "2", False)
    assert draft.pack == ""


def test_only_a_policy_editor_begins_one(pack, first):
    officer = User.objects.create(username="officer9", name="موظف")
    with pytest.raises(Refused):
        new_version(PolicyVersion.in_force(), by=officer)


def test_a_copied_period_rests_on_the_copied_clause(first, pack):
    service = Service.objects.first()

    def own_days(version):
        clause = version.clauses.get(clause_id="PS-5")
        ServicePeriod.objects.create(version=version, service=service, days=30, clause=clause)

    copied = new_version(amend(draft=own_days), by=first).service_periods.get()
    assert (copied.days, copied.clause.version, copied.clause.clause_id) == (30, copied.version, "PS-5")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"body": ""}, "جهة|body"),
        ({"date": None}, "تاريخ|date"),
        ({"date": None, "candidates": [date(2023, 1, 2), date(2023, 2, 1)]}, "يوم|two ways"),
    ],
)
def test_an_approval_without_its_facts_is_not_recorded(ready, first, change, sentence):
    Approval.objects.filter(version=ready).update(**change)
    with pytest.raises(Refused, match=sentence):
        record_approval(ready, by=first)
    assert PolicyVersion.objects.get(pk=ready.pk).state == "draft"


LACKING = [
    {"procedures": []},
    {"person_terms": {"masc_def": "المستفيد"}},
    {"declaration_text": " "},
    {"channels": []},
]


@pytest.mark.parametrize("change", LACKING)
def test_a_text_that_lacks_something_is_not_approved(ready, first, change):
    PolicyVersion.objects.filter(pk=ready.pk).update(**change)
    with pytest.raises(Refused):
        record_approval(ready, by=first)


def test_a_whole_one_is_approved_and_says_by_whom(ready, first):
    approved = record_approval(ready, by=first)
    assert (approved.state, approved.approved_by) == ("approved", first)
    assert AuditRow.objects.get(verb="policy_approved").actor == "first"


def test_an_approved_one_is_reopened_with_a_reason(ready, first):
    record_approval(ready, by=first)
    with pytest.raises(Refused):
        reopen(ready, by=first, why="  ")
    again = reopen(ready, by=first, why="خطأ في البند الخامس")
    assert (again.state, again.approved_by, again.approved_at) == ("draft", None, None)
    assert AuditRow.objects.get(verb="policy_reopened").why == "خطأ في البند الخامس"


def test_a_published_one_is_not_reopened(ready, first, second):
    publish(record_approval(ready, by=first), by=second)
    with pytest.raises(Refused):
        reopen(ready, by=first, why="x")


def test_whoever_recorded_the_approval_does_not_publish(ready, first):
    record_approval(ready, by=first)
    with pytest.raises(Refused):
        publish(ready, by=first)
    assert PolicyVersion.in_force().label == "1"


def test_a_draft_is_not_published(ready, second):
    with pytest.raises(Refused):
        publish(ready, by=second)


def test_a_second_editor_publishes_and_the_old_one_is_superseded(ready, first, second):
    old = PolicyVersion.in_force()
    publish(record_approval(ready, by=first), by=second)
    old.refresh_from_db()
    assert PolicyVersion.in_force() == ready
    assert (old.state, old.superseded_at is not None) == ("superseded", True)
    assert PolicyVersion.objects.filter(state=VersionState.PUBLISHED).count() == 1
    assert AuditRow.objects.get(verb="policy_published").changes["label"] == "2"


def test_the_desks_files_stay_on_the_desk(ready, first, second, tmp_path):
    from core.models import StoredFile

    old, kept = PolicyVersion.in_force(), StoredFile.objects.create(file="files/x.pdf", kind="pdf", size=1, sha256="0")
    tool = Tool.objects.filter(version=old).first()
    DeskDocument.objects.create(tool=tool, file=kept, name="اللائحة", uploaded_by=first)
    publish(record_approval(ready, by=first), by=second)
    row = DeskDocument.objects.get(tool__version=ready)
    assert (row.tool.code, row.file, row.replaced_at) == (tool.code, kept, None)


def test_twenty_one_days_move_new_requests_only(pack, day_one):
    cast = make_cast()
    before = new_case(by=cast.noura)
    amend(min_decision_days=21)
    after = new_case(by=cast.noura)
    before.refresh_from_db()
    assert (before.min_decision_days, before.earliest_decision_on) == (14, date(2026, 12, 6))
    assert (after.min_decision_days, after.earliest_decision_on) == (21, date(2026, 12, 13))


def test_a_service_whose_clause_says_so_waits_its_own_days(pack, day_one):
    cast = make_cast()
    own, plain = Service.objects.filter(papers__isnull=False).distinct()[:2]

    def own_days(version):
        clause = version.clauses.get(clause_id="PS-5")
        ServicePeriod.objects.create(version=version, service=own, days=30, clause=clause)

    version = amend(draft=own_days)
    assert (version.days_for(own), version.days_for(plain), version.days_for(None)) == (30, 14, 14)
    longer, usual = new_case(by=cast.noura, service=own), new_case(by=cast.noura, service=plain)
    assert (longer.earliest_decision_on, usual.earliest_decision_on) == (date(2026, 12, 22), date(2026, 12, 6))


def test_the_database_takes_no_other_services_days(pack, day_one):
    """The trigger knows the period of the case's own service and of no other."""
    cast = make_cast()
    own, plain = Service.objects.filter(papers__isnull=False).distinct()[:2]

    def own_days(version):
        clause = version.clauses.get(clause_id="PS-5")
        ServicePeriod.objects.create(version=version, service=own, days=30, clause=clause)

    amend(draft=own_days)
    new_case(by=cast.noura, service=plain)
    columns = [field.column for field in SupportRequest._meta.concrete_fields]
    replaced = {"reference": "'755252871'", "status_token": "'t'", "min_decision_days": "30", "state": "'received'"}
    replaced |= {"earliest_decision_on": "waiting_from + 30"}
    names = [name for name in columns if name != "id"]
    values = ", ".join(replaced.get(name, name) for name in names)
    statement = f"INSERT INTO requests_supportrequest ({', '.join(names)}) SELECT {values} FROM requests_supportrequest"
    with pytest.raises(DatabaseError, match="its days"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_each_reads_it_once(ready, first, second):
    with pytest.raises(Refused):
        acknowledge(ready, by=first)
    live = publish(record_approval(ready, by=first), by=second)
    assert rules.to_read(first) == live
    acknowledge(live, by=first)
    acknowledge(live, by=first)
    assert Acknowledgement.objects.filter(user=first).count() == 1
    assert (rules.to_read(first), rules.to_read(second)) == (None, live)


def test_model_text_is_nobodys_circular(first):
    assert rules.to_read(first) is None


def test_a_review_is_said_from_its_day_until_it_is_settled(first, day_one):
    live = PolicyVersion.in_force()
    set_review(live, on=date(2026, 11, 23), by=first)
    assert rules.reviews_due() == []
    day_one.move_to("2026-11-23T00:00:00+03:00")
    assert rules.reviews_due() == [live]
    set_review(live, on=date(2027, 11, 23), by=first)
    assert rules.reviews_due() == []
    set_review(live, on=date(2026, 11, 23), by=first)
    assert rules.reviews_due() == [live]
    assert Reminder.objects.filter(kind=rules.REVIEW, done_at=None).count() == 1


def test_a_superseded_one_is_not_reviewed(ready, first, second, day_one):
    set_review(PolicyVersion.in_force(), on=date(2026, 11, 22), by=first)
    publish(record_approval(ready, by=first), by=second)
    assert rules.reviews_due() == []


# Two publish at once


def race(versions: list[PolicyVersion], by: User) -> list[str]:
    """Publish each in a thread of its own, all let go at one moment; what came of each."""
    start, found = threading.Barrier(len(versions)), []

    def go(version: PolicyVersion) -> None:
        try:
            start.wait(timeout=10)
            publish(version, by=by)
            found.append("published")
        except Exception as error:
            found.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[version]) for version in versions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


@pytest.fixture
def two_approved(transactional_db):
    from policies import packs

    live = packs.load("social")
    one, other = editor("first"), editor("second")
    versions = []
    for _number in range(2):
        version = new_version(live, by=one)
        Approval.objects.create(version=version, body="مجلس الإدارة", date=date(2026, 11, 1))
        versions.append(record_approval(version, by=one))
    return versions, other


@pytest.mark.concurrency
def test_two_versions_published_at_once_leave_one_in_force(two_approved):
    """Each publishing takes its turn: the later one supersedes the earlier, and nobody meets an error."""
    versions, second = two_approved
    assert race(versions, second) == ["published", "published"]
    assert PolicyVersion.objects.filter(state="published").count() == 1
    assert PolicyVersion.objects.filter(state="superseded").count() == 2


@pytest.mark.concurrency
def test_the_same_version_is_published_once(two_approved):
    versions, second = two_approved
    assert race([versions[0], versions[0]], second) == ["Refused", "published"]


@pytest.mark.concurrency
def test_without_the_turn_the_race_is_seen(two_approved, monkeypatch):
    """The control: without its locks the same race ends in an error of the database, or in a lost update."""
    versions, second = two_approved
    inside = threading.Barrier(2)
    looked = rules.why_not_publish

    def slow(version, *, by):
        sentence = looked(version, by=by)
        inside.wait(timeout=10)
        return sentence

    monkeypatch.setattr(actions, "one_at_a_time", lambda: None)
    monkeypatch.setattr(actions, "lock", lambda version: PolicyVersion.objects.get(pk=version.pk))
    monkeypatch.setattr(actions.rules, "why_not_publish", slow)
    assert race([versions[0], versions[0]], second) != ["Refused", "published"]


# A request comes while a version is being published


@pytest.fixture
def about_to_publish(transactional_db, monkeypatch):
    """`begin()` starts a publication in a thread and returns when it is half done; it ends half a second later."""
    from policies import packs

    live = packs.load("social")
    cast, one, other = make_cast(), editor("first"), editor("second")
    version = new_version(live, by=one)
    Approval.objects.create(version=version, body="مجلس الإدارة", date=date(2026, 11, 1))
    PolicyVersion.objects.filter(pk=version.pk).update(min_decision_days=21)
    record_approval(version, by=one)
    half_done = threading.Event()

    def slowly(_before, _now):
        half_done.set()
        time.sleep(0.5)

    monkeypatch.setattr(actions, "keep_desk_documents", slowly)
    threads = []

    def begin():
        def go():
            publish(version, by=other)
            connection.close()

        threads.append(threading.Thread(target=go))
        threads[0].start()
        assert half_done.wait(timeout=10)

    yield cast, begin, version
    for thread in threads:
        thread.join()


@pytest.mark.concurrency
def test_a_request_that_comes_meanwhile_waits_and_is_pinned_to_the_new_version(about_to_publish):
    cast, begin, version = about_to_publish
    begin()
    case = new_case(by=cast.noura)
    assert (case.policy_version, case.min_decision_days) == (version, 21)


@pytest.mark.concurrency
def test_without_holding_the_version_it_would_be_refused_by_the_database(about_to_publish, monkeypatch):
    """The control: read without a lock, the version is superseded before the request is written."""
    cast, begin, _version = about_to_publish
    person = new_person(by=cast.noura)
    monkeypatch.setattr(intake, "held_in_force", after_a_second_look)
    begin()
    with pytest.raises(DatabaseError, match="version in force"):
        new_case(by=cast.noura, person=person)


def after_a_second_look() -> PolicyVersion | None:
    found = PolicyVersion.in_force()
    time.sleep(1)
    return found
