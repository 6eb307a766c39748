"""How a document is set: whether its lines were broken at a width, and whether blank lines part its paragraphs."""

from dataclasses import dataclass

from policies.importing.files import Line

TERMINAL = (".", "؛", ":", "!", "؟", "。")
NARROWEST_WRAP, WIDEST_WRAP = 35, 140


@dataclass(frozen=True)
class Measure:
    """How the document is set: the width its lines are broken at (None where they are not), and its blank lines."""

    width: int | None
    blanks_part: bool

    def is_full(self, line: Line, after: Line | None = None) -> bool:
        """Could the line have been broken here for want of room? The first word `after` it would not have fitted."""
        if self.width is None:
            return False
        room = len(after.text.split()[0]) + 1 if after else 0.25 * self.width
        return line.width + max(6, min(room, 0.28 * self.width)) > 0.92 * self.width


def measure(lines: list[Line], *, broken: bool) -> Measure:
    """Look at the whole document. `broken` is False where a file usually keeps paragraphs whole
    (Word), so that more must speak for broken lines."""
    widths = sorted(line.width for line in lines if not line.is_cell_row)
    pairs = len(lines) - 1
    blanks = sum(line.blank_before for line in lines[1:])
    parts = 0 < blanks < 0.85 * max(pairs, 1)
    if not widths:
        return Measure(None, parts)
    width = next((widths[-top] for top in (1, 2, 3) if len(widths) > top + 2 and alike(widths, top)), widths[-1])
    full = [line for line in lines if line.width >= 0.85 * width and not line.text.endswith(TERMINAL)]
    wrapped = NARROWEST_WRAP <= width <= WIDEST_WRAP and widths[-1] <= 1.5 * width and len(full) >= (2 if broken else 4)
    return Measure(width if wrapped else None, parts)


def alike(widths: list[int], top: int) -> bool:
    """Is the line of this rank as wide as the next two? A wider one standing alone is a title or a table's row."""
    return widths[-top - 2] >= 0.92 * widths[-top]
