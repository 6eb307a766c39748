import errno
import subprocess
import sys

import pytest

from ops import cli, packs, processes
from ops.places import ROOT
from ops.terminal import Refusal


@pytest.fixture(autouse=True)
def _leave_signals_alone(monkeypatch):
    monkeypatch.setattr(processes, "heed_signals", lambda: None)


def fail_with(monkeypatch, error: BaseException):
    def verb(options):
        raise error

    monkeypatch.setitem(cli.VERBS, "down", verb)


def test_the_script_alone_prints_help_in_arabic():
    done = subprocess.run([sys.executable, ROOT / "portal"], capture_output=True, text=True, check=True)

    assert "أوامر التشغيل" in done.stdout
    assert all(f"./portal {verb}" in done.stdout for verb in cli.VERBS)


def test_the_script_is_executable():
    assert (ROOT / "portal").stat().st_mode & 0o111
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


@pytest.mark.parametrize("words", [["nothing"], ["up", "--port", "x"], ["up", "--pack", "other"], ["down", "--what"]])
def test_a_mistyped_command_is_a_sentence_and_the_help(words, capsys):
    assert cli.main(words) == 1
    assert "لم يُفهم الأمر" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["help"], ["--help"], ["up", "--help"], ["reset", "-h"], ["nothing", "--help"]])
def test_whoever_asks_for_help_gets_it_and_nothing_is_run(words, monkeypatch, capsys):
    for verb in cli.VERBS:
        monkeypatch.setitem(cli.VERBS, verb, None)

    assert cli.main(words) == 0
    assert "أوامر التشغيل" in capsys.readouterr().out


def test_the_help_of_what_is_passed_on_is_its_own(monkeypatch):
    monkeypatch.setitem(cli.VERBS, "manage", lambda options: len(options.arguments))

    assert cli.main(["manage", "migrate", "--help"]) == 2


def test_a_refusal_is_said_without_a_traceback(monkeypatch, capsys):
    fail_with(monkeypatch, Refusal("جملة واحدة."))

    assert cli.main(["down"]) == 1
    assert capsys.readouterr().out == "جملة واحدة.\n"


def test_a_full_disk_is_said_plainly(monkeypatch, capsys):
    fail_with(monkeypatch, OSError(errno.ENOSPC, "full"))

    assert cli.main(["down"]) == 1
    assert "امتلأ القرص" in capsys.readouterr().out


def test_a_surprise_goes_to_the_log_and_a_sentence_to_the_person(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(cli, "LOGS", tmp_path)
    fail_with(monkeypatch, ValueError("surprise"))

    assert cli.main(["down"]) == 1
    assert "Traceback" not in capsys.readouterr().out
    assert "ValueError: surprise" in (tmp_path / "portal.log").read_text()


def test_ctrl_c_is_told_from_success(monkeypatch):
    fail_with(monkeypatch, KeyboardInterrupt())

    assert cli.main(["down"]) == 130


def test_the_first_start_loads_the_default_pack(tmp_path):
    assert packs.choose(None, database="a", record=tmp_path / "packs.json") == ("social", True)


def test_the_loaded_pack_is_remembered_and_another_is_refused(tmp_path):
    path = tmp_path / "packs.json"
    packs.remember("libraries", database="a", record=path)

    assert packs.choose(None, database="a", record=path) == ("libraries", False)
    assert packs.choose("libraries", database="a", record=path) == ("libraries", False)
    with pytest.raises(Refusal, match="reset --yes"):
        packs.choose("social", database="a", record=path)


def test_another_database_may_hold_another_pack(tmp_path):
    path = tmp_path / "packs.json"
    packs.remember("libraries", database="a", record=path)

    assert packs.choose("social", database="b", record=path) == ("social", True)
