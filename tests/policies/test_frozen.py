"""What is published stays, by the database itself: every statement as the application's role and as the owner."""

import pytest
from django.db import Error, connection, transaction

from accounts.roles import Role
from policies.actions import new_version, record_approval
from policies.models import Acknowledgement, Approval, PolicyVersion, ServicePeriod, Signatory
from tests import recorded
from tests.cast import amend, user

TABLES = ["clause", "tool", "approval", "signatory", "serviceperiod"]
ROLES = ["portal_app", "portal_owner"]


def attempt(role: str, statement: str) -> str:
    """The database's refusal of one statement, or an empty text when it was carried out."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if role == "portal_app":
                cursor.execute("SET LOCAL ROLE portal_app")
            cursor.execute(statement)
            rows = cursor.rowcount
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            if role == "portal_app":
                cursor.execute("RESET ROLE")
    except Error as error:
        return str(error)
    assert rows > 0, "the statement touched nothing, so nothing was tested"
    return ""


def with_every_part(version: PolicyVersion) -> None:
    clause = version.clauses.get(clause_id="PS-5")
    service = version.clauses.model._meta.apps.get_model("policies", "Service").objects.first()
    ServicePeriod.objects.create(version=version, service=service, days=21, clause=clause)
    approval, _created = Approval.objects.get_or_create(version=version)
    Signatory.objects.create(approval=approval, position=1, title="رئيس المجلس")


@pytest.fixture
def versions(pack):
    return recorded.afterwards(of_every_state, "versions")


def of_every_state() -> dict[str, PolicyVersion]:
    """Of every state one, each with every kind of part."""
    superseded = amend(draft=with_every_part)
    published = amend(draft=lambda version: Signatory.objects.create(approval=version.approval, position=1, title="م"))
    editor = user("editor9", "محرر", Role.POLICY_EDITOR)
    approved, draft = new_version(published, by=editor), new_version(published, by=editor)
    for version in (approved, draft):
        approval = Approval.objects.create(version=version, body="مجلس الإدارة", date="2026-11-01")
        Signatory.objects.create(approval=approval, position=1, title="رئيس المجلس")
    approved = record_approval(approved, by=editor)
    superseded.refresh_from_db()
    return {each.state: each for each in (superseded, published, approved, draft)}


def of(version: PolicyVersion, table: str) -> str:
    if table == "signatory":
        return f"approval_id IN (SELECT id FROM policies_approval WHERE version_id = {version.pk})"
    return f"version_id = {version.pk}"


CHANGED = {"clause": "text", "tool": "label", "approval": "body", "signatory": "title", "serviceperiod": "days"}


def statements(version: PolicyVersion, table: str) -> dict[str, str]:
    name, where = f"policies_{table}", of(version, table)
    column = CHANGED[table]
    value = "days + 1" if table == "serviceperiod" else f"{column} || ' '"
    found = {
        "update": f"UPDATE {name} SET {column} = {value} WHERE {where}",
        "delete": f"DELETE FROM {name} WHERE {where}",
    }
    if table == "clause":
        found["delete"] += " AND clause_id = 'PRE-2'"
        found["insert"] = (
            "INSERT INTO policies_clause (version_id, clause_id, kind, code, heading, number, text, position, "
            f"to_be_confirmed) VALUES ({version.pk}, 'X-1', 'preamble', '', '', '', 'x', 900, false)"
        )
    if table == "tool":
        found["insert"] = (
            "INSERT INTO policies_tool (version_id, code, clause_id, label, description, position) "
            f"VALUES ({version.pk}, 'x', 'X', 'x', '', 9)"
        )
    if table == "signatory":
        found["insert"] = (
            "INSERT INTO policies_signatory (approval_id, position, title, name) "
            f"SELECT id, 9, 'x', 'x' FROM policies_approval WHERE version_id = {version.pk}"
        )
    if table == "approval":
        del found["delete"]  # its signatories hang on it: below
    return found


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", ["approved", "published", "superseded"])
@pytest.mark.parametrize("table", TABLES)
def test_no_part_of_a_version_that_is_no_draft_is_written(versions, table, state, role):
    version = versions[state]
    for verb, statement in statements(version, table).items():
        assert "only a draft is written" in attempt(role, statement), verb


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("table", TABLES)
def test_every_part_of_a_draft_is_written(versions, table, role):
    """The control: the same statements, and the role may."""
    for verb, statement in statements(versions["draft"], table).items():
        assert attempt(role, statement) == "", verb


@pytest.mark.parametrize("role", ROLES)
def test_a_part_is_not_moved_into_a_version_that_is_no_draft(versions, role):
    statement = (
        f"UPDATE policies_tool SET version_id = {versions['published'].pk} WHERE {of(versions['draft'], 'tool')}"
    )
    assert "only a draft is written" in attempt(role, statement)


def test_a_clause_is_not_hung_on_another_versions(versions):
    statement = (
        f"UPDATE policies_clause SET parent_id = (SELECT id FROM policies_clause WHERE "
        f"version_id = {versions['published'].pk} LIMIT 1) WHERE {of(versions['draft'], 'clause')}"
    )
    assert "belongs to another" in attempt("portal_owner", statement)


CONTENT = ["title = 'x'", "min_decision_days = 1", "channels = '[]'", "declaration_text = ''", "label = '9'"]
LIFE = ["approved_at = now()", "published_at = now()", "pack = 'social'", "based_on_id = NULL"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", ["approved", "published", "superseded"])
@pytest.mark.parametrize("change", CONTENT + LIFE)
def test_nothing_of_the_version_itself_is_written(versions, change, state, role):
    statement = f"UPDATE policies_policyversion SET {change} WHERE id = {versions[state].pk}"
    assert attempt(role, statement) != ""


@pytest.mark.parametrize("state", ["approved", "published", "superseded"])
@pytest.mark.parametrize("role", ROLES)
def test_the_day_it_is_to_be_reviewed_may_be_set(versions, state, role):
    """The control: the row can be written where the law lets it."""
    statement = f"UPDATE policies_policyversion SET review_due_on = '2027-11-01' WHERE id = {versions[state].pk}"
    assert attempt(role, statement) == ""


NO_STEP = [
    ("draft", "state = 'published', published_at = now()"),
    ("draft", "state = 'superseded', published_at = now(), superseded_at = now()"),
    ("published", "state = 'draft', published_at = NULL, published_by_id = NULL, approved_at = NULL"),
    ("published", "state = 'approved', published_at = NULL, published_by_id = NULL"),
    ("superseded", "state = 'published', superseded_at = NULL"),
    ("superseded", "state = 'draft'"),
    ("approved", "state = 'superseded', superseded_at = now(), published_at = now()"),
]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("state", "change"), NO_STEP)
def test_no_other_step_is_taken(versions, state, change, role):
    statement = f"UPDATE policies_policyversion SET {change} WHERE id = {versions[state].pk}"
    assert "is no step" in attempt(role, statement)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", ["approved", "published", "superseded"])
def test_only_a_draft_is_deleted(versions, state, role):
    assert "only a draft is deleted" in attempt(
        role, f"DELETE FROM policies_policyversion WHERE id = {versions[state].pk}"
    )


@pytest.mark.parametrize("role", ROLES)
def test_whoever_recorded_the_approval_does_not_publish(versions, role):
    version = versions["approved"]
    first = "UPDATE policies_policyversion SET state = 'superseded', superseded_at = now() WHERE state = 'published'"
    assert attempt("portal_owner", first) == ""
    statement = (
        "UPDATE policies_policyversion SET state = 'published', published_at = now(), published_by_id = {} "
        f"WHERE id = {version.pk}"
    )
    assert "two_people_publish" in attempt(role, statement.format("approved_by_id"))
    assert "two_people_publish" in attempt(role, statement.format("NULL"))
    other = user("other", "آخر", Role.POLICY_EDITOR).pk
    assert attempt(role, statement.format(other)) == ""


def test_a_version_begins_as_a_draft(versions):
    copied = ", ".join(
        field.column for field in PolicyVersion._meta.concrete_fields if field.column not in ("id", "state")
    )
    statement = (
        f"INSERT INTO policies_policyversion (state, {copied}) SELECT 'superseded', {copied} "
        f"FROM policies_policyversion WHERE id = {versions['superseded'].pk}"
    )
    for role in ROLES:
        assert "begins as a draft" in attempt(role, statement)


def test_a_pack_is_loaded_by_the_owner_alone(versions):
    """Whoever serves people cannot make a version that one person may publish."""
    draft = versions["draft"]
    copied = ", ".join(
        field.column for field in PolicyVersion._meta.concrete_fields if field.column not in ("id", "pack")
    )
    statement = (
        f"INSERT INTO policies_policyversion (pack, {copied}) SELECT 'x', {copied} "
        f"FROM policies_policyversion WHERE id = {draft.pk}"
    )
    assert "only the owner loads a pack" in attempt("portal_app", statement)
    assert attempt("portal_owner", statement) == ""
    assert "came from stays" in attempt(
        "portal_app", f"UPDATE policies_policyversion SET pack = 'x' WHERE id = {draft.pk}"
    )


@pytest.mark.parametrize("role", ROLES)
def test_who_has_read_it_only_grows(versions, role):
    version = versions["published"]
    Acknowledgement.objects.create(version=version, user=version.published_by)
    for statement in ("UPDATE policies_acknowledgement SET read_at = now()", "DELETE FROM policies_acknowledgement"):
        assert attempt(role, statement) != ""
    with pytest.raises(Error), transaction.atomic():
        Acknowledgement.objects.create(version=version, user=version.published_by)
