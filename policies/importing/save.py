"""A document that was read becomes a draft. What it does not say stays as the version in force has it."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from accounts.models import User
from core import audit
from policies import packs
from policies.importing import wording
from policies.importing.document import Doubt, Imported, Item, Section
from policies.lifecycle import rules
from policies.models import Approval, Clause, PolicyVersion, Procedure, Signatory, Tool
from policies.rich import clean

WHOLE_TEXT = ("swapped_ends", "run_together")
PROCEDURES = {
    "support_requests": [Procedure.SUPPORT_REQUESTS],
    "programme_permits": [Procedure.PROGRAMME_PERMITS],
    "both": [Procedure.SUPPORT_REQUESTS, Procedure.PROGRAMME_PERMITS],
}
# What no policy text says and every version needs: taken from the version in force, else from a model pack.
KEPT = ("person_terms", "officer_title", "declaration_text", "read_aloud", "asks_household", "has_membership")
LONGEST_HEADING, LONGEST_LABEL = 120, 120


@transaction.atomic
def draft(imported: Imported, *, by: User | None, accepted: Collection[int] = ()) -> PolicyVersion:
    """A draft of the document. `accepted` are places in `imported.warnings` whose proposal a person accepted."""
    accept(imported, [imported.warnings[place] for place in sorted(set(accepted)) if place < len(imported.warnings)])
    version = PolicyVersion.objects.create(
        label=rules.next_label(),
        title=imported.title or "سياسة تنظيم العلاقة مع المستفيدين",
        based_on=PolicyVersion.in_force(),
        modified_by=by,
        procedures=PROCEDURES.get(imported.procedure or "", []),
        min_decision_days=imported.min_decision_days,
        channels=channels(imported),
        requires_signature=any(item.code == "attest_and_sign" for item in imported.every()),
        **kept(imported),
    )
    for section in imported.sections:
        write_section(version, section)
    for place, item in enumerate(imported.of_kind("tool")):
        label = item.text.rstrip(" .،:")[:LONGEST_LABEL]
        Tool.objects.create(version=version, code=code_of(item), clause_id=item.id, label=label, position=place)
    write_approval(version, imported)
    audit.record("policy_imported", version, by=by or audit.System(), changes={"accepted": len(accepted)})
    return version


def accept(imported: Imported, warnings: list[Doubt]) -> None:
    """Put the accepted proposals into the clauses; a whole clause's new order first, then single words in it."""
    items = {item.id: item for item in imported.every()}
    for warning in sorted(warnings, key=lambda one: one.kind not in WHOLE_TEXT):
        if warning.proposed is None:
            continue
        if warning.where.startswith("heading:"):
            for section in imported.sections:
                if f"heading:{section.kind}" == warning.where:
                    section.heading = section.heading.replace(warning.printed, warning.proposed)
        elif item := items.get(warning.where):
            whole = warning.kind in WHOLE_TEXT
            item.text = warning.proposed if whole else item.text.replace(warning.printed, warning.proposed)


def channels(imported: Imported) -> list[dict[str, str]]:
    return [
        {"code": code_of(item), "clause": item.id, "label": item.text.rstrip(" .،:")[:LONGEST_LABEL]}
        for item in imported.of_kind("channel")
    ]


def code_of(item: Item) -> str:
    """The portal's code, or one of its own for a channel or tool that the portal does not know ("ch-9")."""
    return item.code or item.id.lower()


def kept(imported: Imported) -> dict[str, Any]:
    """What the document does not say, from the version in force; on an empty installation from a model pack."""
    current = PolicyVersion.in_force()
    facts = {name: getattr(current, name) for name in KEPT} if current else from_pack(packs.read("social")["policy"])
    if imported.person_term:
        facts["person_terms"] = wording.person_forms(imported.person_term) or {"masc_def": imported.person_term}
    return facts


def from_pack(policy: dict[str, Any]) -> dict[str, Any]:
    return {
        "person_terms": policy["person_terms"],
        "officer_title": policy["officer_title"],
        "declaration_text": policy["declaration"]["text"],
        "read_aloud": policy["declaration"]["read_aloud"],
        "asks_household": policy["asks_household"],
        "has_membership": policy["membership"],
    }


def write_section(version: PolicyVersion, section: Section) -> None:
    for place, item in enumerate(section.clauses):
        heading = section.heading[:LONGEST_HEADING] if not place else ""
        row = write_clause(version, section.kind, item, heading=heading)
        for child in item.children:
            write_clause(version, section.kind, child, parent=row)


def write_clause(version: PolicyVersion, kind: str, item: Item, **more: Any) -> Clause:
    return Clause.objects.create(
        version=version,
        clause_id=item.id,
        kind=kind,
        code=code_of(item) if kind in ("channel", "tool") else item.code,
        number="" if item.number is None else str(item.number),
        text=clean(item.text),
        position=version.clauses.count(),
        **more,
    )


def write_approval(version: PolicyVersion, imported: Imported) -> None:
    facts, updated = imported.approval, imported.update_date
    if facts is None and updated is None:
        return
    found = facts.date if facts else None
    other = facts.other_date if facts else None
    approval = Approval.objects.create(
        version=version,
        body=(facts.body if facts else None) or "",
        session_no=facts.session_no if facts else None,
        meeting_no=facts.meeting_no if facts else None,
        term_no=facts.term_no if facts else None,
        weekday=(facts.weekday if facts else None) or "",
        date_typed=found.raw[:40] if found else "",
        calendar=(found.calendar if found else None) or "",
        date=found.iso if found else None,
        candidates=found.candidates if found else [],
        second_date_typed=other.raw[:40] if other else "",
        updated_on=updated.iso if updated else None,
        supersedes=((facts.supersedes if facts else None) or "")[:200],
        publish_on_website=(facts.publish_on_website or None) if facts else None,
    )
    Signatory.objects.bulk_create(
        Signatory(approval=approval, position=one["order"], title=one["title"], name=one.get("name", ""))
        for one in imported.signatories
    )
