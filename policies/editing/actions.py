"""Writing a draft: its clauses one by one, and what the portal does by it. Every verb claims the draft first."""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.db.models import RestrictedError
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.errors import Refused
from policies import rich
from policies.actions import claim
from policies.editing import order
from policies.models import Clause, PolicyVersion, ServicePeriod, Tool

WRITTEN = ("kind", "number", "text", "code", "heading", "to_be_confirmed")
CONTENT = (
    "label title notice procedures min_decision_days channels person_terms officer_title requires_signature "
    "declaration_text read_aloud asks_household has_membership"
).split()


def digest(facts: dict[str, Any]) -> str:
    """What somebody read, in a few letters: whoever saves says it back."""
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()[:24]


def clause_facts(clause: Clause | None) -> dict[str, Any]:
    return {name: getattr(clause, name) for name in WRITTEN} if clause else {}


def settings_facts(version: PolicyVersion) -> dict[str, Any]:
    """Everything the settings page writes, as plain values."""
    return {name: getattr(version, name) for name in CONTENT} | {
        "tools": list(version.tools.values("code", "clause_id", "label", "description")),
        "periods": list(version.service_periods.order_by("service_id").values("service_id", "days", "clause_id")),
    }


@transaction.atomic
def write_clause(
    version: PolicyVersion,
    *,
    by: User,
    revision: int,
    read: str,
    clause: Clause | None = None,
    parent: Clause | None = None,
    **facts: Any,
) -> Clause:
    """Write one clause, or add one at the end of its section. Conflict when it is not as its writer read it."""
    draft = claim(version, by=by, revision=revision, unchanged=lambda _v: digest(clause_facts(fresh(clause))) == read)
    facts["text"] = rich.clean(facts["text"])
    if clause is None:
        return add_clause(draft, parent, by=by, **facts)
    before = clause_facts(fresh(clause))
    for name in WRITTEN:
        if name in facts and name != "kind":
            setattr(clause, name, facts[name])
    clause.save(update_fields=[name for name in WRITTEN if name != "kind"])
    order.write(order.tree(draft))
    audit.record("policy_clause_written", draft, by=by, changes={"clause": clause.clause_id, "before": before["text"]})
    return clause


def fresh(clause: Clause | None) -> Clause | None:
    return Clause.objects.filter(pk=clause.pk).first() if clause else None


def add_clause(draft: PolicyVersion, parent: Clause | None, *, by: User, kind: str, **facts: Any) -> Clause:
    kind = parent.kind if parent else kind
    clause = Clause.objects.create(
        version=draft,
        parent=parent,
        kind=kind,
        clause_id=order.next_id(draft, kind, parent),
        position=draft.clauses.count() + 1000,
        **facts,
    )
    rows = [(row, below) for row, below in order.tree(draft) if row.pk != clause.pk]
    rows = [(row, [child for child in below if child.pk != clause.pk]) for row, below in rows]
    order.write(order.placed(rows, clause, parent))
    audit.record("policy_clause_added", draft, by=by, changes={"clause": clause.clause_id})
    return clause


@transaction.atomic
def move_clause(clause: Clause, direction: str, *, by: User, revision: int) -> Clause:
    """One step up, down, below the clause before it, or out again. Raises Refused where there is no place."""
    draft = claim(clause.version, by=by, revision=revision)
    clauses = order.tree(draft)
    if direction not in order.MOVES:
        raise Refused(_("A clause moves up, down, in or out."))
    if sentence := order.why_not_move(clauses, clause, direction):
        raise Refused(sentence)
    order.write(order.moved(clauses, clause, direction))
    audit.record("policy_clause_moved", draft, by=by, changes={"clause": clause.clause_id, "to": direction})
    return clause


@transaction.atomic
def remove_clause(clause: Clause, *, by: User, revision: int) -> None:
    """Take a clause out of a draft with what is below it; its words stay in the record."""
    draft = claim(clause.version, by=by, revision=revision)
    text = {row.clause_id: row.text for row in (clause, *clause.children.all())}
    try:
        clause.delete()
    except RestrictedError as error:
        raise Refused(_("A service's own waiting period rests on this clause. Take the period away first.")) from error
    order.write(order.tree(draft))
    audit.record("policy_clause_removed", draft, by=by, changes={"clauses": text})


@transaction.atomic
def write_settings(
    version: PolicyVersion,
    *,
    by: User,
    revision: int,
    read: str,
    tools: list[dict[str, Any]],
    periods: list[dict[str, Any]],
    **facts: Any,
) -> PolicyVersion:
    """Write what the portal does by this version; tools and periods are replaced whole."""
    draft = claim(version, by=by, revision=revision, unchanged=lambda now: digest(settings_facts(now)) == read)
    before = settings_facts(draft)
    for name in CONTENT:
        setattr(draft, name, facts[name])
    draft.save(update_fields=CONTENT)
    draft.tools.all().delete()
    Tool.objects.bulk_create(Tool(version=draft, position=place, **tool) for place, tool in enumerate(tools))
    draft.service_periods.all().delete()
    ServicePeriod.objects.bulk_create(ServicePeriod(version=draft, **period) for period in periods)
    changed = [name for name, value in settings_facts(draft).items() if value != before[name]]
    audit.record("policy_settings_written", draft, by=by, changes={"changed": changed})
    return draft
