"""Shows on the terminal what goes wrong in the servers, after each writer's name; the logs hold the rest."""

import re
from pathlib import Path

from ops.places import LOGS
from ops.terminal import say

TROUBLE = re.compile(r"\b(ERROR|CRITICAL)\b")


class Relay:
    """Follows logs from where they are now."""

    def __init__(self, names: list[str], *, logs: Path = LOGS) -> None:
        self.logs = {name: logs / f"{name}.log" for name in names}
        self.offsets = {name: path.stat().st_size if path.exists() else 0 for name, path in self.logs.items()}

    def new_lines(self) -> list[str]:
        """Whole lines written since the last call; half a line waits for its end."""
        lines = []
        for name, path in self.logs.items():
            if not path.exists():
                continue
            with open(path, "rb") as log:
                log.seek(self.offsets[name])
                whole, newline, _ = log.read().rpartition(b"\n")
            self.offsets[name] += len(whole) + len(newline)
            lines += [f"{name} | {line}" for line in whole.decode(errors="replace").splitlines() if line]
        return lines

    def show(self) -> None:
        for line in self.new_lines():
            if TROUBLE.search(line):
                say(line)
