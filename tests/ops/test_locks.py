import os

import pytest

from ops import locks
from ops.terminal import Refusal


def test_a_second_start_is_refused_with_the_number_of_the_first(tmp_path):
    with locks.alone("up", folder=tmp_path, refuse=True), pytest.raises(Refusal, match=str(os.getpid())):
        locks.alone("up", folder=tmp_path, refuse=True).__enter__()


def test_a_lock_whose_holder_ended_is_free(tmp_path):
    (tmp_path / "up.lock").write_text("99999")

    with locks.alone("up", folder=tmp_path, refuse=True):
        assert locks.holder("up", folder=tmp_path) == os.getpid()
    assert locks.holder("up", folder=tmp_path) is None


def test_only_the_last_user_is_told_to_stop_the_server(tmp_path):
    first = locks.join_users("database", folder=tmp_path)
    second = locks.join_users("database", folder=tmp_path)

    assert not locks.last_user(first, "database", folder=tmp_path)
    assert locks.last_user(second, "database", folder=tmp_path)
