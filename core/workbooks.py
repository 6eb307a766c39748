"""Excel workbooks: read as plain cells, written so that no cell ever becomes a formula (trust.md, Input)."""

import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from core import apart, workbook_child

MAX_BYTES = 5_000_000
MAX_UNPACKED = 120_000_000
MAX_ROWS = 5_000
CHILD = Path(workbook_child.__file__)
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEAD = {"font": Font(bold=True, color="FFFFFF"), "fill": PatternFill("solid", start_color="1D6A55")}
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class WorkbookError(ValueError):
    """A file that is not taken; its text says what to do instead."""


def rows_of(upload: BinaryIO) -> list[tuple[int, list[str]]]:
    """The first sheet's rows that hold anything: (number in the sheet, cells as text), headings first.

    Dates become «2026-11-21», whole numbers lose their «.0». Raises WorkbookError with a sentence.
    """
    content = upload.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise WorkbookError(_("The file is larger than 5 MB. Split it into smaller ones."))
    refuse_bombs(content)
    rows = read_apart(content)
    if len(rows) < 2:
        raise WorkbookError(_("The sheet has no rows below its headings. Fill it in, then send it again."))
    return rows


def refuse_bombs(content: bytes) -> None:
    """A workbook is a packed folder: what it would unpack to is looked at before it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile as error:
        raise WorkbookError(_("Choose an Excel workbook (xlsx); this file is none.")) from error
    if unpacked > MAX_UNPACKED:
        raise WorkbookError(far_larger())


def far_larger() -> str:
    return _("The file is far larger inside than it looks. Save it again as a new workbook.")


def read_apart(content: bytes) -> list[tuple[int, list[str]]]:
    """In a process of its own, where nothing it asks for harms the portal."""
    try:
        made = apart.run(CHILD, str(MAX_ROWS + 1), content=content)
    except apart.Ended as error:
        if error.reason == workbook_child.MANY_ROWS:
            many = _("The sheet has more than %(rows)s rows. Split it into smaller ones.")
            raise WorkbookError(many % {"rows": f"{MAX_ROWS:,}"}) from error
        if error.reason == workbook_child.HEAVY:
            raise WorkbookError(far_larger()) from error
        raise WorkbookError(_("The file cannot be opened. Save it again as an Excel workbook (xlsx).")) from error
    return [(number, cells) for number, cells in json.loads(made)]


def written(
    sheet_name: str, head: list[str], rows: Iterable[Iterable[Any]], *, widths: Iterable[int] = (), notes: str = ""
) -> bytes:
    """One right-to-left sheet under its headings; every cell is text or a number, whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_name[:31])
    sheet.sheet_view.rightToLeft = True
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths or [18] * len(head), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_cell(sheet, text, **_HEAD) for text in head])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    if notes:
        _notes(book, notes)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _notes(book: Workbook, text: str) -> None:
    sheet = book.create_sheet(_("How to fill it in"))
    sheet.sheet_view.rightToLeft = True
    sheet.column_dimensions["A"].width = 110
    for line in text.splitlines():
        sheet.append([_cell(sheet, line)])


def _cell(sheet: Any, value: Any, **style: Any) -> WriteOnlyCell:
    """Text stays text: typed as a string, and marked so that no program that opens it takes it for a formula."""
    cell = WriteOnlyCell(sheet, value="" if value is None else value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = value.startswith(_STARTS_A_FORMULA)
        cell.alignment = Alignment(horizontal="right", vertical="top", wrap_text=len(value) > 40)
    for name, given in style.items():
        setattr(cell, name, given)
    return cell
