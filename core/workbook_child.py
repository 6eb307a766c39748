"""What touches a workbook that a stranger sent runs here, alone in a process of its own (`core.apart` starts it).

A few kilobytes can ask for gigabytes, or for rows without end. It writes the first sheet's rows that hold anything as
JSON, `[[number in the sheet, [cells as text]], ...]`, or ends with a REASON. Its ceilings are those of `pdf_child`.
"""

import io
import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

MAX_COLUMNS = 60
LAST_ROW = 100_000  # an empty row costs a little too, and a sheet may say that its second row is the billionth
LONGEST_CELL = 2_000
MOST_LETTERS = 20_000_000  # one long text may stand in every cell, and be written only once
UNREADABLE, MANY_ROWS, HEAVY = 3, 4, 5


def rows_of(content: bytes, most: int) -> list[tuple[int, list[str]]] | None:
    """The rows that hold anything; None where they are more than `most`, or spread too far."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    found: list[tuple[int, list[str]]] = []
    letters = 0
    for number, row in enumerate(book.worksheets[0].iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1):
        cells = [text_of(value) for value in row]
        letters += sum(map(len, cells))
        if letters > MOST_LETTERS:
            raise MemoryError
        if any(cells):
            found.append((number, cells))
        if len(found) > most or number > LAST_ROW:
            return None
    return found


def text_of(value: Any) -> str:
    """A cell as the text a person would type."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()[:LONGEST_CELL]


def main(most: str) -> int:
    sys.path.append(str(Path(__file__).parent))
    from pdf_child import confine

    confine()
    try:
        rows = rows_of(sys.stdin.buffer.read(), int(most))
    except MemoryError:
        return HEAVY
    except Exception:  # whatever a broken file makes the reader raise
        return UNREADABLE
    if rows is None:
        return MANY_ROWS
    sys.stdout.write(json.dumps(rows))
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
