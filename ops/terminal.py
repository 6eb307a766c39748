"""What the launcher says: one short Arabic line a step, and one whole sentence when it cannot go on."""

import sys


class Refusal(Exception):
    """The launcher cannot go on. Its text is one Arabic sentence that says what to do, and no traceback."""


def say(line: str) -> None:
    """Print one line at once, also when a terminal that is not UTF-8 cannot show Arabic."""
    stream = sys.stdout
    encoding = stream.encoding or "utf-8"
    stream.write(line.encode(encoding, "replace").decode(encoding) + "\n")
    stream.flush()


def tail(text: str, *, lines: int = 12) -> str:
    """The last lines of a log: what a person needs beside the sentence that names it."""
    return "\n".join(text.rstrip().splitlines()[-lines:])
