"""A request and its committee under whatever anybody may try: `state_machine.py [runs [steps [seed]]]`.

The suite walks a hundred runs of fifteen steps (`tests/committee/test_state_machine.py`); this 5,000 of fifty, in
portions of a thousand, each in two halves that begin from seeds of their own, one on each core. A broken invariant
stops it and prints the way there.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HALVES, PORTION = 2, 1000


def main(runs: str = "5000", steps: str = "50", seed: str = "5") -> int:
    begun = time.monotonic()
    for done in range(0, int(runs), PORTION):
        many = min(PORTION, int(runs) - done)
        if broken := walk(many, steps, seed=int(seed) + done):
            return broken
        print(
            f"{done + many} of {runs} runs of {steps} steps, {(time.monotonic() - begun) / 60:.1f} minutes", flush=True
        )
    return 0


def walk(many: int, steps: str, *, seed: int) -> int:
    asked = {"MACHINE_RUNS": str(many // HALVES), "MACHINE_STEPS": steps, "MACHINE_SEED": str(seed)}
    tests = ["tests/committee/test_state_machine.py", "-k", "invariants", "-n", str(HALVES), "-q"]
    return subprocess.run([ROOT / "portal", "test", *tests], env=os.environ | asked, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
