"""An answer leads back to nobody: not by a column, and not by how PostgreSQL keeps its rows (rule 6)."""

import pytest
from django.db import connection

from surveys import actions
from surveys.models import Answer, Invitation

SAME_TRANSACTION = "SELECT a.id FROM surveys_answer a JOIN surveys_invitation i ON a.xmin = i.xmin WHERE i.answered"
IN_ORDER = "SELECT face FROM surveys_answer ORDER BY ctid"


def asked(question: str) -> list:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def answered(case_at, day_one, monkeypatch):
    """Five people answer on one day, one after the other: 1, 2, 3, 4, 5."""
    tokens = []
    monkeypatch.setattr(actions, "post", lambda event, invitation, token: tokens.append(token))
    cases = []
    for _person in range(5):
        day_one.move_to("2026-11-22T09:00:00+03:00", tick=False)
        cases.append(case_at("delivered"))
    for case in cases:
        actions.invite(case)
    return tokens


def give_all(tokens: list[str]) -> None:
    for face, token in enumerate(tokens, start=1):
        actions.answer(token, face=face)


@pytest.mark.django_db(transaction=True)
def test_on_its_day_the_transaction_of_an_answer_still_tells(answered):
    """The control, and what the sweep is for: until its day is over an answer shares a number with its invitation."""
    give_all(answered)
    assert len(asked(SAME_TRANSACTION)) == 5


@pytest.mark.django_db(transaction=True)
def test_after_its_day_neither_transaction_nor_order_tells(answered, day_one, monkeypatch):
    monkeypatch.setattr(actions.secrets.SystemRandom, "shuffle", lambda self, rows: rows.reverse())
    give_all(answered)
    day_one.shift(86400 * 3)
    actions.part_from_links()
    assert asked(SAME_TRANSACTION) == []
    assert asked("SELECT count(DISTINCT xmin::text) FROM surveys_answer") == [1]
    assert asked(IN_ORDER) == [5, 4, 3, 2, 1]


def test_what_was_answered_is_kept_as_it_was(answered, day_one):
    give_all(answered)
    before = set(Answer.objects.values_list("id", "face", "words", "service", "month"))
    day_one.shift(86400 * 3)
    actions.part_from_links()
    assert set(Answer.objects.values_list("id", "face", "words", "service", "month")) == before
    assert not Answer.objects.exclude(edit_hash=None, edit_until=None).exists()


def test_an_answer_of_today_may_still_be_changed(answered, day_one):
    """The edge: the sweep leaves an open day alone."""
    give_all(answered[:1])
    day_one.shift(86400 * 3)
    give_all(answered[1:2])
    actions.part_from_links()
    assert actions.given(answered[1]) is not None
    assert actions.given(answered[0]) is None


def test_a_second_sweep_loses_nothing(answered, day_one):
    give_all(answered)
    day_one.shift(86400 * 3)
    actions.part_from_links()
    assert actions.part_from_links() == 0
    assert (Answer.objects.count(), Invitation.objects.filter(answered=True).count()) == (5, 5)
