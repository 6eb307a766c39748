"""Loading a policy pack: one JSON file becomes the association, its policy in force, services and branches."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import Branch
from core import audit, clock
from core.errors import Refused
from policies.bands.actions import lay_example
from policies.models import (
    Approval,
    Association,
    Category,
    Clause,
    PolicyVersion,
    RequiredPaper,
    Service,
    Signatory,
    Tool,
    VersionState,
)

FOLDER = Path(__file__).parent
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


def read(name: str) -> dict[str, Any]:
    """One pack as it stands in its file. Raises Refused for a name that is none."""
    if name not in NAMES:
        raise Refused(f"لا توجد حزمة باسم {name}. الحزم: {'، '.join(NAMES)}.")
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@transaction.atomic
def load(name: str) -> PolicyVersion:
    """Make the pack this installation's configuration, once. Raises Refused where another one is loaded."""
    pack = read(name)
    loaded = Association.current()
    if loaded.pk and loaded.pack != name:
        raise Refused(f"البوابة مضبوطة على حزمة {loaded.pack}؛ احذف بياناتها أولًا لتحميل حزمة {name}.")
    if loaded.pk:
        return PolicyVersion.objects.get(state=VersionState.PUBLISHED)
    make_association(pack)
    version = make_version(pack["policy"], pack=name, notice=pack["model_text_notice"])
    make_services(pack["services"])
    if version.asks_household:
        lay_example()
    for position, category in enumerate(pack["categories"]):
        Category.objects.create(position=position, **category)
    for branch in pack["branches"]:
        Branch.objects.create(
            code=branch["code"], name=branch["label"], is_head_office=branch.get("head_office", False)
        )
    audit.record("pack_loaded", version, by=audit.System(), changes={"pack": name})
    return version


def make_association(pack: dict[str, Any]) -> Association:
    about = dict(pack["association"])
    contacts, settings = about.pop("contacts"), dict(pack["settings"])
    settings["holidays"] = [date.fromisoformat(day) for day in settings["holidays"]]
    known = {field.name for field in Association._meta.fields}
    facts = {key: value or "" for key, value in {**about, **contacts}.items() if key in known}
    return Association.objects.create(pack=pack["name"], **facts, **settings)


def make_version(policy: dict[str, Any], *, pack: str, notice: str) -> PolicyVersion:
    """A pack is written as a draft, like any version, and put in force whole: the database takes no other order."""
    version = PolicyVersion.objects.create(
        label=policy["version_label"],
        title=policy["title"],
        pack=pack,
        notice=notice,
        procedures=policy["procedures"],
        min_decision_days=policy["min_decision_days"],
        channels=policy["channels"],
        person_terms=policy["person_terms"],
        officer_title=policy["officer_title"],
        requires_signature=policy["requires_signature"],
        declaration_text=policy["declaration"]["text"],
        read_aloud=policy["declaration"]["read_aloud"],
        asks_household=policy["asks_household"],
        has_membership=policy["membership"],
    )
    for position, tool in enumerate(policy["tools"]):
        Tool.objects.create(
            version=version,
            position=position,
            code=tool["code"],
            clause_id=tool["clause"],
            label=tool["label"],
            description=tool.get("description", ""),
        )
    make_clauses(version, policy["clauses"], carries_out(policy))
    if policy["approval"]:
        make_approval(version, policy["approval"])
    version.state, version.published_at = VersionState.PUBLISHED, clock.now()
    version.save(update_fields=["state", "published_at"])
    return version


def carries_out(policy: dict[str, Any]) -> dict[str, str]:
    """The channel or tool of the portal behind each clause of those two sections."""
    return {row["clause"]: row["code"] for row in (*policy["channels"], *policy["tools"])}


def make_clauses(
    version: PolicyVersion, clauses: list[dict[str, Any]], codes: dict[str, str], parent: Clause | None = None
) -> None:
    """Clauses in order, children after their parent; positions count through the whole version."""
    for clause in clauses:
        row = Clause.objects.create(
            version=version,
            parent=parent,
            clause_id=clause["id"],
            kind=clause["kind"],
            code=clause.get("code") or codes.get(clause["id"], ""),
            number=clause["number"] or "",
            text=clause["text"],
            position=version.clauses.count(),
            to_be_confirmed=clause.get("to_be_confirmed", False),
        )
        make_clauses(version, clause.get("children", []), codes, parent=row)


def make_approval(version: PolicyVersion, facts: dict[str, Any]) -> Approval:
    approval = Approval.objects.create(
        version=version,
        body=facts["body"] or "",
        session_no=facts["session_no"],
        meeting_no=facts["meeting_no"],
        term_no=facts["term_no"],
        weekday=facts["weekday"] or "",
        date_typed=facts["date_typed"] or "",
        calendar=facts["calendar"] or "",
        date=day(facts["iso"]),
        candidates=[day(candidate) for candidate in facts["candidates"]],
        updated_on=day(facts["update_date"]),
        supersedes=facts["supersedes"] or "",
        publish_on_website=facts["publish_on_website"] or None,  # silence is no refusal
    )
    Signatory.objects.bulk_create(
        Signatory(approval=approval, position=person["order"], title=person["title"], name=person["name"])
        for person in facts["signatories"]
    )
    return approval


def day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def make_services(services: list[dict[str, Any]]) -> None:
    for position, facts in enumerate(services):
        papers = facts.pop("papers")
        service = Service.objects.create(position=position, **facts)
        RequiredPaper.objects.bulk_create(
            RequiredPaper(service=service, position=place, **paper) for place, paper in enumerate(papers)
        )
