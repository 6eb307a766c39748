from datetime import timedelta

import pytest

from core import drafts, housekeeping
from core.models import Draft, FormKey, RateBucket


@pytest.fixture
def kept(cast, day_one):
    FormKey.objects.create()
    RateBucket.take("status:1", capacity=5, per=timedelta(hours=1))
    drafts.keep(owner=cast.noura, form="intake", data={"need": "حاجة"})
    return day_one


def rows() -> tuple[int, int, int]:
    return RateBucket.objects.count(), FormKey.objects.count(), Draft.objects.count()


@pytest.mark.parametrize(("days", "left"), [(1, (1, 1, 1)), (3, (0, 1, 1)), (31, (0, 0, 0))])
def test_each_thing_is_kept_for_its_own_time(kept, days, left):
    kept.shift(timedelta(days=days))
    housekeeping.sweep()
    assert rows() == left
