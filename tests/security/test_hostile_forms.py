"""A seeded sample of hostile values through every form of the staff's pages (200 for the registration, 40 for each)."""

import itertools
import logging
import os
import re

import pytest
from django.db import transaction

from accounts.roles import Role
from beneficiaries.models import Person
from tests.cast import client_of
from tests.intake.desk import NEW, whole_form
from tests.security.hostile import Form, faults_of, forms_on, spoiled, stored_faults, values, written
from tests.security.test_routes import world  # noqa: F401  # the fixture
from tests.security.who_opens_what import STAFF

pytestmark = pytest.mark.django_db
ASKED = os.environ.get("HOSTILE_PER_FORM")
OF_THE_REGISTRATION, OF_EACH_FORM = (int(ASKED), int(ASKED)) if ASKED else (200, 40)
SEED = int(os.environ.get("HOSTILE_SEED", "4"))
FINE = {200, 204, 302, 303, 400, 404, 409, 413, 422, 423, 429}
AS_CODE = (b"<script>alert(1)", b"onerror=alert(1)>", b"<svg onload=alert(1)>", b"X-Injected: 1\r\n\r\n<")
ENDS_THE_SESSION = ("/sign-out/", "/lock/", "/lock/open/")


def send(client, form: Form, sent: dict) -> list[str]:
    """What is wrong with the answer, or with what it stored; the database is put back as it was."""
    client.raise_request_exception = False
    with transaction.atomic():
        with written() as tables:
            reply = client.post(form.action, sent)
        faults = [] if reply.status_code in FINE else [f"status {reply.status_code}"]
        faults += ["unescaped"] if any(code in reply.content for code in AS_CODE) else []
        if not faults:
            faults += stored_faults(tables)
        transaction.set_rollback(True)
    return faults


def assault(client, form: Form) -> list[str]:
    """As many hostile values as are asked for; the faults, each with what brought it."""
    faults, carried = [], 0
    for weight, sent in spoiled(form, SEED):
        brought = send(client, form, sent)
        faults += [f"{fault} at {form}: {str(sent)[:300]!r}" for fault in brought]
        carried += weight
        if carried >= OF_EACH_FORM or len(faults) > 5:
            return faults
    return faults


def forms_of(world, name: str, clients: dict) -> list[tuple]:  # noqa: F811
    """The forms of one page, each with the client of the first role that sees it."""
    seen = {}
    for role in STAFF[name]:
        client = clients[role]
        reply = client.get(world.address(name))
        if reply.status_code == 200 and "html" in reply["Content-Type"]:
            for form in forms_on(world.address(name), reply.content):
                if form.action not in ENDS_THE_SESSION:
                    seen.setdefault(kind_of(form), (client, form))
    return list(seen.values())


def kind_of(form: Form) -> str:
    """The form, whichever row it is about: the papers of a case have one form between them."""
    return re.sub(r"\d+", "…", str(form))


@pytest.fixture(autouse=True)
def without_limits_and_noise(monkeypatch):
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    monkeypatch.setattr("core.models.RateBucket.take", classmethod(lambda cls, key, **limit: True))


@pytest.mark.long
def test_no_form_of_the_staff_fails_or_stores_what_is_forbidden(world):  # noqa: F811
    forms, clients = {}, {role: world.client(role) for role in Role}
    for name in sorted(STAFF.keys() - {"accounts:sign_out"}):
        forms |= {kind_of(form): (client, form) for client, form in forms_of(world, name, clients)}
    assert len(forms) > 60
    assert list(itertools.chain.from_iterable(assault(client, form) for client, form in forms.values())) == []


def test_the_registration_takes_one_spoiled_field_at_a_time(cast, day_one):
    """Each value alone in a form that is otherwise whole, so that nothing else refuses it."""
    form = Form(NEW, NEW, whole_form())
    client, stream = client_of(cast.noura), values(SEED)
    names = itertools.cycle(form.fields)
    for value, name in itertools.islice(zip(stream, names, strict=False), OF_THE_REGISTRATION):
        assert send(client, form, form.fields | {name: value}) == [], (name, value[:200])


@pytest.mark.parametrize(
    "body", [b"first_name=%ff%fe", b"need=%c0%80", b"first_name=\xd8\x00", b"&&&===%", b"%", b"a=1&" * 3000]
)
def test_bytes_that_are_no_text(cast, day_one, body):
    reply = client_of(cast.noura).post(NEW, body, content_type="application/x-www-form-urlencoded")
    assert reply.status_code in FINE
    assert not Person.objects.exists()


def test_an_unspoiled_registration_is_taken(cast, day_one):
    """The control of all of them: what refuses the others is what was spoiled."""
    client = client_of(cast.noura)
    assert client.post(NEW, whole_form()).status_code == 302
    assert stored_faults({"beneficiaries_person", "requests_supportrequest"}) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", "سا\u200bرة"),
        ("family_name", "<b>"),
        ("nationality", "\u202eالسعودية"),
        ("sex", "neither"),
        ("mobile", "123"),
        ("national_id", "1000000000"),
        ("language", "x\x07"),
    ],
)
def test_what_is_forbidden_would_be_seen(cast, day_one, field, value):
    """The control of the search for faults: a row that went past the forms is found."""
    client_of(cast.noura).post(NEW, whole_form())
    person = Person.objects.get()
    setattr(person, field, value)
    assert faults_of(person) != []
