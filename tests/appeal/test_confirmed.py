"""The objection that is sent is the one that was confirmed: what changed on another page is shown again first."""

import re

import pytest

from core.errors import Refused
from requests.appeal import actions, drafts
from requests.models import Appeal, ObjectionDraft
from requests.rules import Applicant
from tests.appeal.desk import WORDS, code_for, let_in, shown
from tests.paper import upload

WRITE, CHECK, DECISION = "/status/objection/", "/status/objection/check/", "/status/decision/"


@pytest.fixture
def inside(client, rejected):
    let_in(client, rejected)
    client.post(WRITE, {"text": WORDS, "papers": [upload()]})
    return client


def shown_hash(client) -> str:
    return re.search(r'name="seen" value="([0-9a-f]{64})"', client.get(CHECK).content.decode())[1]


def test_what_is_sent_is_what_the_page_showed(inside):
    assert inside.post(CHECK, {"seen": shown_hash(inside)}).url == DECISION
    assert (Appeal.objects.get().text, Appeal.objects.get().files.count()) == (WORDS, 1)


@pytest.mark.parametrize("change", ["other words", "another file", "a file less"])
def test_changed_from_a_second_page_it_is_not_sent_but_shown_again(inside, change):
    seen, [kept] = shown_hash(inside), ObjectionDraft.objects.get().files.all()
    if change == "a file less":
        inside.post(f"{WRITE}file/{kept.pk}/out/")
    else:
        more = {"papers": [upload()]} if change == "another file" else {}
        inside.post(WRITE, {"text": WORDS if more else "أسحب اعتراضي", **more})
    answer = inside.post(CHECK, {"seen": seen}, follow=True)
    assert answer.redirect_chain == [(CHECK, 302)]
    assert "تغيّر" in shown(answer)
    assert not Appeal.objects.exists()
    assert inside.post(CHECK, {"seen": shown_hash(inside)}).url == DECISION


def test_the_same_words_written_again_are_the_same(inside):
    seen = shown_hash(inside)
    inside.post(WRITE, {"text": WORDS})
    assert inside.post(CHECK, {"seen": seen}).url == DECISION


def test_nothing_is_sent_unconfirmed_and_nothing_without_a_draft(inside, rejected):
    for seen in ("", "0" * 64):
        assert inside.post(CHECK, {"seen": seen}).url == CHECK
    seen = shown_hash(inside)
    drafts.drop(rejected)
    with pytest.raises(Refused):
        actions.submit(rejected, by=Applicant(), seen=seen, code=code_for(rejected))
    assert not Appeal.objects.exists()
