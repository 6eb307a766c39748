"""`./portal test`: every check of the project, in order, one line each."""

import os
import shutil
import time
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from ops import session
from ops.checks import check_disk
from ops.environment import as_owner
from ops.places import LOGS, PYTHON, VENV
from ops.processes import run_openly, start_logged
from ops.terminal import Refusal, say, tail

Step = tuple[str, list]
"""A check: its name on the terminal and its command."""
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def verify(options: Namespace) -> int:
    began = time.monotonic()
    check_disk()
    browser = find_browser()
    session.prepare()
    with session.database() as urls:
        env = test_environment(urls, browser=browser)
        session.compile_catalogues(env)
        session.manage(
            "collectstatic",
            "--no-input",
            "--clear",
            env=env,
            failure="تعذّر جمع الملفات الثابتة (collectstatic).",
        )
        if options.arguments:
            return run_openly([PYTHON, "-m", "pytest", *options.arguments], env=env)
        with copied_database(env) as env_of_tests:
            failed = run_steps(STANDING, env=env)
        if browser is None:
            say("لا يوجد متصفح Chromium؛ تُركت فحوص المتصفح.")
        failed += run_steps([suite(browser)], env=env_of_tests)
    seconds = round(time.monotonic() - began)
    say(f"فشل: {'، '.join(failed)} — الزمن {seconds} ثانية" if failed else f"نجحت كل الفحوص — الزمن {seconds} ثانية")
    return 1 if failed else 0


def find_browser(environ: Mapping[str, str] = os.environ) -> str | None:
    """Chromium's program, or None; where every check must run (CI=true) its absence is refused."""
    named = environ.get("CHROMIUM_PATH")
    for name in (named,) if named else BROWSERS:
        found = shutil.which(name, path=environ.get("PATH"))
        if found:
            return found
    if environ.get("CI") == "true":
        raise Refusal("لا يوجد متصفح Chromium وفحوص المتصفح واجبة هنا؛ ثبّت الحزمة chromium أو اضبط CHROMIUM_PATH.")
    return None


def test_environment(urls: Mapping[str, str], *, browser: str | None) -> dict[str, str]:
    """As in production (DEBUG off, static files by manifest), but as the owner, who makes test databases."""
    env = as_owner(session.child_environment(urls))
    env |= {"DEBUG": "false", "DEMO": "false", "REDIS_URL": "memory://", "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
    return env | {"CHROMIUM_PATH": browser} if browser else env


STANDING: list[Step] = [
    ("ruff check", [VENV / "bin" / "ruff", "check", "."]),
    ("ruff format", [VENV / "bin" / "ruff", "format", "--check", "."]),
    ("mypy", [PYTHON, "-m", "mypy", "."]),
]
"""What reads the code as it stands, and runs none of it."""


def suite(browser: str | None) -> Step:
    # One run, so that no core waits while a browser is looked at; who is done first takes from the other's rest.
    everything = [PYTHON, "-m", "pytest", "-n", "2", "--dist", "worksteal"]
    return ("pytest, browser", everything) if browser else ("pytest", [*everything, "-m", "not browser"])


@contextmanager
def copied_database(env: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The environment of the tests, whose tables are made by another core for the length of a `with`."""
    copied = dict(env) | {"TEST_TEMPLATE": f"{env.get('TEST_DATABASE', 'test_portal')}_template"}
    making = start_logged("template", [PYTHON, "-m", "tests.template"], env=copied)
    try:
        yield copied
        if making.wait():
            log = LOGS / "template.log"
            raise Refusal(f"تعذّر تجهيز قاعدة بيانات الفحوص.\n{tail(log.read_text(errors='replace'))}\n({log})")
    finally:
        making.terminate()
        making.wait()


def run_steps(listed: list[Step], *, env: Mapping[str, str]) -> list[str]:
    """Run them all, also after a failure; the names of those that failed."""
    failed = []
    for name, command in listed:
        say(f"فحص: {name}")
        if run_openly(command, env=env):
            failed.append(name)
    return failed
