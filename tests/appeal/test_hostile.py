"""Hostile text at the person's own doors: no fault of ours, and nothing kept that should not be (trust.md, Input)."""

import pytest

from channels.models import OneTimeCode
from requests.models import Appeal, ObjectionDraft
from tests.appeal.desk import confirm, let_in
from tests.security.test_hostile import VALUES, unescaped


@pytest.fixture(autouse=True)
def without_limits(monkeypatch):
    for module in ("requests.public.access", "requests.appeal.public", "channels.codes.actions"):
        monkeypatch.setattr(f"{module}.within", lambda limit, whose="": True)


def test_the_words_of_an_objection(client, case_at):
    case = case_at("rejected")
    let_in(client, case)
    for value in VALUES.values():
        for form in ({"text": value}, {"text": "x", "papers": value}):
            reply = client.post("/status/objection/", form, follow=True)
            assert reply.status_code in (200, 422)
            assert not unescaped(reply)
    kept = ObjectionDraft.objects.get().text
    assert not any(mark in kept for mark in ("\x00", "\u202e", "\u2066", "\x1b"))
    assert confirm(client, case).url == "/status/decision/"
    assert Appeal.objects.get().text == kept


def test_the_door(client, case_at):
    case = case_at("rejected")
    for value in VALUES.values():
        reply = client.post("/status/code/send/", {"token": value}, follow=True)
        assert reply.status_code in (200, 422, 429)
        client.post("/status/code/send/", {"token": case.status_token})
        reply = client.post("/status/code/", {"code": value}, follow=True)
        assert reply.status_code in (200, 422)
        assert not unescaped(reply)
    assert not OneTimeCode.objects.filter(used_at__isnull=False).exists()
    assert client.get("/status/decision/").status_code == 302
