"""Two versions word by word: clauses aligned by their stable ids, words marked as taken out or put in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from policies import rich
from policies.models import Clause, ClauseKind, PolicyVersion

WORDS = re.compile(r"\S+|\s+")


@dataclass(frozen=True)
class Piece:
    """Some words and what became of them: "same", "ins" or "del"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Row:
    """One clause in two versions: `state` is "same", "changed", "added" or "removed"; `moved` beside any of them."""

    clause_id: str
    section: str
    number: str
    state: str
    moved: bool
    pieces: list[Piece]


def words(before: str, after: str) -> list[Piece]:
    """The words of both texts in one row, in reading order; joined, the kept ones give either text back."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    pieces: list[Piece] = []
    for verb, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb == "equal":
            pieces.append(Piece("same", "".join(old[i:j])))
            continue
        if i < j:
            pieces.append(Piece("del", "".join(old[i:j])))
        if k < m:
            pieces.append(Piece("ins", "".join(new[k:m])))
    return pieces


def compare(before: PolicyVersion, after: PolicyVersion) -> list[Row]:
    """Every clause of either version: those of the new in their order, each removed one where it stood."""
    old, new = list(before.clauses.select_related("parent")), list(after.clauses.select_related("parent"))
    moved = out_of_order([row.clause_id for row in old], [row.clause_id for row in new])
    moved |= {
        row.clause_id for row in new for was in old if was.clause_id == row.clause_id and above(was) != above(row)
    }
    was = {row.clause_id: row for row in old}
    return [
        row_of(was.get(clause_id), now, moved=clause_id in moved)
        for clause_id, now in aligned(old, {row.clause_id: row for row in new})
    ]


def above(clause: Clause) -> str:
    return clause.parent.clause_id if clause.parent else ""


def aligned(old: Sequence[Clause], new: dict[str, Clause]) -> Iterator[tuple[str, Clause | None]]:
    """The ids of both in one order: after each clause of the new, the removed ones that followed it in the old."""
    following: dict[str, list[str]] = {}
    last = ""
    for row in old:
        if row.clause_id in new:
            last = row.clause_id
        else:
            following.setdefault(last, []).append(row.clause_id)
    yield from ((each, None) for each in following.get("", []))
    for clause_id, row in new.items():
        yield clause_id, row
        yield from ((each, None) for each in following.get(clause_id, []))


def row_of(was: Clause | None, now: Clause | None, *, moved: bool) -> Row:
    clause = now or was
    assert clause is not None  # noqa: S101  # every id came from one of the two
    pieces = words(rich.plain(was.text) if was else "", rich.plain(now.text) if now else "")
    if was is None:
        state = "added"
    elif now is None:
        state = "removed"
    else:
        state = "changed" if any(piece.kind != "same" for piece in pieces) else "same"
    return Row(clause.clause_id, str(ClauseKind(clause.kind).label), clause.number, state, moved, pieces)


def out_of_order(old: list[str], new: list[str]) -> set[str]:
    """The ids that changed places: those outside the longest run the two orders share."""
    there, here = set(new), set(old)
    common_old, common_new = [each for each in old if each in there], [each for each in new if each in here]
    blocks = SequenceMatcher(None, common_old, common_new, autojunk=False).get_matching_blocks()
    kept = {common_old[index] for block in blocks for index in range(block.a, block.a + block.size)}
    return set(common_old) - kept


def counts(rows: list[Row]) -> dict[str, int]:
    """How many clauses are in each state, and how many moved."""
    found = {state: sum(row.state == state for row in rows) for state in ("same", "changed", "added", "removed")}
    return found | {"moved": sum(row.moved for row in rows)}
