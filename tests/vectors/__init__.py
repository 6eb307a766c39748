"""Facts to test against: dates printed in both calendars, sample identifiers, pairs of names."""

import json
from pathlib import Path
from typing import Any


def load(name: str) -> Any:
    """The vectors of tests/vectors/<name>.json."""
    return json.loads((Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8"))
