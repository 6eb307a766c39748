"""`./portal up`: from a clean clone to a portal that answers, and back to nothing running when it ends."""

import http.client
import time
from argparse import Namespace
from pathlib import Path

from ops import children, locks, packs, processes, session
from ops.broker import IN_MEMORY, start_broker
from ops.checks import check_disk, check_port
from ops.children import Children, ended_sentence
from ops.environment import outside_database
from ops.places import LOGS, PYTHON
from ops.postgres import Cluster, running_pid, this_cluster
from ops.relay import Relay
from ops.terminal import Refusal, say

EVERY_ADDRESS = ("0.0.0.0", "::", "")  # noqa: S104
LOCAL_NAMES = "127.0.0.1,localhost,[::1]"


def up(options: Namespace) -> int:
    with locks.alone("up", refuse=True):
        children.stop_leftovers()
        check_disk()
        check_port(options.host, options.port)
        session.prepare()
        with session.database() as urls:
            serve(options, urls=urls)
    return 0


def serve(options: Namespace, *, urls: dict[str, str]) -> None:
    """Everything that needs the database; stops what it started, however it ends."""
    started = Children()
    try:
        address = address_of(options.host, options.port)
        env = session.child_environment(urls, broker=start_broker(started), portal_url=address)
        env.setdefault("ALLOWED_HOSTS", allowed_hosts(options.host))
        fill_database(options.pack, env=env, urls=urls)
        env.pop("DATABASE_OWNER_URL")  # what serves people must not be able to become the owner
        relay = Relay(["web", "worker"])
        start_servers(started, env=env, host=options.host, port=options.port)
        wait_until_ready(started, relay, host=options.host, port=options.port)
        announce(address, env=env)
        watch(started, relay, cluster=None if outside_database() else this_cluster())
    except KeyboardInterrupt:
        say("إيقاف البوابة…")
    finally:
        processes.ignore_signals()
        started.stop()


def fill_database(asked: str | None, *, env: dict[str, str], urls: dict[str, str]) -> None:
    """Tables, then on the first start the pack and the demonstration's rows."""
    database = packs.identity(urls, ours=outside_database() is None)
    pack, must_load = packs.choose(asked, database=database)
    session.compile_catalogues(env)
    say("تجهيز جداول قاعدة البيانات (migrate)…")
    session.manage("migrate", "--no-input", env=env, failure="تعذّر تجهيز جداول قاعدة البيانات (migrate).")
    if must_load:
        say(f"تحميل حزمة البداية {pack}…")
        session.manage("load_pack", pack, env=env, failure=f"تعذّر تحميل الحزمة {pack} (load_pack).")
        say("تحميل بيانات العرض…")
        session.manage("load_demo", env=env, failure="تعذّر تحميل بيانات العرض (load_demo).")
        packs.remember(pack, database=database)


def start_servers(started: Children, *, env: dict[str, str], host: str, port: int) -> None:
    say("تشغيل الموقع والمهام…")
    celery: list[str | Path] = [PYTHON, "-m", "celery", "-A", "config"]
    if env["REDIS_URL"] == IN_MEMORY:
        started.start("worker", [*celery, "worker", "-B", "--pool", "solo", "--loglevel", "INFO"], env=env)
    else:
        started.start("worker", [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"], env=env)
        # No pid file: the lock of `./portal up` is what keeps a second beat away, and it is never stale.
        started.start("beat", [*celery, "beat", "--pidfile=", "--loglevel", "INFO"], env=env)
    started.start("web", web_command(host, port), env=env)


def web_command(host: str, port: int) -> list[str | Path]:
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    gunicorn: list[str | Path] = [PYTHON, "-m", "gunicorn", "config.wsgi:application", "--no-control-socket"]
    return [*gunicorn, "--bind", bind, "--workers", "2", "--threads", "4", "--graceful-timeout", "5"]


def address_of(host: str, port: int) -> str:
    name = "127.0.0.1" if host in EVERY_ADDRESS else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def allowed_hosts(host: str) -> str:
    """The names the portal answers to. Opened on every address it cannot know its own: it answers to all."""
    if host in EVERY_ADDRESS:
        say("تنبيه: فُتحت البوابة لكل من على الشبكة؛ هذا وضع العرض، فلا تضع فيه بيانات حقيقية.")
        return "*"
    return f"{LOCAL_NAMES},[{host}]" if ":" in host else f"{LOCAL_NAMES},{host}"


def wait_until_ready(started: Children, relay: Relay, *, host: str, port: int) -> None:
    """Until the site answers and the worker says it is ready; what both print before is not shown."""
    lines: list[str] = []

    def ready() -> bool:
        started.check()
        lines.extend(relay.new_lines())
        return any(line.endswith(" ready.") for line in lines) and answers(host, port)

    if not processes.wait_until(ready, seconds=90, every=0.2):
        raise Refusal(f"لم تعمل البوابة خلال دقيقة ونصف؛ السبب في web.log أو worker.log في المجلد {LOGS}.")


def answers(host: str, port: int) -> bool:
    """Whether the site answers; a page of ours that fails is not an answer."""
    name = "127.0.0.1" if host in EVERY_ADDRESS else host
    link = http.client.HTTPConnection(name, port, timeout=10)
    try:
        link.request("GET", "/healthz")
        return link.getresponse().status < 500
    except OSError:
        return False
    finally:
        link.close()


def announce(address: str, *, env: dict[str, str]) -> None:
    accounts = session.manage("demo_accounts", env=env, failure="تعذّر عرض حسابات العرض (demo_accounts).")
    say(f"\nالبوابة تعمل على:\n{address}\n\n{accounts.rstrip()}\n\nللإيقاف: Ctrl-C — السجلات في var/log")


def watch(started: Children, relay: Relay, *, cluster: Cluster | None) -> None:
    """Until a signal comes, or one of the servers ends, the database (None: somebody else's) among them."""
    while True:
        started.check()
        if cluster and running_pid(cluster) is None:
            raise Refusal(ended_sentence("postgres"))
        relay.show()
        time.sleep(0.5)
