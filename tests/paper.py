"""Reading a PDF as a test needs it: its letters by the fonts' own tables, and whether it is tagged."""

import io
import re

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

BF_CHAR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*$", re.M)


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def letters(content: bytes) -> str:
    """Every letter in the order of the drawing, and the same turned round: Arabic is drawn from left to right."""
    drawn = [letter for page in opened(content).pages for letter in drawn_on(page)]
    return "".join(drawn) + "\n" + "".join(reversed(drawn))


def drawn_on(page: pikepdf.Page) -> list[str]:
    tables = {name: table_of(font) for name, font in page.Resources.get("/Font", {}).items()}
    found, table = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            table = tables[str(operands[0])]
        elif str(operator) in ("Tj", "TJ"):
            pieces = operands[0] if str(operator) == "TJ" else operands
            for piece in pieces:
                if isinstance(piece, pikepdf.String):
                    raw = bytes(piece)
                    found += [table.get(raw[at : at + 2].hex(), "") for at in range(0, len(raw), 2)]
    return found


def table_of(font: pikepdf.Object) -> dict[str, str]:
    """Glyph (four hex digits) → what it means, as the font's ToUnicode says."""
    text = font.ToUnicode.read_bytes().decode("latin-1")
    return {code.lower(): bytes.fromhex(meaning).decode("utf-16-be") for code, meaning in BF_CHAR.findall(text)}


def holds(content: bytes, *words: str) -> bool:
    """Whether each of these words stands on the paper; marks and spaces between letters count for nothing."""
    found = squeezed(letters(content))
    return all(squeezed(word) in found for word in words)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u064b-\u0652]", "", text)


def is_tagged(content: bytes) -> bool:
    """Tagged, titled and in Arabic: what a screen reader needs (PDF/UA-1)."""
    pdf = opened(content)
    return bool(
        pdf.Root.get("/MarkInfo", {}).get("/Marked")
        and "/StructTreeRoot" in pdf.Root
        and str(pdf.Root.get("/Lang", "")).startswith("ar")
        and pdf.open_metadata().get("pdfuaid:part") == "1"
    )


def upload(name: str = "دليل.pdf") -> SimpleUploadedFile:
    """A PDF of one empty page, as a browser sends it."""
    out = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(out)
    return SimpleUploadedFile(name, out.getvalue(), content_type="application/pdf")
