"""The lines of one section become clauses: what begins one, what only continues it, what stands below it.

Lines may be wrapped, joined or split; numbers may be lost, doubled or thrown to the other end of the line.
"""

import re
from collections import Counter

from core.arabic import fold
from policies.importing import markers, order, wording
from policies.importing.building import LEADS_ON, Builder, add, start_at, start_unmarked
from policies.importing.document import Item
from policies.importing.files import Line
from policies.importing.joining import (
    by_names,
    in_columns,
    joined_markers,
    listed_by_commas,
    opening,
    replaced,
    with_end_numbers,
)
from policies.importing.markers import Marker
from policies.importing.measure import TERMINAL, Measure

APPROVAL_RUNS_ON = re.compile(r"[\d/]\s*\n|\n\s*(?:وقرر|ونشر|والعمل|[\d/])")  # figures of a date, «وقرر…»
APPROVAL_OPENS = re.compile(
    r"و?(?:تحل|يحل|تلغي|يعمل|تسري|يسري|تنشر|تراجع) |وقد (?:تم|اعتمد)|(?:تم|لقد تم) (?:اعتماد|اقرار)"
)

PROSE = frozenset(("preamble", "general_objective", "approval"))


def clauses(kind: str, lines: list[Line], how: Measure) -> tuple[str, list[Item], list[tuple[str, Item, str]]]:
    """(words that lead into the list, clauses, doubts) of one section's lines."""
    lines = listed_by_commas(kind, in_columns(kind, lines))
    lines = with_end_numbers(joined_markers(lines), kind)
    lines = without_section_number(lines)
    leading = [one for line in lines if (one := opening(line)[0])]
    builder = Builder(
        kind,
        how,
        marked=is_marked(lines, kind),
        numbers_open_lines=numbers_open(lines),
        bullets=frozenset(one.style[-1] for one in leading if one.kind == "bullet"),
    )
    intro = ""
    for place, line in enumerate(lines):
        if not builder.items and leads_into_list(line, lines[place + 1 :], builder):
            intro = f"{intro} {line.text}".strip()
            continue
        for piece in pieces(builder, line):
            take(builder, piece, lines[place + 1 :])
            builder.previous = builder.previous if is_scrap(kind, piece.text) else piece
        builder.previous = builder.previous if is_scrap(kind, line.text) else line
    if kind in PROSE and not builder.marked:
        builder.items = made_whole(kind, builder.items)
    return intro, builder.items, builder.doubts


def made_whole(kind: str, items: list[Item]) -> list[Item]:
    """Pieces of one clause of the common text, which the page's broken lines parted, are one clause again."""
    whole: list[Item] = []
    for item in items:
        last = whole[-1] if whole else None
        known = wording.nearest(last.text, kind, at_least=45) if last else None
        if last and known and not wording.opens_known(item.text) and wording.belongs(item.text, known):
            last.text = f"{last.text} {item.text}"
            last.lines += item.lines
        else:
            whole.append(item)
    return whole


def without_section_number(lines: list[Line]) -> list[Line]:
    """«3.1 … 3.2 …» in section 3 (or «1-3 … 2-3 …») are clauses 1 and 2, not clauses below another."""
    paths = {place: one.path for place, line in enumerate(lines) if (one := opening(line)[0]) and one.path}
    plain = any(one and one.kind == "number" and not one.path for one in (opening(line)[0] for line in lines))
    if plain or not paths:
        return lines
    if len({path[0] for path in paths.values()}) == 1:
        cut = slice(1, None)
    elif len({path[-1] for path in paths.values()}) == 1:
        cut = slice(None, -1)
    else:
        return lines
    result = list(lines)
    for place, path in paths.items():
        number = ".".join(map(str, path[cut]))
        result[place] = replaced(lines[place], f"{number}- {opening(lines[place])[1]}")
    return result


def is_marked(lines: list[Line], kind: str) -> bool:
    """Do numbers or bullets begin the clauses here? Those below «ما يلي:» do not count."""
    if kind == "approval" or not lines:
        return False
    first = lines[1] if LEADS_ON.search(lines[0].text) and len(lines) > 1 and not opening(lines[0])[0] else lines[0]
    count = sum(opening(line)[0] is not None for line in lines)
    starts = opening(first)[0] is not None or (count >= 2 and bool(markers.inside(first.text) or inner_bullets(first)))
    return starts and count >= (1 if len(lines) < 3 else 2)


def inner_bullets(line: Line) -> list[re.Match]:
    return list(re.finditer(r"(?<=\s)[•●○▪■□◦➢►✓§\ue000-\uf8ff](?=\s)", line.text))


def numbers_open(lines: list[Line]) -> bool:
    """Do the numbers stand at the beginnings of lines rather than anywhere in a running text?"""
    firsts = [(opening(line)[0], markers.inside(line.text)) for line in lines]
    leading = sum(1 for one, _inner in firsts if one and one.kind == "number")
    running = sum(1 for one, inner in firsts if one is None and inner)
    several = any(one and one.value and inner and inner[0].value == one.value + 1 for one, inner in firsts)
    return leading >= running and not several


def leads_into_list(line: Line, after: list[Line], builder: Builder) -> bool:
    """«وتتمثل القنوات فيما يلي:» before the first number belongs to the heading."""
    if not LEADS_ON.search(line.text) or opening(line)[0] or not after:
        return False
    return (builder.marked and opening(after[0])[0] is not None) or builder.kind in ("channel", "tool")


# Clauses joined on one line


def pieces(builder: Builder, line: Line) -> list[Line]:
    """Clauses that were joined on one line, parted at their numbers or bullets."""
    if builder.kind in ("approval", "preamble"):
        return [line]
    marker, _rest = opening(line)
    cuts = by_bullets(builder, line) if marker and marker.kind == "bullet" else by_numbers(builder, line, marker)
    if builder.kind == "channel" and not cuts and marker is None:
        return by_names(line)
    edges = [0, *cuts, len(line.text)]
    parts = [line.text[start:end].strip() for start, end in zip(edges, edges[1:], strict=False)]
    return [
        Line(part, line.blank_before and not place, line.page_before and not place, line.level)
        for place, part in enumerate(parts)
        if part
    ]


def by_bullets(builder: Builder, line: Line) -> list[int]:
    sign = line.text[0]
    if sign in "-–—ـ*" and builder.kind not in ("channel", "tool"):
        return []
    return [found.start() for found in re.finditer(rf"(?<=\s){re.escape(sign)}(?=\s?[^\W\d_])", line.text)]


def by_numbers(builder: Builder, line: Line, marker: Marker | None) -> list[int]:
    """Where the next numbers in sequence stand within the line."""
    numbered = marker is not None and marker.kind in ("number", "letter") and marker.value is not None
    if marker is not None and not numbered:
        return []
    if not numbered and not (builder.levels and builder.levels[-1].last):
        return []
    due = (marker.value if numbered and marker else 0) or 0
    due_next = {due + 1} if numbered else builder.due
    cuts = []
    for found in markers.inside(line.text):
        if found.value in due_next or (found.value == 1 and LEADS_ON.search(line.text[: found.start].strip())):
            cuts.append(found.start)
            due_next = {found.value + 1}
    if len(cuts) == 1 and not numbered and is_turned(builder, line, cuts[0]):
        return []
    return cuts


def is_turned(builder: Builder, line: Line, at: int) -> bool:
    """Did the ends of this line change places? The words before its number then end this clause, not the last one.

    Otherwise two clauses were joined. What meets in the common text decides; then, whether numbers open lines here.
    """
    before, head = builder.previous, line.text[:at].split()
    if before is None or not head:
        return True
    joined, turned = order.seam(before.text.split()[-1], head[0]), order.seam(line.text.split()[-1], head[0])
    if joined != turned:
        return turned > joined
    if before.text.endswith(TERMINAL) or not builder.measure.is_full(before, line):
        return True
    return builder.numbers_open_lines and len(head) <= 4 and not head[-1].endswith(".")


# Beginning, continuing, going below


def take(builder: Builder, line: Line, after: list[Line]) -> None:
    marker, rest = opening(line, bare=builder.marked)
    if marker is not None and is_no_number(builder, marker):
        marker, rest = None, line.text
    if builder.kind == "approval":
        marker, rest = None, line.text
    if marker is None and (turned := number_in_the_middle(builder, line)):
        start_at(builder, turned[0], turned[1], in_order(turned))
        if builder.last:
            builder.last.number_at, builder.last.reading = turned[2], in_order(turned)
        builder.doubts.append(("swapped_ends", builder.last or Item(""), line.text))
    elif marker is not None and not continues_anyway(builder, marker, line):
        start_at(builder, marker, rest, with_what_follows(rest, after))
    elif begins(builder, line):
        start_unmarked(builder, rest)
    else:
        add(builder, line.text if marker else rest)


def is_no_number(builder: Builder, marker: Marker) -> bool:
    """A bare number or a single letter out of sequence is a word of the text."""
    bare = marker.style == "number:bare" and marker.value != builder.expected
    return bare or (marker.kind == "letter" and marker.value not in builder.due | {1})


def in_order(turned: tuple[Marker, str, int]) -> str:
    """The words behind the number first, those before it last."""
    words = turned[1].split()
    return " ".join(words[turned[2] :] + words[: turned[2]])


def number_in_the_middle(builder: Builder, line: Line) -> tuple[Marker, str, int] | None:
    """The clause's number within its own line: the line's ends changed places. The words stay as printed."""
    if not builder.marked or builder.kind in ("approval", "preamble"):
        return None
    if turned := bullet_in_the_middle(builder, line):
        return turned
    for found in markers.inside(line.text):
        if found.value in builder.due and is_turned(builder, line, found.start):
            before, behind = line.text[: found.start].strip(), line.text[found.end :].strip()
            fitting = [level.style for level in builder.levels if (level.last or 0) + 1 == found.value]
            style = fitting[-1] if fitting else "number:latin:-"
            return Marker("number", style, found.value), f"{before} {behind}".strip(), len(before.split())
    return None


def bullet_in_the_middle(builder: Builder, line: Line) -> tuple[Marker, str, int] | None:
    """The same for the list's bullet, where it is a sign that no sentence holds."""
    signs = builder.bullets - set("-–—*ـo")
    for found in re.finditer(r"(?<=\s)(?:(\S)(?=\s)|([•●○▪■□◦➢►✓\ue000-\uf8ff])(?=[^\W\d_]))", line.text):
        if (found[1] or found[2]) in signs:
            before, behind = line.text[: found.start()].strip(), line.text[found.end() :].strip()
            return Marker("bullet", f"bullet:{found[1] or found[2]}"), f"{before} {behind}", len(before.split())
    return None


def continues_anyway(builder: Builder, marker: Marker, line: Line) -> bool:
    """A dash or a number that opens a wrapped line without opening a clause («… رقم / 2 - المنعقدة»)."""
    before = builder.previous
    if before is None or not builder.levels or line.level is not None or line.blank_before or line.page_before:
        return False
    open_line = builder.measure.is_full(before, line) and not before.text.endswith(TERMINAL)
    if marker.kind == "bullet":
        return open_line and marker.style.endswith(("-", "–")) and not builder.levels[-1].style.startswith("bullet")
    wild = marker.kind == "number" and marker.value not in {(level.last or 0) + 1 for level in builder.levels} | {1}
    return open_line and wild and marker.path is None


def begins(builder: Builder, line: Line) -> bool:
    """Does a line without a number begin a clause of its own?"""
    before, last = builder.previous, builder.last
    if before is None or last is None:
        return True
    if builder.marked and builder.kind not in ("preamble", "general_objective"):
        return False
    if is_scrap(builder.kind, line.text):
        return False
    if opens(builder, line):
        return True
    if runs_on(before.text, line.text) or (builder.kind in PROSE and is_unfinished(before.text, line.text)):
        return False
    if builder.kind == "approval" and not has_ended(before) and APPROVAL_RUNS_ON.search(f"{before.text}\n{line.text}"):
        return False
    if builder.measure.width is None:
        return True
    closed = has_ended(before) and not ends_in_its_middle(before.text)
    if line.blank_before and builder.measure.blanks_part:
        return closed or not builder.measure.is_full(before, line)
    return closed or not builder.measure.is_full(before, line)


def is_scrap(kind: str, text: str) -> bool:
    """A piece of a word that the page left on a line of its own («فات» of «الخلافات»)."""
    if kind in ("channel", "tool") or len(text.split()) != 1 or len(text) > 6:
        return False
    return not wording.is_word(text) and not text.endswith((*TERMINAL, *"0123456789"))


def has_ended(line: Line) -> bool:
    return line.text.rstrip(')»" ').endswith(TERMINAL)


def ends_in_its_middle(text: str) -> bool:
    """Do the line's last word and its first meet in the common text? Then its ends changed places."""
    words = [word for word in text.split() if wording.words_key(word)]
    return len(words) > 4 and order.follows(words[-1], words[0])


def opens(builder: Builder, line: Line) -> bool:
    """Does a clause of the common text begin here, perhaps behind words that changed ends with it?"""
    if builder.kind == "approval":
        return bool(APPROVAL_OPENS.match(fold(line.text)))
    if wording.opens_known(line.text):
        return True
    words = line.text.split()
    if not builder.measure.is_full(line):
        return False
    return any(wording.opens_known(" ".join(words[cut:]), at_least=94) for cut in range(1, min(4, len(words) - 4)))


def is_unfinished(before: str, line: str) -> bool:
    """A line of prose that ends with a comma, or a year whose «م» or «هـ» stands on the next line."""
    return before.endswith("،") or (before[-1:].isdigit() and re.match(r"(?:م|هـ)(?:\s|$)", line) is not None)


def runs_on(before: str, line: str) -> bool:
    """Do the two lines meet in the middle of a sentence of the common text?"""
    first, second = wording.words_key(before).split()[-1:], wording.words_key(line).split()[:1]
    return bool(first and second) and (first[0], second[0]) in wording.pairs()


def with_what_follows(text: str, after: list[Line]) -> str:
    """The clause's first line with the lines below it up to the next number."""
    for line in after[:4]:
        if opening(line)[0] is not None:
            break
        text = f"{text} {line.text}"
    return text


def numbering_gaps(items: list[Item]) -> list[Item]:
    """Clauses whose printed number is not the next one: a clause may have been lost before them."""
    odd = []
    for place, item in enumerate(items, 1):
        if item.printed_number is not None and item.printed_number != place:
            odd.append(item)
    counts = Counter(item.printed_number - items.index(item) for item in odd if item.printed_number)
    return odd if counts and len(odd) < len(items) else []
