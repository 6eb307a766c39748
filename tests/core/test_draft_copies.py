"""The key of a sealed copy is its owner's, for today and yesterday, and changes with the password."""

from datetime import timedelta

import pytest

from core import drafts
from tests.cast import user

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(pack):
    return user("noura", "نورة العتيبي")


def test_nobody_else_has_the_key(owner, day_one):
    other = user("saad", "سعد القحطاني")
    assert not set(drafts.copy_keys(owner)) & set(drafts.copy_keys(other))


def test_what_was_sealed_today_is_read_tomorrow_and_not_the_day_after(owner, day_one):
    sealed_with = drafts.copy_keys(owner)[0]
    day_one.shift(timedelta(days=1))
    assert drafts.copy_keys(owner)[1] == sealed_with
    day_one.shift(timedelta(days=1))
    assert sealed_with not in drafts.copy_keys(owner)


def test_a_new_password_makes_new_keys(owner, day_one):
    before = drafts.copy_keys(owner)
    owner.set_password("كلمة-مرور-جديدة-1448")
    assert not set(before) & set(drafts.copy_keys(owner))
