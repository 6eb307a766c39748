"""`requests` and `channels` are our apps; no installed distribution may need the libraries of those names."""

from importlib.metadata import distributions
from pathlib import Path

from packaging.requirements import Requirement

import channels
import requests

ROOT = Path(__file__).resolve().parents[2]


def test_the_apps_are_ours():
    assert Path(requests.__file__).parent == ROOT / "requests"
    assert Path(channels.__file__).parent == ROOT / "channels"


def test_nothing_installed_needs_the_libraries_of_those_names():
    needing = {
        distribution.name
        for distribution in distributions()
        for line in distribution.requires or []
        if (need := Requirement(line)).name.lower() in ("requests", "channels")
        and (need.marker is None or need.marker.evaluate({"extra": ""}))
    }
    assert needing == set()


def test_files_carry_no_catch_all_name():
    wrong = {"utils.py", "helpers.py", "services.py", "managers.py", "signals.py"}
    apps = "core accounts policies beneficiaries channels requests committee surveys oversight config".split()
    assert [path for app in apps for path in (ROOT / app).rglob("*.py") if path.name in wrong] == []
