"""A half-filled form is kept at the time that the one clock says (code.md, the rule about the clock)."""

from datetime import UTC, datetime, timedelta

import pytest

from core import clock, drafts
from core.models import Draft
from tests.cast import user

LAST_WEEK = datetime(2026, 11, 15, 9, tzinfo=UTC)


@pytest.fixture
def owner(pack):
    return user("noura", "نورة العتيبي")


@pytest.fixture
def told(settings):
    settings.DEMO = True
    return clock.told


def test_a_draft_is_kept_at_the_hour_of_the_one_clock(owner, told):
    with told(LAST_WEEK):
        draft = drafts.keep(owner=owner, form="x", data={})
    draft.refresh_from_db()
    assert draft.updated_at == LAST_WEEK


def test_keeping_it_again_moves_it_to_the_front(owner, told):
    kept = []
    for hour in range(2):
        with told(LAST_WEEK + timedelta(hours=hour)):
            kept.append(drafts.keep(owner=owner, form="x", data={}))
    with told(LAST_WEEK + timedelta(hours=2)):
        drafts.keep(owner=owner, form="x", data={"again": 1}, pk=kept[0].pk)
    assert list(drafts.waiting(owner=owner, form="x")) == kept


def test_saving_alone_does_not_make_a_draft_younger(owner, told):
    """Housekeeping forgets by this column; only keeping moves it."""
    with told(LAST_WEEK):
        draft = drafts.keep(owner=owner, form="x", data={})
    draft.save()
    assert Draft.objects.get().updated_at == LAST_WEEK


def test_of_two_kept_in_the_same_moment_the_older_is_forgotten_first(owner, told):
    with told(LAST_WEEK):
        kept = [drafts.keep(owner=owner, form="x", data={}) for _turn in range(drafts.KEPT_PER_FORM + 1)]
    assert set(Draft.objects.all()) == set(kept[1:])
