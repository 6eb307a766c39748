"""`.venv` and what is installed in it, from the lock files, by their hashes."""

import hashlib
import shutil
import sys
from pathlib import Path

from ops.locks import alone
from ops.places import PYTHON, ROOT, VENV
from ops.processes import run_quietly
from ops.terminal import Refusal, say

LOCKS = (ROOT / "requirements.txt", ROOT / "requirements-dev.txt")
STAMP = VENV / "requirements.stamp"  # inside, so that it goes when .venv goes
WAITING = "بانتظار تشغيل آخر يُثبّت المكتبات…"
NO_VENV = "تعذّر إنشاء البيئة .venv؛ على دبيان وأوبنتو ثبّت الحزمة python3-venv ثم أعد المحاولة."
NO_PIP = "تعذّر تثبيت مكتبات بايثون (pip)؛ تحقق من الاتصال بالإنترنت ثم أعد المحاولة."


def ensure_virtualenv() -> None:
    """Make `.venv` and install both lock files; skipped when nothing changed since the last time."""
    wanted = _digest()
    with alone("virtualenv", waiting=WAITING):
        if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted:
            return
        STAMP.unlink(missing_ok=True)
        _make_if_broken()
        say("تثبيت مكتبات بايثون (pip)… قد يأخذ دقيقة في المرة الأولى")
        lists = [part for lock in LOCKS for part in ("-r", lock)]
        run_quietly([*pip(), "install", "--require-hashes", *lists], failure=NO_PIP)
        STAMP.write_text(wanted)


def pip() -> list[str | Path]:
    return [PYTHON, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]


def _make_if_broken() -> None:
    """A `.venv` whose Python was removed or upgraded away is made anew."""
    try:
        run_quietly([PYTHON, "-m", "pip", "--version"], failure="")
    except Refusal:
        say("إنشاء بيئة بايثون .venv…")
        shutil.rmtree(VENV, ignore_errors=True)
        run_quietly([sys.executable, "-m", "venv", VENV], failure=NO_VENV)


def _digest() -> str:
    """What `.venv` depends on: both lists, and the Python it is made with."""
    text = b"".join(lock.read_bytes() for lock in LOCKS) + sys.version.encode()
    return hashlib.sha256(text).hexdigest()
