"""What a version changes, in words and word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.difference.changes import changes
from policies.difference.words import compare, counts, out_of_order, words
from policies.editing.actions import clause_facts, move_clause, remove_clause, write_clause
from policies.lifecycle.doubts import doubts
from policies.models import PolicyVersion, Tool
from tests.cast import make_cast, new_case

TEXT = st.text(alphabet="ابت جد\n«»،", max_size=60)


@given(TEXT, TEXT)
def test_both_texts_can_be_read_out_of_the_difference(before, after):
    pieces = words(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "ins") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "del") == after


@given(TEXT)
def test_nothing_differs_from_itself(text):
    assert {piece.kind for piece in words(text, text)} <= {"same"}


def test_words_are_marked_and_not_whole_sentences():
    marked = [(piece.kind, piece.text) for piece in words("لا تقل عن أسبوعين", "لا تقل عن ثلاثة أسابيع")]
    assert marked == [("same", "لا تقل عن "), ("del", "أسبوعين"), ("ins", "ثلاثة أسابيع")]


def test_clauses_are_aligned_by_their_ids(draft, first):
    before = PolicyVersion.in_force()
    assert counts(compare(before, draft)) == {
        "same": before.clauses.count(),
        "changed": 0,
        "added": 0,
        "removed": 0,
        "moved": 0,
    }

    def now() -> int:
        return PolicyVersion.objects.get(pk=draft.pk).revision

    row = draft.clauses.get(clause_id="PS-5")
    facts = {**clause_facts(row), "text": row.text.replace("أسبوعين", "ثلاثة أسابيع")}
    write_clause(draft, by=first, revision=now(), read="", clause=row, **facts)
    move_clause(draft.clauses.get(clause_id="DO-3"), "up", by=first, revision=now())
    remove_clause(draft.clauses.get(clause_id="CH-6"), by=first, revision=now())
    new = {"kind": "procedure_step", "number": "8", "text": "بند جديد", "code": "", "heading": ""}
    write_clause(draft, by=first, revision=now(), read="", to_be_confirmed=False, **new)
    rows = compare(before, draft)
    found = {row.clause_id: row.state for row in rows if row.state != "same"}
    assert found == {"PS-5": "changed", "CH-6": "removed", "PS-8": "added"}
    assert {row.clause_id for row in rows if row.moved} <= {"DO-2", "DO-3"}
    assert sum(row.moved for row in rows) == 1
    ids = [row.clause_id for row in rows]
    assert ids.index("CH-6") == ids.index("CH-5") + 1  # a removed clause is shown where it stood


def test_moved_means_out_of_the_common_order():
    assert out_of_order(["a", "b", "c"], ["a", "c", "b"]) in ({"b"}, {"c"})
    assert out_of_order(["a", "b", "c"], ["a", "c"]) == set()
    assert out_of_order(["a", "c"], ["a", "b", "c"]) == set()


def said(before, **changed) -> list[str]:
    """The changes of a copy in which these fields differ."""
    after = PolicyVersion.objects.get(pk=before.pk)
    for name, value in changed.items():
        setattr(after, name, value)
    return changes(before, after)


def test_nothing_changed_says_nothing(pack):
    live = PolicyVersion.in_force()
    assert said(live) == []


EVERY_CHANGE = [
    {"min_decision_days": 21},
    {"min_decision_days": None},
    {"procedures": ["programme_permits"]},
    {"requires_signature": False},
    {"declaration_text": "نص آخر"},
    {"read_aloud": ["جملة"]},
    {"officer_title": {"masc": "موظف"}},
    {"asks_household": False},
    {"has_membership": True},
    {"channels": []},
    {"person_terms": {"masc_def": "العضو"}},
]


@pytest.mark.parametrize("change", EVERY_CHANGE, ids=lambda change: next(iter(change)))
def test_every_parameter_that_changes_is_said_with_whom_it_touches(pack, change):
    found = said(PolicyVersion.in_force(), **change)
    assert found
    assert all(each.what and each.whom for each in found)


def test_the_period_touches_new_requests_and_says_how_many_keep_theirs(pack, day_one):
    cast = make_cast()
    live = PolicyVersion.in_force()
    (change,) = said(live, min_decision_days=21)
    assert ("ثلاثة أسابيع" in change.what, "أسبوعين" in change.what) == (True, True)
    none_open = change.whom
    for _number in range(3):
        new_case(by=cast.noura)
    (change,) = said(live, min_decision_days=21)
    assert change.whom != none_open
    assert "3" in change.whom


def test_a_channel_and_a_tool_are_named(draft):
    live = PolicyVersion.in_force()
    Tool.objects.filter(version=draft, code="basic_bylaw").delete()
    draft.channels = [row for row in draft.channels if row["code"] != "phone"]
    texts = " ".join(change.what for change in changes(live, draft))
    assert "الاتصالات الهاتفية" in texts
    assert "اللائحة الأساسية" in texts


# Doubts


def test_a_text_that_says_another_period_is_doubted(draft):
    assert not any("PS-5" in doubt for doubt in doubts(draft))
    draft.min_decision_days = 21
    assert any("PS-5" in doubt for doubt in doubts(draft))


def test_a_channel_of_the_text_that_would_not_be_offered_is_doubted(draft):
    before = len(doubts(draft))
    draft.channels = draft.channels[1:]
    assert len(doubts(draft)) == before + 1
