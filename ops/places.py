"""Where things live. All that is generated is under `var/`, unless another rule below forbids it."""

import hashlib
import os
import pwd
import stat
import subprocess
import tempfile
from pathlib import Path

from ops.terminal import Refusal

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
LOGS = VAR / "log"
LOCKS = VAR / "lock"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"

# The kernel allows 107 bytes for a socket's path on Linux and 103 on macOS, the file's own name included.
SOCKET_PATH_LIMIT = 100
LONGEST_SOCKET_NAME = "/.s.PGSQL.5432.lock"


def clone_mark(root: Path = ROOT) -> str:
    """A short name for this clone, for what must live outside it."""
    return hashlib.sha256(str(root).encode()).hexdigest()[:10]


def database_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root, so root runs it as `nobody`; anyone else as themselves (None)."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("nobody")
    except KeyError as missing:
        raise Refusal("لا يوجد مستخدم nobody على هذا الجهاز؛ شغّل الأمر بمستخدم عادي لا بالجذر root.") from missing


def reachable(folder: Path, user: pwd.struct_passwd | None) -> bool:
    """Whether `user` can enter `folder`: asked of the kernel, not guessed from the modes of its parents."""
    if user is None:
        return True
    asked = subprocess.run(  # noqa: S603
        ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)],
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=[],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return asked.returncode == 0


def database_home(var: Path = VAR) -> Path:
    """The folder of the cluster: `var/`, or one under `/var/tmp` when root's clone is closed to `nobody`."""
    user = database_user()
    if reachable(var, user):
        return var
    home = Path("/var/tmp") / f"mustafid-{clone_mark(var.parent)}"  # noqa: S108
    return private_folder(home, owner=None, mode=0o711)


def socket_folder(name: str, *, home: Path, owner: pwd.struct_passwd | None) -> Path:
    """A folder for one server's socket: short enough for the kernel, closed to all but that server's user."""
    folder = home / "run" / name
    if len(os.fsencode(str(folder) + LONGEST_SOCKET_NAME)) >= SOCKET_PATH_LIMIT:
        folder = Path(tempfile.gettempdir()) / f"mustafid-{os.geteuid()}-{clone_mark(home)}-{name}"
        if len(os.fsencode(str(folder) + LONGEST_SOCKET_NAME)) >= SOCKET_PATH_LIMIT:
            folder = Path("/tmp") / folder.name  # noqa: S108
    else:
        folder.parent.mkdir(mode=0o755, exist_ok=True)
    return private_folder(folder, owner=owner)


def private_folder(folder: Path, *, owner: pwd.struct_passwd | None, mode: int = 0o700) -> Path:
    """Make `folder`, or accept it when it is ours: in a shared place somebody else may have made it first."""
    uid = owner.pw_uid if owner else os.geteuid()
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (uid, os.geteuid()):
            raise Refusal(f"المجلد {folder} ليس لنا؛ احذفه أو انقل المشروع إلى مكان آخر ثم أعد المحاولة.") from None
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    folder.chmod(mode)
    return folder
