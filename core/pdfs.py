"""PDF files that strangers send: cleaned, and their pages drawn as pictures, each in a process of its own (`apart`)."""

from dataclasses import dataclass
from pathlib import Path

from core import apart, pdf_child

CHILD = Path(pdf_child.__file__)
LONGEST_SIDE = 1700
"""Pixels of a drawn page: small print of an A4 page is read, and it comes in a blink."""
PdfError = apart.Ended
"""Not taken; `reason` is one of `pdf_child`'s."""


@dataclass(frozen=True)
class Cleaned:
    content: bytes
    pages: int


def clean(content: bytes) -> Cleaned:
    """The same pages in a new file, and how many. Raises PdfError."""
    pages, _line, made = apart.run(CHILD, "clean", content=content).partition(b"\n")
    return Cleaned(content=made, pages=int(pages))


def draw(content: bytes, page: int, *, longest: int = LONGEST_SIDE) -> bytes:
    """One page of a cleaned file, counted from 1, as a PNG. Raises PdfError."""
    return apart.run(CHILD, "draw", str(page), str(longest), content=content)
