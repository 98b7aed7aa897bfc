"""How long a build with nothing to do takes, as a multiple of a bare interpreter's start.

Run in a built compendium: `python benchmarks/nothing_to_do.py [FOLDER]`. Prints ratios; never fails
by the clock.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

ROUNDS = 15


def seconds(command: Sequence[str]) -> float:
    """The time that a command takes as a whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Time the two in turn, and print the median ratio with its range."""
    folder = sys.argv[1] if len(sys.argv) > 1 else "."
    bare = [sys.executable, "-c", "pass"]
    build = [sys.executable, "-m", "bukti", "build", "-C", folder]
    seconds(build)
    pairs = [(seconds(build), seconds(bare)) for _ in range(ROUNDS)]
    ratios = sorted(build_time / bare_time for build_time, bare_time in pairs)
    print(f"build with nothing to do / bare interpreter: {statistics.median(ratios):.1f}")
    print(f"range {ratios[0]:.1f} to {ratios[-1]:.1f} in {ROUNDS} pairs")
    print(f"median build: {statistics.median(build_time for build_time, _ in pairs):.3f} s")


if __name__ == "__main__":
    main()
