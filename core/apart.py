"""Files that strangers send are opened by a child of ours, in a process of its own.

Such a file is a program for a large library. Whatever it does there, it does within ten seconds and a gigabyte
(`pdf_child.confine`), without the portal's memory, settings or database, and this process goes on.
"""

import subprocess
import sys
from pathlib import Path

from core import pdf_child

SECONDS = pdf_child.SECONDS + 5


class Ended(ValueError):
    """The child gave nothing; `reason` is one of its own, and HEAVY where it was killed."""

    def __init__(self, reason: int):
        super().__init__(reason)
        self.reason = reason


def run(child: Path, *job: str, content: bytes) -> bytes:
    """What `child` makes of `content`. Raises Ended."""
    command = [sys.executable, "-I", str(child), *job]
    try:
        done = subprocess.run(  # noqa: S603  # our own file, with words of our own
            command, input=content, capture_output=True, timeout=SECONDS, env={}, cwd="/", check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Ended(pdf_child.HEAVY) from error
    if done.returncode:
        refused = done.returncode in (pdf_child.UNREADABLE, pdf_child.MANY_PAGES)
        raise Ended(done.returncode if refused else pdf_child.HEAVY)  # killed at a ceiling, by whatever signal
    return done.stdout
