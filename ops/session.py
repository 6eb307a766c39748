"""What the verbs share: a prepared clone, a running database, and the environment of both."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from ops import environment, postgres
from ops.broker import IN_MEMORY
from ops.frontend import ensure_frontend
from ops.keys import load_keys
from ops.places import PYTHON, ROOT
from ops.processes import run_quietly
from ops.terminal import say
from ops.virtualenv import ensure_virtualenv

PORTAL_URL = "http://127.0.0.1:8000"
# Signed in as the owner of the tables: what changes their shape, or fills and restores them whole.
OWNERS_COMMANDS = {
    "migrate",
    "makemigrations",
    "showmigrations",
    "sqlmigrate",
    "squashmigrations",
    "flush",
    "loaddata",
}
OWNERS_COMMANDS |= {"test"}


@contextmanager
def database(*, keep: bool = False) -> Iterator[dict[str, str]]:
    """The database's addresses, for the length of a `with`: the caller's, or ours, started when needed."""
    outside = environment.outside_database()
    if outside:
        yield outside
        return
    with postgres.in_use(keep=keep) as cluster:
        yield environment.database_urls(sockets=cluster.sockets, keys=load_keys())


def child_environment(
    urls: Mapping[str, str], *, broker: str = IN_MEMORY, portal_url: str = PORTAL_URL
) -> dict[str, str]:
    return environment.build(urls=urls, keys=load_keys(), broker=broker, portal_url=portal_url)


def prepare() -> None:
    """Libraries and the front end; each is skipped when nothing changed."""
    ensure_virtualenv()
    ensure_frontend()


def compile_catalogues(env: Mapping[str, str]) -> None:
    """Make the `.mo` files, when a `.po` is newer than its own."""
    catalogues = list((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
    fresh = all(_is_compiled(str(catalogue)) for catalogue in catalogues)
    if not fresh:
        say("تجهيز النصوص العربية…")
        manage("compile_catalogues", env=env, failure="تعذّر تجهيز النصوص العربية (compile_catalogues).")


def _is_compiled(catalogue: str) -> bool:
    compiled = catalogue.removesuffix(".po") + ".mo"
    return os.path.exists(compiled) and os.path.getmtime(compiled) >= os.path.getmtime(catalogue)


def manage(*arguments: str, env: Mapping[str, str], failure: str) -> str:
    """Run one command of manage.py to its end, quietly, as the role that its kind needs."""
    return run_quietly([PYTHON, "manage.py", *arguments], env=for_command(arguments[0], env), failure=failure)


def for_command(name: str, env: Mapping[str, str]) -> dict[str, str]:
    if name in OWNERS_COMMANDS or name.startswith("load_"):
        return environment.as_owner(env)
    return dict(env)
