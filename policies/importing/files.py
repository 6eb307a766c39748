"""A file's bytes become lines as printed. What cannot be a policy document is refused with a plain sentence."""

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from docx import Document
from docx.oxml.ns import qn

from core.errors import Refused

MAX_BYTES = 5_000_000
MAX_UNPACKED = 40_000_000
MAX_CHARACTERS = 150_000  # about sixty full pages; such a policy has three to ten
MAX_PAGES = 60
MAX_PARTS = 2000
INVISIBLE = re.compile("[\u200b-\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
SPACES = re.compile("[ \u00a0\u2000-\u200a\u202f\u205f\u3000]")
RULE = re.compile(r"(?:[\s|=_*~+#:\-–—ـ.]*[|=_~\-–—ـ]){4,}[\s|=_*~+#:]*")  # a drawn line, also a table's
CELL = " | "


@dataclass(frozen=True)
class Line:
    """One printed line. `level` is Word's own list level where it numbers by itself, otherwise None."""

    text: str
    blank_before: bool = False
    page_before: bool = False
    level: int | None = None
    is_cell_row: bool = False
    outside_body: bool = False  # a header, a footer or a text box
    printed_width: int = 0  # of the whole line, where `text` is only what stood behind a heading

    @property
    def width(self) -> int:
        return self.printed_width or len(self.text)


def lines_of(name: str, data: bytes) -> list[Line]:
    """The lines of a .txt or .docx file, without invisible marks. Raises Refused with the sentence to show."""
    if not data:
        raise Refused(_("The file is empty. Choose the policy document as a Word (.docx) or text (.txt) file."))
    if len(data) > MAX_BYTES:
        raise Refused(_("The file is larger than 5 MB. A policy document is a few pages; choose that file alone."))
    return checked(word_lines(data) if is_word(name, data) else text_lines(decoded(data)))


def is_word(name: str, data: bytes) -> bool:
    """A Word file by its name or, whatever it is called, by its first bytes."""
    return name.lower().endswith(".docx") or data[:2] == b"PK"


def checked(lines: list[Line]) -> list[Line]:
    pages = 1 + sum(line.page_before for line in lines)
    if sum(line.width for line in lines) > MAX_CHARACTERS or pages > MAX_PAGES:
        raise Refused(_("The file is too long for one policy. Choose the document of this policy alone."))
    letters = [c for line in lines for c in line.text if c.isalpha()]
    arabic = sum("\u0600" <= c <= "\u06ff" for c in letters)
    if not letters or arabic < 0.5 * len(letters):
        raise Refused(_("The file does not hold an Arabic text. Scanned pictures and other languages are not read."))
    return lines


# Text files


def decoded(data: bytes) -> str:
    """The text of the bytes: UTF-8, UTF-16 or Windows Arabic. Raises Refused for bytes that are no text."""
    if data[:4] in (b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rt"):
        raise Refused(_("Open the file in Word and save it as .docx; then choose it here."))
    for encoding in encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if readable(text):
            return unmangled(text)
    raise Refused(_("The file is not a text or Word document. Open it in Word and save it as .docx."))


def encodings(data: bytes) -> tuple[str, ...]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    if b"\x00" in data[:2000]:
        return ("utf-16-le", "utf-16-be")
    return ("utf-8-sig", "cp1256")


def readable(text: str) -> bool:
    """False for bytes that only happened to decode: control characters stand all over them."""
    odd = sum(unicodedata.category(c) in ("Cc", "Cn", "Cs") and c not in "\t\n\r\f\v\x85" for c in text)
    return odd <= len(text) // 200


def unmangled(text: str) -> str:
    """UTF-8 that another program once took for Latin letters («Ø§Ù„»), read back."""
    if text.count("Ø") + text.count("Ù") < len(text) // 8:
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def text_lines(text: str) -> list[Line]:
    lines: list[Line] = []
    blank = page = False
    for raw in re.split(r"\r\n|\f|[\n\r\v\x85\u2028\u2029]|(?=\f)", text.replace("\f", "\n\f\n")):
        if raw == "\f":
            page = True
            continue
        cleaned = clean(raw)
        if not cleaned:
            blank = True
            continue
        lines.append(Line(cleaned, blank_before=blank, page_before=page, is_cell_row="|" in cleaned))
        blank = page = False
    return lines


def clean(raw: str) -> str:
    """The line without marks that nobody sees; tabs and wide gaps stay as the borders of cells."""
    text = PRESENTATION.sub(lambda run: unicodedata.normalize("NFKC", run[0]), INVISIBLE.sub("", raw))
    text = SPACES.sub(" ", text).strip()
    text = re.sub(r"(?<=\S)(\t+| {4,})(?=\S)", CELL, text)
    text = re.sub(r"\s*\|(?:\s*\|)*\s*", CELL, text).strip(" |")
    text = re.sub(r"[ \t]+", " ", text)
    return "" if RULE.fullmatch(text) else text


# Word files


def word_lines(data: bytes) -> list[Line]:
    checked_package(data)
    try:
        document = Document(io.BytesIO(data))
        lines = [*outside(document), *inside(document.element.body)]
    except Refused:
        raise
    except Exception as error:
        raise not_word() from error
    return [line for line in lines if line.text]


def not_word() -> Refused:
    return Refused(_("The file is not a Word document, whatever its name says. Open it and save it as .docx."))


def checked_package(data: bytes) -> None:
    """Refuses what is no Word package, what would fill the memory when unpacked and what names outside entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise Refused(_("The file unpacks to far more than a policy document holds, so it was not opened."))
            typed = any(
                has_document_type(package.read(one)) for one in entries if one.filename.endswith((".xml", ".rels"))
            )
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise not_word() from error
    if typed or "word/document.xml" not in {entry.filename for entry in entries}:
        raise not_word()


def has_document_type(part: bytes) -> bool:
    """Word writes no document type; one is there to name entities, in whatever encoding it hides."""
    return b"<!DOCTYPE" in part.replace(b"\x00", b"").upper()


def outside(document) -> Iterator[Line]:
    """Headers and footers, once each."""
    seen = set()
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            for line in inside(part._element) if not part.is_linked_to_previous else ():
                if line.text and line.text not in seen:
                    seen.add(line.text)
                    yield replace(line, outside_body=True)


def inside(container) -> Iterator[Line]:
    """Paragraphs and table rows in reading order, also inside content controls."""
    blank = page = False
    for element in blocks(container):
        if element.tag == qn("w:tbl"):
            yield from table(element)
            blank = True
            continue
        texts, breaks = paragraph(element)
        level = list_level(element)
        for position, text in enumerate(texts):
            page = page or position in breaks
            cleaned = clean(text)
            if not cleaned:
                blank = True
                continue
            yield Line(cleaned, blank_before=blank, page_before=page, level=level if position == 0 else None)
            blank = page = False
        yield from boxes(element)


def blocks(container) -> Iterator:
    for element in container:
        if element.tag in (qn("w:p"), qn("w:tbl")):
            yield element
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins")):
            yield from blocks(element)


def paragraph(element) -> tuple[list[str], set[int]]:
    """The paragraph's lines (soft breaks part them) and which of them begin a page; deleted runs are left out."""
    lines, breaks = [""], set()
    for node in element.iter():
        if any(parent.tag in (qn("w:del"), qn("w:txbxContent"), qn("w:moveFrom")) for parent in up_to(node, element)):
            continue
        if node.tag == qn("w:t"):
            lines[-1] += node.text or ""
        elif node.tag == qn("w:tab") and node.getparent().tag == qn("w:r"):
            lines[-1] += "\t"
        elif node.tag == qn("w:noBreakHyphen"):
            lines[-1] += "-"
        elif node.tag in (qn("w:br"), qn("w:cr")):
            lines.append("")
            if node.get(qn("w:type")) == "page":
                breaks.add(len(lines) - 1)
        elif node.tag == qn("w:lastRenderedPageBreak"):
            breaks.add(len(lines) - 1)
    return lines, breaks


def up_to(node, top) -> Iterator:
    while node is not top:
        yield node
        node = node.getparent()


def boxes(element) -> Iterator[Line]:
    """Text boxes; Word writes each twice, for itself and for older programs."""
    seen = set()
    for box in element.iter(qn("w:txbxContent")):
        for line in inside(box):
            if line.text and line.text not in seen:
                seen.add(line.text)
                yield replace(line, outside_body=True)


def list_level(element) -> int | None:
    """0, 1, … for a paragraph that Word numbers or bullets by itself."""
    properties = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if properties is None:
        return style_level(element)
    number, level = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
    if number is not None and number.get(qn("w:val")) == "0":
        return None
    return int(level.get(qn("w:val"))) if level is not None else 0


def style_level(element) -> int | None:
    style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    name = style.get(qn("w:val"), "") if style is not None else ""
    found = re.fullmatch(r"List(?:Bullet|Number)(\d?)", name)
    return int(found[1] or 1) - 1 if found else None


def table(element) -> Iterator[Line]:
    """One line a row, its cells parted; where a cell has several paragraphs, all stand one below another."""
    for row in element.iter(qn("w:tr")):
        cells = [
            [line for line in inside(cell) if line.text]
            for cell in row.iter(qn("w:tc"))
            if not any(above.tag == qn("w:tc") for above in list(up_to(cell, row))[1:])
        ]
        filled = [cell for cell in cells if cell]
        if len(filled) == 1 or any(len(cell) > 1 for cell in filled):
            yield from (line for cell in filled for line in cell)
        elif filled:
            yield Line(CELL.join(" ".join(line.text for line in cell) for cell in filled), is_cell_row=True)
