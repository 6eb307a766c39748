"""Lines that are not yet one clause's: a table's cells, numbers left alone on a line or thrown to its end."""

import re

from core.arabic import fold
from policies.importing import markers, wording
from policies.importing.files import CELL, Line
from policies.importing.markers import Marker

LEFT_BEHIND = re.compile(r"\s\(?([0-9٠-٩]{1,2})\s?[\-–.)]+$")  # a number whose words stand on the next line
NUMBER_COLUMNS = frozenset(("م", "#", "ت", "رقم", "الرقم", "التسلسل", "مسلسل"))
COLUMNS = frozenset(
    fold(word)
    for word in (
        "م # ت رقم الرقم التسلسل مسلسل البيان القناة القنوات الأداة الأدوات الوثيقة الوصف ملاحظات الملاحظات الإجراء "
        "الخطوة الهدف المسؤول المدة النوع الاسم العنصر التفاصيل الشرح الجهة الاستخدام الغرض التوضيح المنفذ البند النص"
    ).split()
)


def opening(line: Line, *, bare: bool = False) -> tuple[Marker | None, str]:
    marker, rest = markers.split(line.text, bare=bare)
    if marker is None and line.level is not None:
        return Marker("listed", f"listed:{line.level}"), rest
    return marker, rest


def in_columns(kind: str, lines: list[Line]) -> list[Line]:
    """Table rows as clauses. Under a row of column names only the naming column is a clause's text."""
    result: list[Line] = []
    header: list[str] = []
    for line in lines:
        parts = [part.strip() for part in line.text.split(CELL)]
        if is_header(parts):
            header = parts
        elif header and CELL in line.text and len(parts) in (len(header), len(header) - 1):
            result.append(named_cell(header, parts, line))
        else:
            header = header if CELL in line.text else []
            result += cells(kind, line)
    return result


def is_header(parts: list[str]) -> bool:
    """A row of column names: short words without figures, one of them usual («م | القناة | أوقات العمل»)."""
    short = all(len(part.split()) <= 3 and not re.search(r"\d", part) for part in parts)
    return len(parts) > 1 and short and fold(parts[0]) in COLUMNS and any(fold(part) in COLUMNS for part in parts[1:])


def named_cell(header: list[str], parts: list[str], line: Line) -> Line:
    """The row's number and name; «م» and «رقم» head numbers, the first other column names."""
    shift = len(header) - len(parts) if not markers.is_alone(parts[0]) else 0
    names = [place - shift for place, column in enumerate(header) if fold(column) not in NUMBER_COLUMNS]
    name = parts[max(names[0], 0)] if names else parts[-1]
    number = next((part for part in parts if markers.is_alone(part)), "")
    return replaced(line, f"{numbered_cell(number)} {name}".strip())


def listed_by_commas(kind: str, lines: list[Line]) -> list[Line]:
    """Channels or tools in one sentence («الهاتف، البريد، الموقع.») are a clause each."""
    if kind not in ("channel", "tool") or len(lines) > 3 or any(opening(line)[0] for line in lines):
        return lines
    parts = [part.strip(" .") for part in re.split(r"[،؛,]", " ".join(line.text for line in lines)) if part.strip(" .")]
    alone = len(lines) == 1 and len(parts) == 2 and max(len(part.split()) for part in parts) <= 4
    if (len(parts) < 3 and not alone) or max(len(part.split()) for part in parts) > 7:
        return lines
    return [replaced(lines[0], part) for part in parts]


def cells(kind: str, line: Line) -> list[Line]:
    """A table's row in a list of channels or tools holds a clause in each cell; elsewhere the cells are one line."""
    if CELL not in line.text:
        return [line]
    parts = [part.strip() for part in line.text.split(CELL) if part.strip()]
    if kind == "approval":
        return [replaced(line, " ".join(parts))]
    if len(parts) > 1 and markers.is_alone(parts[0]):
        parts = [f"{numbered_cell(parts[0])} {parts[1]}", *parts[2:]]
    if len(parts) > 1 and markers.is_alone(parts[-1]) and not markers.split(parts[0])[0]:
        parts = [f"{numbered_cell(parts[-1])} {parts[0]}", *parts[1:-1]]
    listed = kind in ("channel", "tool") or sum(markers.split(part)[0] is not None for part in parts) > 1
    if not listed:
        parts = [" ".join(parts)]
    return [
        Line(part, line.blank_before and not place, line.page_before, line.level) for place, part in enumerate(parts)
    ]


def numbered_cell(cell: str) -> str:
    return f"{cell}-" if cell.strip().isdigit() else cell


def joined_markers(lines: list[Line]) -> list[Line]:
    """A number alone on its line goes before the words on the next one."""
    result: list[Line] = []
    waiting: Line | None = None
    numbers: list[int] = []
    for line in lines:
        if waiting is not None:
            line = Line(f"{waiting.text} {line.text}", waiting.blank_before, line.page_before, line.level)
            waiting = None
        if markers.is_alone(line.text):
            waiting = line
            continue
        left = LEFT_BEHIND.search(line.text)
        numbers = [found.value for found in numbers_of(line.text)] or numbers
        if left and any(value == markers.whole(left[1]) - 1 for value in numbers):
            waiting = Line(left[0].strip(), False, False)
            line = replaced(line, line.text[: left.start()].strip())
        result.append(line)
    return result


def numbers_of(text: str) -> list[markers.Inner]:
    marker, _rest = markers.split(text)
    first = [markers.Inner(0, 0, marker.value)] if marker and marker.value else []
    return [*first, *markers.inside(text)]


def with_end_numbers(lines: list[Line], kind: str) -> list[Line]:
    """Numbers at the lines' ends, in sequence and with none at the beginnings, are put where they belong."""
    if kind == "approval":
        return lines
    ends = [(place, *markers.split_end(line.text)) for place, line in enumerate(lines)]
    values = [marker.value for _place, marker, _rest in ends if marker]
    in_order = len(values) >= 2 and values[0] == 1 and all(map(follows, values, values[1:]))
    result = list(lines)
    for place, marker, rest in ends:
        if marker is None:
            continue
        front = markers.split(lines[place].text)[0]
        if front is not None and front.value == marker.value:
            result[place] = replaced(lines[place], rest)
        elif in_order and front is None:
            result[place] = replaced(lines[place], f"{marker.value}- {rest}")
    return result


def follows(value: int | None, after: int | None) -> bool:
    """The next number, or the first of another list."""
    return after == 1 or (value is not None and after == value + 1)


def replaced(line: Line, text: str) -> Line:
    return Line(text, line.blank_before, line.page_before, line.level, line.is_cell_row)


def by_names(line: Line) -> list[Line]:
    """Several channels on one line, parted by commas or dashes."""
    parts = [part.strip() for part in re.split(r"\s*[،؛,/]\s*|\s+[\-–—]\s+", line.text) if part.strip(" .")]
    known = [wording.sort_of(part, wording.CHANNELS) for part in parts]
    if len(parts) < 3 or sum(one is not None for one in known) < 0.6 * len(parts):
        return [line]
    return [Line(part, line.blank_before and not place) for place, part in enumerate(parts)]
