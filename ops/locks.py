"""File locks. The kernel lets go of them when their holder dies, so none is ever stale."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ops.places import LOCKS
from ops.terminal import Refusal, say


@contextmanager
def alone(name: str, *, folder: Path = LOCKS, waiting: str = "", refuse: bool = False) -> Iterator[None]:
    """Hold the lock `name`. If another holds it: say `waiting` and wait, or with `refuse` go no further."""
    handle = _open(name, folder)
    try:
        if not _take(handle, fcntl.LOCK_EX | fcntl.LOCK_NB):
            if refuse:
                raise Refusal(busy_sentence(handle))
            if waiting:
                say(waiting)
            _take(handle, fcntl.LOCK_EX)
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def busy_sentence(handle: int) -> str:
    """Who holds the lock, in a sentence. The number is written by the holder, so it may be missing."""
    holder = os.pread(handle, 20, 0).decode(errors="replace").strip() or "?"
    return f"البوابة تعمل الآن من هذا المجلد (العملية {holder})؛ أوقفها بالأمر ./portal down ثم أعد المحاولة."


def join_users(name: str, *, folder: Path = LOCKS) -> int:
    """Count ourselves among the users of something shared; returns the handle that `last_user` takes back."""
    handle = _open(name, folder)
    _take(handle, fcntl.LOCK_SH)
    return handle


def last_user(handle: int, name: str, *, folder: Path = LOCKS) -> bool:
    """Leave, and say whether nobody else is left. Stopping and starting happen under one lock of the
    caller's, so whoever joins just after finds the thing stopped and starts it again.
    """
    os.close(handle)
    return unused(name, folder=folder)


def unused(name: str, *, folder: Path = LOCKS) -> bool:
    """Whether nobody uses the shared thing `name` now."""
    handle = _open(name, folder)
    try:
        return _take(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        os.close(handle)


def holder(name: str, *, folder: Path = LOCKS) -> int | None:
    """The process that holds the lock `name`, or None when it is free."""
    handle = _open(name, folder)
    try:
        if _take(handle, fcntl.LOCK_EX | fcntl.LOCK_NB):
            return None
        written = os.pread(handle, 20, 0).decode(errors="replace").strip()
        return int(written) if written.isdecimal() else None
    finally:
        os.close(handle)


def _open(name: str, folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    return os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)


def _take(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how)
    except BlockingIOError:
        return False
    return True
