import json
import sys

import pytest

from ops import children, processes
from ops.relay import Relay
from ops.terminal import Refusal


def record(path, **known):
    path.write_text(json.dumps(known))


def test_what_a_killed_launcher_left_is_stopped(tmp_path, sleeper):
    path = tmp_path / "children.json"
    record(path, web=[sleeper.pid, processes.birth_of(sleeper.pid)])

    assert children.stop_leftovers(path) == ["web"]
    assert sleeper.wait(timeout=5) is not None
    assert not path.exists()


def test_a_process_that_only_has_the_same_number_is_left_alone(tmp_path, sleeper):
    path = tmp_path / "children.json"
    record(path, web=[sleeper.pid, "another time"])

    assert children.stop_leftovers(path) == []
    assert sleeper.poll() is None


def test_no_record_is_nothing_to_stop(tmp_path):
    assert children.stop_leftovers(tmp_path / "children.json") == []


def test_one_that_ended_by_itself_is_named_with_the_end_of_its_log(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "LOGS", tmp_path)
    monkeypatch.setattr(children, "LOGS", tmp_path)
    started = children.Children(record=tmp_path / "children.json")
    started.start("web", [sys.executable, "-c", "print('the reason')"], env={})
    started.running["web"].wait()

    with pytest.raises(Refusal, match="(?s)web.*the reason"):
        started.check()


def test_servers_stop_in_the_reverse_order(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "LOGS", tmp_path)
    started = children.Children(record=tmp_path / "children.json")
    for name in ("redis", "worker", "web"):
        started.start(name, [sys.executable, "-c", "import time; time.sleep(60)"], env={})
    names = {child.pid: name for name, child in started.running.items()}
    stopped = []
    monkeypatch.setattr(children, "stop_group", lambda pid: stopped.append(names[pid]))

    started.stop()

    assert stopped == ["web", "worker", "redis"]
    for child in started.running.values():
        child.kill()
        child.wait()


def test_only_trouble_is_shown_after_the_name_of_its_writer(tmp_path, capsys):
    log = tmp_path / "worker.log"
    log.write_text("ERROR before\n")
    relay = Relay(["worker"], logs=tmp_path)
    with log.open("a") as file:
        file.write("INFO one\nERROR رسالة\nERROR half")

    relay.show()

    assert capsys.readouterr().out == "worker | ERROR رسالة\n"


def test_half_a_line_is_shown_when_it_is_whole(tmp_path):
    log = tmp_path / "worker.log"
    log.write_text("")
    relay = Relay(["worker"], logs=tmp_path)
    log.write_text("ERROR ha")

    assert relay.new_lines() == []
    log.write_text("ERROR half\n")
    assert relay.new_lines() == ["worker | ERROR half"]
