"""PDF files that strangers send: cleaned, and their pages drawn as pictures, each in a process of its own.

A PDF is a program for a large library. Whatever it does there, it does within ten seconds and a gigabyte, without the
portal's memory, settings or database, and this process goes on.
"""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from core import pdf_child

CHILD = Path(pdf_child.__file__)
SECONDS = pdf_child.SECONDS + 5
LONGEST_SIDE = 1700
"""Pixels of a drawn page: small print of an A4 page is read, and it comes in a blink."""


class PdfError(ValueError):
    """Not taken; `reason` is one of `pdf_child`'s."""

    def __init__(self, reason: int):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Cleaned:
    content: bytes
    pages: int


def clean(content: bytes) -> Cleaned:
    """The same pages in a new file, and how many. Raises PdfError."""
    pages, _line, made = run("clean", content=content).partition(b"\n")
    return Cleaned(content=made, pages=int(pages))


def draw(content: bytes, page: int, *, longest: int = LONGEST_SIDE) -> bytes:
    """One page of a cleaned file, counted from 1, as a PNG. Raises PdfError."""
    return run("draw", str(page), str(longest), content=content)


def run(*job: str, content: bytes) -> bytes:
    command = [sys.executable, "-I", str(CHILD), *job]
    try:
        done = subprocess.run(  # noqa: S603  # our own file, with words of our own
            command, input=content, capture_output=True, timeout=SECONDS, env={}, cwd="/", check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PdfError(pdf_child.HEAVY) from error
    if done.returncode:
        refused = done.returncode in (pdf_child.UNREADABLE, pdf_child.MANY_PAGES)
        raise PdfError(done.returncode if refused else pdf_child.HEAVY)  # killed at a ceiling, by whatever signal
    return done.stdout
