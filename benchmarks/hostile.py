"""Hostile values by the thousand through every form of the staff's pages: `python benchmarks/hostile.py [count]`.

The suite sends the beginning of the same stream (`tests/security/test_hostile_forms.py`), this 5,000 to each form.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(per_form: str = "5000", seed: str = "4") -> int:
    asked = {**os.environ, "HOSTILE_PER_FORM": per_form, "HOSTILE_SEED": seed}
    tests = ["tests/security/test_hostile_forms.py", "-n", "2", "--durations=10"]
    return subprocess.run([ROOT / "portal", "test", *tests], env=asked, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
