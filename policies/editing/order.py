"""The order of a draft's clauses: two levels, sections of one kind, and the heading on each section's first clause."""

from collections.abc import Callable
from itertools import groupby

from django.utils.translation import gettext as _

from policies.models import Clause, ClauseKind, PolicyVersion

PREFIX = {
    ClauseKind.PREAMBLE: "PRE",
    ClauseKind.GENERAL_OBJECTIVE: "GO",
    ClauseKind.DETAILED_OBJECTIVE: "DO",
    ClauseKind.CHANNEL: "CH",
    ClauseKind.TOOL: "TL",
    ClauseKind.PROCEDURE_STEP: "PS",
    ClauseKind.APPROVAL: "AP",
}
Tree = list[tuple[Clause, list[Clause]]]
MOVES = ("up", "down", "in", "out")


def tree(version: PolicyVersion) -> Tree:
    """The clauses of the first level in order, each with those below it."""
    rows = list(version.clauses.all())
    return [(row, [child for child in rows if child.parent_id == row.pk]) for row in rows if row.parent_id is None]


def write(clauses: Tree) -> None:
    """Put the rows in this order: positions counted through, headings on the first clause of each section."""
    carry_headings(clauses)
    flat: list[Clause] = []
    for clause, below in clauses:
        clause.parent = None
        for child in below:
            child.parent, child.kind, child.heading = clause, clause.kind, ""
        flat += [clause, *below]
    for position, clause in enumerate(flat):
        clause.position = position
    Clause.objects.bulk_update(flat, ["position", "parent", "kind", "heading"])


def carry_headings(clauses: Tree) -> None:
    """A section's heading stays with the section when its first clause moves away."""
    for kind, rows in groupby(clauses, lambda row: row[0].kind):
        section = list(rows)
        every = [each for clause, below in section for each in (clause, *below) if each.kind == kind]
        heading = next((each.heading for each in every if each.heading), "")
        for place, (clause, _below) in enumerate(section):
            clause.heading = "" if place else heading


def why_not_move(clauses: Tree, clause: Clause, direction: str) -> str:
    """Why a clause does not go that way; empty when it does."""
    place, below = place_of(clauses, clause)
    siblings = below or [row for row, _b in clauses]
    index = [row.pk for row in siblings].index(clause.pk)
    neighbour = index - 1 if direction in ("up", "in") else index + 1
    beside = siblings[neighbour] if 0 <= neighbour < len(siblings) else None
    if direction == "out":
        return "" if below else _("The clause is already in the first level.")
    if direction == "in" and below:
        return _("The clause is already below another.")
    if direction == "in" and clauses[place][1]:
        return _("The clause has clauses of its own, so it cannot go below another.")
    if beside is None or beside.kind != clause.kind:
        return _("There is no place for the clause that way in its section.")
    return ""


def moved(clauses: Tree, clause: Clause, direction: str) -> Tree:
    """The clauses after one move that `why_not_move` permits."""
    place, below = place_of(clauses, clause)
    step: dict[str, Callable[[], None]] = {
        "up": lambda: swap(below or clauses, index_of(below or clauses, clause), -1),
        "down": lambda: swap(below or clauses, index_of(below or clauses, clause), 1),
        "in": lambda: clauses[place - 1][1].append(clauses.pop(place)[0]),
        "out": lambda: take_out(clauses, place, clause),
    }
    step[direction]()
    return clauses


def place_of(clauses: Tree, clause: Clause) -> tuple[int, list[Clause]]:
    """Where the clause (or the one above it) stands in the first level, and its siblings if it is below another."""
    for place, (row, below) in enumerate(clauses):
        if row.pk == clause.pk:
            return place, []
        if clause.pk in [child.pk for child in below]:
            return place, below
    raise LookupError(clause)


def index_of(rows: list, clause: Clause) -> int:
    return [(row[0] if isinstance(row, tuple) else row).pk for row in rows].index(clause.pk)


def swap(rows: list, index: int, by: int) -> None:
    rows[index], rows[index + by] = rows[index + by], rows[index]


def take_out(clauses: Tree, place: int, clause: Clause) -> None:
    below = clauses[place][1]
    found = below.pop(index_of(below, clause))
    clauses.insert(place + 1, (found, []))


def next_id(version: PolicyVersion, kind: str, parent: Clause | None) -> str:
    """An id that no clause of any version has had: an id means one clause for ever."""
    stem = f"{parent.clause_id}." if parent else f"{PREFIX[ClauseKind(kind)]}-"
    used = Clause.objects.filter(clause_id__startswith=stem).values_list("clause_id", flat=True)
    numbers = [int(rest) for rest in (each.removeprefix(stem) for each in used) if rest.isdecimal()]
    return f"{stem}{max(numbers, default=0) + 1}"


def placed(clauses: Tree, clause: Clause, parent: Clause | None) -> Tree:
    """The clauses with a new one at the end of its section, or of those below its parent."""
    if parent:
        clauses[place_of(clauses, parent)[0]][1].append(clause)
        return clauses
    kinds = list(ClauseKind.values)
    before = [place for place, (row, _b) in enumerate(clauses) if row.kind == clause.kind]
    if not before:
        before = [place for place, (row, _b) in enumerate(clauses) if kinds.index(row.kind) < kinds.index(clause.kind)]
    clauses.insert(max(before, default=-1) + 1, (clause, []))
    return clauses
