"""Two colleagues at one pair of files at the same moment: one merge, never a circle."""

import pytest
from django.db import IntegrityError

from beneficiaries.duplicates import actions
from beneficiaries.models import Merge, Person
from core.audit import history
from core.errors import Refused
from tests.cast import new_person
from tests.races import at_once, waiting_for_all

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
TRUTH = {"why": "رأيت البطاقتين", "numbers": "mistyped"}


def settled(*verbs) -> list[str]:
    """What became of each verb, all begun together: "done", or how it was refused."""
    ends = at_once(*verbs, met=(Refused, IntegrityError))
    return sorted(type(end).__name__ if isinstance(end, Exception) else "done" for end in ends)


@pytest.fixture
def pair(cast, day_one):
    return new_person(by=cast.noura), new_person(by=cast.noura)


def settled_at_once(pair, cast) -> tuple[list[str], int]:
    merge = actions.propose_merge(kept=pair[0], merged=pair[1], by=cast.noura, **TRUTH)
    answers = settled(
        *(lambda by=by: actions.merge_files(merge, by=by) for by in (cast.saad, cast.manager)),
        *(lambda by=by: actions.refuse_merge(merge, by=by, why="لا") for by in (cast.saad, cast.manager)),
    )
    return answers, sum(row.verb in ("merged", "merge_refused") for row in history(pair[1]))


def both_ways_at_once(pair, cast) -> tuple[list[str], int]:
    one, other = pair
    answers = settled(
        lambda: actions.propose_merge(kept=one, merged=other, by=cast.noura, **TRUTH),
        lambda: actions.propose_merge(kept=other, merged=one, by=cast.saad, **TRUTH),
    )
    return answers, Merge.objects.filter(state="proposed").count()


def test_of_four_who_settle_one_proposal_at_once_one_does(cast, pair):
    assert settled_at_once(pair, cast) == (["Refused"] * 3 + ["done"], 1)


def test_of_two_who_merge_both_ways_at_once_one_proposes(cast, pair):
    assert both_ways_at_once(pair, cast) == (["Refused", "done"], 1)


def test_merges_in_a_row_at_once_leave_no_circle_and_no_dead_end(cast, pair):
    third = new_person(by=cast.noura)
    merges = [
        actions.propose_merge(kept=pair[0], merged=pair[1], by=cast.noura, **TRUTH),
        Merge.objects.create(kept=third, merged=pair[0], proposed_by=cast.noura, **TRUTH),  # past the rule
    ]
    settled(*(lambda merge=merge: actions.merge_files(merge, by=cast.saad) for merge in merges))
    for person in Person.objects.all():
        assert person.current.merged_into is None


def test_control_without_the_lock_a_proposal_is_settled_twice(cast, pair, monkeypatch):
    monkeypatch.setattr(actions, "held", waiting_for_all(4, lambda merge: Merge.objects.get(pk=merge.pk)))
    answers, times = settled_at_once(pair, cast)
    assert answers.count("done") > 1
    assert times > 1


def test_control_without_the_lock_both_ways_are_proposed(cast, pair, monkeypatch):
    read = waiting_for_all(2, lambda *ids: [Person.objects.get(pk=pk) for pk in ids])
    monkeypatch.setattr(actions, "hold", read)
    monkeypatch.setattr(actions.rules, "waits", waiting_for_all(2, actions.rules.waits))
    assert both_ways_at_once(pair, cast) == (["done", "done"], 2)
