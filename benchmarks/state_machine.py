"""A request and its committee under whatever anybody may try: `python benchmarks/state_machine.py [runs [steps]]`.

The suite walks a hundred runs of twenty steps (`tests/committee/test_state_machine.py`); this 5,000 of fifty, in two
halves that begin from different seeds, one on each core. A broken invariant stops it and prints the way there.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HALVES = 2


def main(runs: str = "5000", steps: str = "50", seed: str = "5") -> int:
    asked = {**os.environ, "MACHINE_RUNS": str(int(runs) // HALVES), "MACHINE_STEPS": steps, "MACHINE_SEED": seed}
    tests = ["tests/committee/test_state_machine.py", "-k", "invariants", "-n", str(HALVES), "--durations=2"]
    return subprocess.run([ROOT / "portal", "test", *tests], env=asked, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
