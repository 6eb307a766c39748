import gc
import os
from functools import partialmethod
from socketserver import BaseServer

import pytest
import time_machine
from django.db import connections
from django.template import Template
from django.test import TransactionTestCase, override_settings
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer
from whitenoise.base import WhiteNoise

from policies import packs
from policies.models import Association, PolicyVersion
from tests import emptied, recorded
from tests.browser.people import CALM, DESK
from tests.cast import make_cast, new_case, walk

DAY_ONE = "2026-11-22T09:00:00+03:00"  # a Sunday; told on it, a person waits until 6 December 2026


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(autouse=True)
def plain_static_files(settings, tmp_path):
    """Templates name static files without a manifest; uploads go to a folder of the test's own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SECURE_SSL_REDIRECT = False
    settings.CELERY_BROKER_URL = "memory://"


@pytest.fixture(autouse=True, scope="session")
def short_connections():
    """A server thread that keeps its connection would keep the test database from being removed.

    Nor does a commit wait for the disk: nothing of a test outlives the machine.
    """
    default = connections.databases["default"]
    default["CONN_MAX_AGE"] = 0
    asked = default["OPTIONS"].get("options", "")
    default["OPTIONS"] = {**default["OPTIONS"], "options": f"{asked} -c synchronous_commit=off".strip()}


@pytest.fixture(autouse=True, scope="session")
def passwords_are_not_stretched():
    """Stretching is there to take long: a fifth of a second for each signing in."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True, scope="session")
def what_was_imported_is_never_garbage():
    """The collector looks through all the code again and again, and finds nothing there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True, scope="session")
def static_files_are_listed_once():
    """WhiteNoise reads the folder of collected files for every client anew: a fifth of the suite's time."""
    read, listed = WhiteNoise.update_files_dictionary, {}

    def update(self, root, prefix):
        if (root, prefix) not in listed:
            read(self, root, prefix)
            listed[root, prefix] = dict(self.files)
        self.files.update(listed[root, prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", update)
        yield


@pytest.fixture(autouse=True, scope="session")
def whole_pages_are_kept_and_not_their_parts():
    """A reply's `context` is that of its page; Django would copy it anew for each part that the page includes."""
    with_a_signal = Template._render

    def render(self, context):
        part = context.template not in (None, self)
        return self.nodelist.render(context) if part else with_a_signal(self, context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(autouse=True, scope="session")
def tables_with_rows_are_emptied():
    """After each test with transactions of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptied.empty)
        yield


@pytest.fixture
def load_pack(db):
    """`load_pack("dawah")`: that pack becomes the configuration; a second loading is the real one's to answer."""

    def load(name: str) -> PolicyVersion:
        if Association.objects.exists():
            return packs.load(name)
        return recorded.once(lambda: packs.load(name), "pack", name)

    with recorded.from_the_beginning():
        yield load


@pytest.fixture
def pack(load_pack):
    """The social pack is the association's configuration."""
    return load_pack("social")


@pytest.fixture
def cast(pack):
    return recorded.once(make_cast, "cast", pack.pk)


@pytest.fixture
def day_one():
    """The clock stands at nine in the morning of day one, in Riyadh; move it with `day_one.move_to`."""
    with time_machine.travel(DAY_ONE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def case(cast, day_one):
    """A case received on day one."""
    return recorded.afterwards(lambda: new_case(by=cast.noura), "case", "received")


@pytest.fixture
def case_at(cast, day_one):
    """`case_at("committee_review")`: a case walked there; the clock moves when deciding needs it to."""

    def bring(state: str):
        def make():
            return walk(new_case(by=cast.noura), cast, to=state, traveller=day_one)

        return recorded.afterwards(make, "case", state, traveller=day_one)

    return bring


CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def chromium():
    """Debian's Chromium, headless, started once for a file of tests; `./portal test` says where it is."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=os.environ["CHROMIUM_PATH"], args=CHROMIUM_FLAGS)
        yield started
        started.close()


@pytest.fixture
def browser(chromium):
    """A browser that remembers nothing of the test before: each window is a context of its own, closed at the end."""
    yield chromium
    for context in chromium.contexts:
        context.close()


@pytest.fixture
def browser_page(browser):
    return browser.new_page(**CALM, viewport=DESK)


@pytest.fixture
def server(settings, monkeypatch):
    """A server that speaks plain HTTP on loopback: pytest-django's own begins before a test can say so.

    It looks fifty times a second whether it is to stop, and not twice: half a second for each test.
    """
    monkeypatch.setattr(BaseServer, "serve_forever", partialmethod(BaseServer.serve_forever, poll_interval=0.02))
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    running = LiveServer("localhost")
    yield running
    running.stop()
