"""Start, watch and stop processes: always by the id of one we started."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from ops.places import LOGS, ROOT
from ops.terminal import Refusal, tail

LARGEST_LOG = 5_000_000


def run_quietly(
    command: Sequence[str | Path],
    *,
    failure: str,
    given: str = "",
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
) -> str:
    """Run to the end with `given` as its input; return the output. On failure refuse with `failure`.

    Below that sentence stands the output's last line. All of it goes to `var/log/portal.log`: what went wrong
    inside is for whoever mends it.
    """
    try:
        done = subprocess.run(  # noqa: S603
            [str(part) for part in command],
            env=env,
            cwd=cwd,
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise Refusal(f"{failure}\n{error}") from error
    if done.returncode:
        with open_log("portal") as log:
            log.write(done.stdout.encode())
        raise Refusal(f"{failure}\n{tail(done.stdout, lines=1)}\n({LOGS / 'portal.log'})")
    return done.stdout


class Terminated(KeyboardInterrupt):
    """SIGTERM or SIGHUP: like Ctrl-C, except that the terminal has told nobody but us."""


def heed_signals() -> None:
    """Make SIGTERM and SIGHUP raise, so that every `finally` runs and nothing we started is left behind."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _raise_terminated)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's `&` leaves it ignored


def ignore_signals() -> None:
    """From here on we are stopping already: a second Ctrl-C must not leave half of it running."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _raise_terminated(number: int, frame: object) -> None:
    raise Terminated


def run_openly(command: Sequence[str | Path], *, env: Mapping[str, str]) -> int:
    """Run in the foreground, with this terminal; the exit code. Ctrl-C reaches the command by itself; told to end, we
    end it first, and do nothing after it."""
    child = subprocess.Popen([str(part) for part in command], env=env, cwd=ROOT)  # noqa: S603
    ending = None
    while True:
        try:
            code = child.wait()
        except Terminated as told:
            ending = told
            child.terminate()
        except KeyboardInterrupt:
            continue
        else:
            break
    if ending:
        raise ending
    return code


def start_logged(name: str, command: Sequence[str | Path], *, env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a server in a session of its own (Ctrl-C reaches only us; we stop it), writing to `var/log`."""
    with open_log(name) as log:
        return subprocess.Popen(  # noqa: S603
            [str(part) for part in command],
            env=env,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def open_log(name: str) -> BinaryIO:
    """A log to append to. At each start a large one makes room, keeping the one before it."""
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / f"{name}.log"
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    return open(path, "ab")


def alive(pid: int) -> bool:
    """Whether the process runs. A zombie does not: it has ended and only waits for its parent to look."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return not state_of(pid).startswith("Z")


def state_of(pid: int) -> str:
    """The letter of a process's state (R, S, Z…), "" when it is not there."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            return stat.read_text().rpartition(")")[2].split()[0]
        except OSError:
            return ""
    return _ps(pid, "stat=")


def command_of(pid: int) -> str:
    """The command line of a process, "" when it cannot be read."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            return ""
    return _ps(pid, "command=")


def birth_of(pid: int) -> str:
    """When a process began, in the system's own words: it tells a reused number from the one we started."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            return stat.read_text().rpartition(")")[2].split()[19]
        except OSError:
            return ""
    return _ps(pid, "lstart=")


def stop(
    pid: int,
    *,
    first: signal.Signals = signal.SIGTERM,
    last: signal.Signals = signal.SIGKILL,
    patience: float = 15,
) -> None:
    """Ask a process to end with `first`, and after `patience` seconds make it end with `last`."""
    for asked, seconds in ((first, patience), (last, 5.0)):
        try:
            os.kill(pid, asked)
        except ProcessLookupError:
            return
        if wait_until(lambda: not alive(pid), seconds=seconds):
            return


def wait_until(ready: Callable[[], object], *, seconds: float, every: float = 0.05) -> bool:
    """Ask `ready()` until it says yes; False when `seconds` have passed."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return True
        time.sleep(every)
    return bool(ready())


def _ps(pid: int, column: str) -> str:
    asked = subprocess.run(["ps", "-o", column, "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return asked.stdout.strip()
