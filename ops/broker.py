"""Where jobs wait: the caller's Redis, else our own on a unix socket, else the memory of one worker.

Losing the broker loses no message: each is a row first, and the sweep finds it.
"""

import os
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path

from ops.children import Children, ended_sentence
from ops.places import VAR, socket_folder
from ops.processes import wait_until
from ops.terminal import Refusal, say

IN_MEMORY = "memory://"


def start_broker(children: Children, *, environ: Mapping[str, str] = os.environ) -> str:
    """Start what must be started and return the broker's address."""
    if environ.get("REDIS_URL"):
        return environ["REDIS_URL"]
    program = shutil.which("redis-server")
    if program is None:
        say("لا يوجد Redis؛ ستعمل المهام في عملية واحدة…")
        return IN_MEMORY
    say("تشغيل طابور المهام Redis…")
    path = socket_folder("redis", home=VAR, owner=None) / "redis.sock"
    path.unlink(missing_ok=True)
    data = VAR / "redis"
    data.mkdir(mode=0o700, exist_ok=True)
    children.start("redis", command(program, data=data, path=path), env=environ)
    redis = children.running["redis"]
    wait_until(lambda: accepts(path) or redis.poll() is not None, seconds=30)
    if not accepts(path):
        raise Refusal(ended_sentence("redis"))
    return f"redis+socket://{path}"


def command(program: str, *, data: Path, path: Path) -> list[str]:
    """No network, every write kept on disk, and never a job thrown away to save memory."""
    where = ["--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700", "--dir", str(data)]
    return [program, *where, "--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction"]


def accepts(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(path))
        except OSError:
            return False
    return True
