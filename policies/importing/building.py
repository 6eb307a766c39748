"""Clauses in the making: a new one goes on the level of its number or bullet, other lines continue the last."""

import re
from dataclasses import dataclass, field

from policies.importing.document import Item
from policies.importing.files import Line
from policies.importing.markers import Marker
from policies.importing.measure import Measure

LEADS_ON = re.compile(r"[:：]\s*[\-–ـ]*\s*$")


@dataclass
class Level:
    style: str
    last: int | None
    items: list[Item]


@dataclass
class Builder:
    """Clauses in the making. `doubts` collects (kind, item, printed) for `damage`."""

    kind: str
    measure: Measure
    marked: bool = False
    numbers_open_lines: bool = False
    bullets: frozenset[str] = frozenset()
    items: list[Item] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    doubts: list[tuple[str, Item, str]] = field(default_factory=list)
    previous: Line | None = None

    @property
    def last(self) -> Item | None:
        return self.levels[-1].items[-1] if self.levels and self.levels[-1].items else None

    @property
    def expected(self) -> int:
        """The number that would come next on the deepest level."""
        return (self.levels[-1].last or 0) + 1 if self.levels else 1

    @property
    def due(self) -> set[int]:
        """The numbers that would come next on any level."""
        opened = {1} if not self.levels or (self.last and LEADS_ON.search(self.last.reading)) else set()
        return {(level.last or 0) + 1 for level in self.levels if level.last is not None} | opened


def start_unmarked(builder: Builder, text: str) -> None:
    """Without numbers: what follows «ما يلي:» stands below it, until the next «ما يلي:» or the section's end."""
    if not builder.levels:
        builder.levels.append(Level("plain", None, builder.items))
    if builder.levels[0].style == "plain" and builder.levels[-1].style != "plain" or LEADS_ON.search(text):
        del builder.levels[1:]
    elif builder.last and LEADS_ON.search(builder.last.reading) and builder.kind != "approval":
        builder.levels.append(Level("plain", None, builder.last.children))
    append(builder, text, None)


def start_at(builder: Builder, marker: Marker, text: str, whole: str) -> None:
    """Begin a clause on the level its number or bullet belongs to. `whole` is its text so far as it is known."""
    if not builder.levels:
        builder.levels.append(Level(marker.style, None, builder.items))
    depth = depth_of(builder, marker, whole)
    del builder.levels[depth + 1 :]
    if depth == len(builder.levels):
        last = builder.last
        builder.levels.append(Level(marker.style, None, last.children if last else builder.items))
    level = builder.levels[depth]
    if not level.items:
        level.style = marker.style
    level.last = marker.value if marker.value is not None else (level.last or 0) + 1
    append(builder, text, marker.value)


def depth_of(builder: Builder, marker: Marker, text: str) -> int:
    """0 for the section's own clauses, 1 for what stands below one."""
    deepest = len(builder.levels) - 1
    last = builder.last
    if last is None:
        return 0
    if marker.kind == "listed":
        return min(int(marker.style.split(":")[1]), 1, deepest + 1)
    if marker.path is not None:
        return min(len(marker.path) - 1, 1) if builder.items else 0
    opened = bool(LEADS_ON.search(last.reading)) and deepest == 0
    if marker.kind in ("number", "letter", "ordinal"):
        return depth_of_number(builder, marker, opened)
    return depth_of_bullet(builder, marker, text, opened)


def depth_of_number(builder: Builder, marker: Marker, opened: bool) -> int:
    deepest = len(builder.levels) - 1
    fits = [depth for depth, level in enumerate(builder.levels) if marker.value == (level.last or 0) + 1]
    same = [depth for depth, level in enumerate(builder.levels) if level.style == marker.style]
    if opened and marker.value == 1:
        return 1
    if opened and marker.style != builder.levels[0].style and not fits:
        return 1
    both = [depth for depth in fits if depth in same]
    for choice in (both, fits, same):
        if choice:
            return choice[-1]
    if marker.kind == "letter" and deepest == 0 and builder.levels[0].style != "letter":
        return 1
    return deepest


def depth_of_bullet(builder: Builder, marker: Marker, text: str, opened: bool) -> int:
    deepest = len(builder.levels) - 1
    if opened:
        return 1
    same = [depth for depth, level in enumerate(builder.levels) if level.style == marker.style]
    if deepest == 1 and same == [0, 1]:
        return 0 if LEADS_ON.search(text) else 1
    return same[-1] if same else deepest


def append(builder: Builder, text: str, printed_number: int | None) -> None:
    builder.levels[-1].items.append(
        Item(text.strip(), lines=[text.strip()], reading=text.strip(), printed_number=printed_number)
    )


def add(builder: Builder, text: str) -> None:
    """The line continues the last clause."""
    item = builder.last
    if item is None:
        start_unmarked(builder, text)
        return
    item.text = f"{item.text} {text.strip()}".strip()
    item.lines.append(text.strip())
    item.reading = f"{item.reading} {text.strip()}"
