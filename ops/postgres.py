"""The project's own PostgreSQL cluster: made once, on a unix socket only, shared by all of this clone.

Those who use the running server hold a shared lock. The last to leave stops it, unless `./portal database`
asked for it to stay. Starts and stops happen one at a time, under the lock `database`.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ops import keys, locks, processes
from ops.engine import Engine, find_engine
from ops.places import LOGS, PYTHON, VAR, database_home, database_user, socket_folder
from ops.terminal import Refusal, say, tail

SUPERUSER = "postgres"
# Under LC_CTYPE=C trigrams of Arabic are empty, silently; `ops.provision` asks the running server again.
LOCALES = (("--locale=C.UTF-8",), ("--locale=C.utf8",), ("--locale=en_US.UTF-8",), ("--locale=ar_SA.UTF-8",))
USERS = "database-users"
# A refused row and the statement that brought it hold people's data: neither goes into the server's log.
QUIET_ABOUT_ROWS = ("-c", "log_error_verbosity=terse", "-c", "log_min_error_statement=panic")
PORT = "5432"  # only a part of the socket's name: nothing listens on a network
WAITING = "بانتظار تشغيل آخر يُجهّز قاعدة البيانات…"


@dataclass(frozen=True)
class Cluster:
    """Where one cluster lives and who runs it."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def sockets(self) -> Path:
        return socket_folder("postgres", home=self.home, owner=database_user())

    @property
    def keep(self) -> Path:
        """The mark of `./portal database`: the server stays when its last user leaves."""
        return VAR / "keep-database"

    @property
    def log(self) -> Path:
        return LOGS / "postgres.log"


def this_cluster() -> Cluster:
    VAR.mkdir(exist_ok=True)
    return Cluster(database_home())


@contextmanager
def in_use(*, keep: bool = False) -> Iterator[Cluster]:
    """A running, provisioned server for the length of a `with`."""
    cluster = this_cluster()
    handle = locks.join_users(USERS)
    try:
        with locks.alone("database", waiting=WAITING):
            ensure_running(cluster)
            if keep:
                cluster.keep.touch()
        yield cluster
    finally:
        with locks.alone("database", waiting=WAITING):
            if locks.last_user(handle, USERS) and not cluster.keep.exists():
                stop(cluster)


def ensure_running(cluster: Cluster) -> None:
    """Start the server, making the cluster first when there is none. Call it under the lock `database`."""
    if running_pid(cluster) is None:
        say("تشغيل قاعدة البيانات PostgreSQL…")
        engine = find_engine(home=cluster.home, major=existing_major(cluster))
        if not cluster.data.exists():
            create(cluster, engine)
        clear_stale_files(cluster)
        start(cluster, engine)
    provision(cluster)


def existing_major(cluster: Cluster) -> int | None:
    version = cluster.data / "PG_VERSION"
    return int(version.read_text()) if version.exists() else None


def create(cluster: Cluster, engine: Engine) -> None:
    """`initdb` in a folder beside, renamed when whole, so that a broken start leaves no half cluster."""
    user = database_user()
    draft = cluster.home / "postgres.new"
    password = cluster.sockets / "password"
    keys.write_private(password, keys.load_keys()["POSTGRES_PASSWORD"])
    if user:
        os.chown(password, user.pw_uid, user.pw_gid)
    try:
        _initdb(engine, draft=draft, password=password)
    finally:
        password.unlink(missing_ok=True)
    draft.rename(cluster.data)
    if cluster.home != VAR:
        say(f"مجلد المشروع مغلق أمام المستخدم nobody، فوُضعت قاعدة البيانات في {cluster.data}.")


def _initdb(engine: Engine, *, draft: Path, password: Path) -> None:
    """Try each locale this machine may have; the first that exists wins."""
    output = ""
    for locale in LOCALES:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        done = _run_as_database_user(
            [engine.program("initdb"), "-D", draft, "--encoding=UTF8", *locale, f"--username={SUPERUSER}"]
            + [f"--pwfile={password}", "--auth-local=scram-sha-256", "--auth-host=scram-sha-256"],
            owned=draft,
        )
        if done.returncode == 0:
            return
        output = done.stdout
    shutil.rmtree(draft, ignore_errors=True)
    raise Refusal(f"تعذّر إنشاء قاعدة البيانات (initdb).\n{tail(output)}")


def _run_as_database_user(command: list, *, owned: Path) -> subprocess.CompletedProcess[str]:
    user = database_user()
    if user:
        os.chown(owned, user.pw_uid, user.pw_gid)
    return subprocess.run(  # noqa: S603
        [str(part) for part in command],
        cwd=owned,
        env=server_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        **identity(),
    )


def identity() -> dict:
    """The arguments that make `subprocess` drop root for the database's user."""
    user = database_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def server_environment() -> dict[str, str]:
    """Ours without PG* (a PGPORT would rename the socket) and without the caller's language."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C", "HOME": "/"}


def start(cluster: Cluster, engine: Engine) -> None:
    """Run the server in its own session, its log a file (never a pipe), and wait until it is ready."""
    sockets = cluster.sockets
    with processes.open_log("postgres") as log:
        server = subprocess.Popen(  # noqa: S603
            [str(engine.program("postgres")), "-D", str(cluster.data), "-p", PORT, "-k", str(sockets)]
            + ["-c", "listen_addresses=", "-c", "unix_socket_permissions=0700", *QUIET_ABOUT_ROWS],
            cwd=cluster.data,
            env=server_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **identity(),
        )
    try:
        processes.wait_until(lambda: is_ready(cluster) or server.poll() is not None, seconds=120)
    except KeyboardInterrupt:
        processes.stop(server.pid, first=signal.SIGINT)
        raise
    if not is_ready(cluster) or server.poll() is not None:
        reason = tail(cluster.log.read_text(errors="replace"))
        raise Refusal(f"لم تعمل قاعدة البيانات؛ السبب في {cluster.log}:\n{reason}")


def pid_file(cluster: Cluster) -> list[str]:
    try:
        return (cluster.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def is_ready(cluster: Cluster) -> bool:
    """PostgreSQL writes its state on the eighth line of its pid file."""
    lines = pid_file(cluster)
    return len(lines) > 7 and lines[7].strip() == "ready" and answers(cluster)


def answers(cluster: Cluster) -> bool:
    """Whether anything accepts on the socket."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(2)
        try:
            client.connect(str(cluster.sockets / f".s.PGSQL.{PORT}"))
        except OSError:
            return False
    return True


def running_pid(cluster: Cluster) -> int | None:
    """The server's process, or None: a number left by a dead server may by now be a zombie's or another's."""
    lines = pid_file(cluster)
    if not lines or not re.fullmatch(r"\d+", lines[0].strip()):
        return None
    pid = int(lines[0])
    if processes.alive(pid) and str(cluster.data) in processes.command_of(pid):
        return pid
    return None


def clear_stale_files(cluster: Cluster) -> None:
    """Remove what a killed server left: its pid file together with the socket and the socket's lock file.

    Backends outlive a killed server for a moment; without the pid file a new one could not see them.
    """
    if not processes.wait_until(lambda: not leftovers(cluster), seconds=20):
        raise Refusal("ما زالت عمليات قديمة لقاعدة البيانات تعمل؛ انتظر دقيقة ثم أعد المحاولة.")
    if answers(cluster):
        raise Refusal("قاعدة بيانات هذا المجلد يشغّلها جهاز أو حاوية أخرى؛ أوقفها هناك ثم أعد المحاولة.")
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
        (cluster.sockets / name).unlink(missing_ok=True)


def leftovers(cluster: Cluster) -> list[int]:
    """Processes that work inside the data folder (Linux tells; elsewhere the list is empty)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(entry / "cwd") == str(cluster.data):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def stop(cluster: Cluster) -> bool:
    """Fast shutdown; after half a minute an immediate one. True when a server was running."""
    pid = running_pid(cluster)
    if pid is None:
        return False
    processes.stop(pid, first=signal.SIGINT, last=signal.SIGQUIT, patience=30)
    return True


def provision(cluster: Cluster) -> None:
    """Roles, database and extension, by psycopg in `.venv`; changes nothing the second time."""
    wanted = json.dumps({"host": str(cluster.sockets), "port": PORT, "keys": keys.load_keys()})
    processes.run_quietly(
        [PYTHON, "-m", "ops.provision"],
        given=wanted,
        env=server_environment(),
        failure="تعذّر تجهيز قاعدة البيانات.",
    )
