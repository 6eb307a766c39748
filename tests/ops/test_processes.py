import subprocess

import pytest

from ops import processes


class Child:
    """A command that goes on until it is told to end; what happens while it is waited for is given."""

    def __init__(self, *happens: type[BaseException]):
        self.happens, self.told = list(happens), False

    def wait(self) -> int:
        if self.happens:
            raise self.happens.pop(0)
        return 15 if self.told else 0

    def terminate(self) -> None:
        self.told = True


def openly(child: Child, monkeypatch) -> int:
    monkeypatch.setattr(subprocess, "Popen", lambda *command, **how: child)
    return processes.run_openly(["pytest"], env={})


def test_told_to_end_we_end_what_runs_and_begin_nothing_after_it(monkeypatch):
    child = Child(processes.Terminated)

    with pytest.raises(processes.Terminated):
        openly(child, monkeypatch)
    assert child.told
    assert child.wait() == 15


def test_ctrl_c_is_for_the_command_to_answer(monkeypatch):
    child = Child(KeyboardInterrupt)

    assert openly(child, monkeypatch) == 0
    assert not child.told
