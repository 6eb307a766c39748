"""The servers that one `./portal up` started: recorded, watched, and stopped in the reverse order.

The record in `var/children.json` outlives a launcher that was killed, so that the next one, or
`./portal down`, can stop what it left. A number alone proves nothing: the time it began must agree too.
"""

import json
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from ops import processes
from ops.keys import write_private
from ops.places import LOGS, VAR
from ops.terminal import Refusal, tail

RECORD = VAR / "children.json"


class Children:
    """Started servers by name, in order."""

    def __init__(self, *, record: Path = RECORD) -> None:
        self.record = record
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: Sequence[str | Path], *, env: Mapping[str, str]) -> None:
        self.running[name] = processes.start_logged(name, command, env=env)
        known = {each: [child.pid, processes.birth_of(child.pid)] for each, child in self.running.items()}
        write_private(self.record, json.dumps(known))

    def check(self) -> None:
        """Refuse to go on when one has ended."""
        for name, child in self.running.items():
            if child.poll() is not None:
                raise Refusal(ended_sentence(name))

    def stop(self) -> None:
        for child in reversed(self.running.values()):
            if child.poll() is None:
                stop_group(child.pid)
        self.record.unlink(missing_ok=True)


def ended_sentence(name: str) -> str:
    """What ended, and the last lines it wrote."""
    log = LOGS / f"{name}.log"
    text = log.read_text(errors="replace") if log.exists() else ""
    return f"توقّفت العملية {name} من نفسها فأُوقفت البوابة كلها؛ آخر ما في {log}:\n{tail(text)}"


def stop_group(pid: int) -> None:
    """Stop one server, then whatever it forked: each was started at the head of a session of its own."""
    processes.stop(pid, patience=20)
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def stop_leftovers(record: Path = RECORD) -> list[str]:
    """Stop what a killed launcher left running; the names of those that were."""
    try:
        known = json.loads(record.read_text())
    except (FileNotFoundError, ValueError):
        return []
    left = [
        (name, pid) for name, (pid, birth) in known.items() if processes.alive(pid) and processes.birth_of(pid) == birth
    ]
    for _, pid in reversed(left):
        stop_group(pid)
    record.unlink(missing_ok=True)
    return [name for name, _ in left]
