import subprocess

import pytest

from ops import verify
from ops.terminal import Refusal


def program(folder, name: str) -> str:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return str(path)


def test_a_browser_on_path_is_found(tmp_path):
    wanted = program(tmp_path, "chromium-browser")

    assert verify.find_browser({"PATH": str(tmp_path)}) == wanted


def test_the_browser_without_windows_is_preferred(tmp_path):
    """It does the same at two thirds of the work."""
    program(tmp_path, "chromium")
    wanted = program(tmp_path, "chromium-headless-shell")

    assert verify.find_browser({"PATH": str(tmp_path)}) == wanted


def test_a_named_browser_is_used_instead(tmp_path):
    program(tmp_path, "chromium")
    wanted = program(tmp_path, "mine")

    assert verify.find_browser({"PATH": str(tmp_path), "CHROMIUM_PATH": wanted}) == wanted


def test_no_browser_leaves_its_tests_out_on_a_persons_machine(tmp_path):
    assert verify.find_browser({"PATH": str(tmp_path)}) is None
    name, command = verify.suite(None)
    assert "browser" not in name
    assert command[-1] == "not browser"


def test_where_there_is_a_browser_nothing_is_left_out():
    assert "-m" not in verify.suite("/usr/bin/chromium")[1][3:]


def test_the_copied_database_is_waited_for_and_its_failure_is_said(monkeypatch):
    monkeypatch.setattr(verify, "start_logged", lambda name, command, env: subprocess.Popen(["false"]))

    with pytest.raises(Refusal, match="قاعدة بيانات الفحوص"), verify.copied_database({}) as env:
        assert env["TEST_TEMPLATE"]


def test_whoever_leaves_in_between_leaves_nothing_running(monkeypatch):
    made = subprocess.Popen(["sleep", "60"])
    monkeypatch.setattr(verify, "start_logged", lambda name, command, env: made)

    with pytest.raises(KeyboardInterrupt), verify.copied_database({}):
        raise KeyboardInterrupt
    assert made.returncode is not None


def test_no_browser_is_an_error_where_every_check_must_run(tmp_path):
    with pytest.raises(Refusal, match="Chromium"):
        verify.find_browser({"PATH": str(tmp_path), "CI": "true"})


def test_a_failed_check_does_not_hide_the_next(capsys):
    listed = [("first", ["false"]), ("second", ["true"]), ("third", ["false"])]

    assert verify.run_steps(listed, env={"PATH": "/usr/bin:/bin"}) == ["first", "third"]
    assert "second" in capsys.readouterr().out
