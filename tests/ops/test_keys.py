import json
import stat

import pytest

from ops import keys
from ops.terminal import Refusal


def test_secrets_are_readable_by_their_owner_only(tmp_path):
    keys.load_keys(tmp_path)

    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_secrets_are_made_once(tmp_path):
    assert keys.load_keys(tmp_path) == keys.load_keys(tmp_path)


def test_each_secret_is_its_own_and_long(tmp_path):
    made = keys.load_keys(tmp_path)

    assert set(made) == set(keys.NAMES)
    assert len(set(made.values())) == len(keys.NAMES)
    assert min(map(len, made.values())) >= 50  # what `check --deploy` asks of SECRET_KEY


def test_a_missing_secret_is_added_beside_the_others(tmp_path):
    (tmp_path / "secrets.json").write_text(json.dumps({"SECRET_KEY": "kept"}))

    made = keys.load_keys(tmp_path)

    assert made["SECRET_KEY"] == "kept"
    assert set(made) == set(keys.NAMES)


def test_a_broken_file_is_refused_and_not_replaced(tmp_path):
    (tmp_path / "secrets.json").write_text("{")

    with pytest.raises(Refusal, match="تالف"):
        keys.load_keys(tmp_path)
    assert (tmp_path / "secrets.json").read_text() == "{"
