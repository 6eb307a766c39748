"""An installation of before: its policy in force, whose signatories were one JSON column, comes through whole."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = ("policies", "0001_initial")


def migrate(*targets) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))


@pytest.fixture
def before(db):
    """The tables as they were, in a schema of their own that is gone with the test: those of the others stand."""
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes("policies")
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA before; SET LOCAL search_path TO before; SET CONSTRAINTS ALL IMMEDIATE")
    migrate(BEFORE)
    return MigrationExecutor(connection).loader.project_state([BEFORE]).apps, latest


def test_what_was_in_force_stays_in_force(before):
    from django.utils import timezone

    old, latest = before
    old.get_model("policies", "Association").objects.create(name="جمعية", short_name="ج", pack="social")
    channels = [{"code": "phone", "clause": "CH-2", "label": "الهاتف"}]
    version = old.get_model("policies", "PolicyVersion").objects.create(
        label="1",
        title="سياسة",
        state="published",
        published_at=timezone.now(),
        procedures=["support_requests"],
        min_decision_days=14,
        channels=channels,
    )
    clause = old.get_model("policies", "Clause").objects
    clause.create(version=version, clause_id="PS-5", kind="procedure_step", text="نص", position=0)
    clause.create(version=version, clause_id="CH-2", kind="channel", text="الهاتف", position=1)
    people = [{"order": 1, "title": "الرئيس", "name": "صالح"}, {"order": 2, "title": "النائب", "name": None}]
    old.get_model("policies", "Approval").objects.create(version=version, body="المجلس", signatories=people)
    migrate(*latest)

    from policies.models import PolicyVersion

    now = PolicyVersion.in_force()
    assert (now.title, now.pack, now.min_decision_days) == ("سياسة", "social", 14)
    assert dict(now.clauses.values_list("clause_id", "code")) == {
        "PS-5": "inform_committee_and_period",
        "CH-2": "phone",
    }
    signed = now.approval.signatories.values_list("position", "title", "name")
    assert list(signed) == [(1, "الرئيس", "صالح"), (2, "النائب", "")]
