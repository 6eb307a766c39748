"""Each clause gets its stable id: by meaning for channels and tools (CH-6 is always volunteering), else by order."""

import re
from collections.abc import Iterable

from core.arabic import fold
from policies.importing import periods, wording
from policies.importing.document import Imported, Item

PERMIT = re.compile(r"تصريح|تصاريح")
PREFIX = {
    "preamble": "PRE",
    "general_objective": "GO",
    "detailed_objective": "DO",
    "channel": "CH",
    "tool": "TL",
    "procedure_step": "PS",
    "approval": "AP",
}
DECIDING = frozenset(("inform_committee_and_period", "attest_and_sign", "complete_registration", "verify_data"))
UNNUMBERED = frozenset(("general_objective", "approval"))
FIRST_FREE = {"channel": 9, "tool": 9}


def name_clauses(found: Imported) -> None:
    """Give every clause its id, number and code; say which procedure the steps make."""
    for section in found.sections:
        if section.kind in ("channel", "tool"):
            by_meaning(section.kind, section.clauses)
        elif section.kind == "procedure_step":
            found.procedure = steps(section.clauses)
        else:
            in_order(PREFIX[section.kind], section.clauses, start=0)
        for place, item in enumerate(section.clauses, 1):
            item.number = None if section.kind in UNNUMBERED else place_among(section.clauses, item, place)
            name_children(item)


def place_among(items: list[Item], item: Item, place: int) -> int:
    """Its place; the permits' steps are counted by themselves."""
    if item.id.startswith("PS"):
        same = [other for other in items if other.id.startswith("PS-D") == item.id.startswith("PS-D")]
        return same.index(item) + 1
    return place


def in_order(prefix: str, items: Iterable[Item], *, start: int) -> None:
    for place, item in enumerate(items, start + 1):
        item.id = f"{prefix}-{place}"


def name_children(item: Item) -> None:
    for place, child in enumerate(item.children, 1):
        child.id, child.number = f"{item.id}.{place}", place


def by_meaning(kind: str, items: list[Item]) -> None:
    table = wording.CHANNELS if kind == "channel" else wording.TOOLS
    taken: set[str] = set()
    free = FIRST_FREE[kind]
    for item in items:
        known = wording.sort_of(item.text, table)
        if known and known[0] not in taken:
            item.id, item.code = known
        else:
            item.id, free = f"{PREFIX[kind]}-{free}", free + 1
        taken.add(item.id)


def steps(items: list[Item]) -> str:
    """Codes and ids of the steps; "support_requests", "programme_permits" or "both"."""
    for item in items:
        known = wording.sort_of(item.text, wording.STEPS)
        item.code = known[0] if known else ""
    permits = [item for item in items if item.code in wording.PERMIT_STEPS or PERMIT.search(fold(item.text))]
    asks_permits = any("permit" in item.code or PERMIT.search(fold(item.text)) for item in permits)
    decides = any(item.code in DECIDING or periods.floor_in(item.text) for item in items if item not in permits)
    if not asks_permits:
        in_order("PS", items, start=0)
        return "support_requests"
    if not decides:
        in_order("PS-D", items, start=0)
        rename_permits(items)
        return "programme_permits"
    in_order("PS", [item for item in items if item not in permits], start=0)
    in_order("PS-D", permits, start=0)
    rename_permits(permits)
    return "both"


def rename_permits(items: list[Item]) -> None:
    for item in items:
        item.id = item.id.replace("PS-D-", "PS-D")
