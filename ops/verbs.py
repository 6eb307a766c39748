"""The short verbs: `manage`, `psql`, `database`, `down`, `reset`."""

import os
import shutil
from argparse import Namespace
from urllib.parse import parse_qs, urlsplit

from ops import children, locks, packs, postgres, processes, session
from ops.environment import outside_database
from ops.places import PYTHON, VAR
from ops.terminal import Refusal, say
from ops.virtualenv import ensure_virtualenv


def manage(options: Namespace) -> int:
    ensure_virtualenv()
    with session.database() as urls:
        env = session.child_environment(urls)
        name = options.arguments[0] if options.arguments else "help"
        return processes.run_openly([PYTHON, "manage.py", *options.arguments], env=session.for_command(name, env))


def psql(options: Namespace) -> int:
    program = shutil.which("psql")
    if program is None:
        raise Refusal("لا يوجد psql على هذا الجهاز؛ ثبّت الحزمة postgresql-client ثم أعد المحاولة.")
    ensure_virtualenv()
    with session.database() as urls:
        env = {**os.environ, **libpq_variables(urls["DATABASE_OWNER_URL"])}
        return processes.run_openly([program, *options.arguments], env=env)


def libpq_variables(url: str) -> dict[str, str]:
    """The same address as variables: on a command line every user of the machine could read the password."""
    parts = urlsplit(url)
    host = parts.hostname or parse_qs(parts.query).get("host", [""])[0]
    found = {
        "PGHOST": host,
        "PGPORT": str(parts.port or ""),
        "PGUSER": parts.username,
        "PGPASSWORD": parts.password,
    }
    return {name: value for name, value in found.items() if value} | {"PGDATABASE": parts.path.lstrip("/")}


def database(options: Namespace) -> int:
    """Start the database and leave it running; print its addresses."""
    ensure_virtualenv()
    with session.database(keep=True) as urls:
        for name, url in urls.items():
            say(f"{name}={url}")
    return 0


def down(options: Namespace) -> int:
    """Stop whatever of this clone runs: a launcher, what a killed one left, the database."""
    launcher = locks.holder("up")
    if launcher:
        processes.stop(launcher, patience=60)
    left = children.stop_leftovers()
    stopped = stop_database()
    say("أُوقفت البوابة وقاعدة بياناتها." if launcher or left or stopped else "لا شيء يعمل من هذا المجلد.")
    return 0


def stop_database() -> bool:
    """Stop our server unless somebody else uses it. True when it was running."""
    cluster = postgres.this_cluster()
    with locks.alone("database", waiting=postgres.WAITING):
        cluster.keep.unlink(missing_ok=True)
        if not locks.unused(postgres.USERS):
            raise Refusal("أمر آخر يستعمل قاعدة البيانات الآن؛ انتظر انتهاءه ثم أعد المحاولة.")
        return postgres.stop(cluster)


def reset(options: Namespace) -> int:
    """Delete the data of this clone: rows, jobs and uploaded files. The keys stay."""
    if outside_database():
        raise Refusal("قاعدة البيانات خارجية (DATABASE_URL)؛ لا يحذفها هذا الأمر، فاحذفها بأدواتها.")
    if not options.yes:
        raise Refusal("سيحذف هذا الأمر كل البيانات والملفات المرفوعة ولا رجعة فيه؛ لتأكيده اكتب ./portal reset --yes.")
    with locks.alone("up", refuse=True):
        children.stop_leftovers()
        stop_database()
        cluster = postgres.this_cluster()
        for folder in (cluster.data, VAR / "redis", VAR / "media"):
            if folder.exists():
                shutil.rmtree(folder)
        for file in (packs.RECORD, *VAR.glob("celerybeat-schedule*")):
            file.unlink(missing_ok=True)
    say("حُذفت البيانات؛ ./portal up يبدأ من جديد.")
    return 0
