"""`python -m tests.faults`: seeds faults into papers and prints what bukti reports, by kind."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bukti.challenge.outcome import Outcome, table
from tests.faults.campaign import campaign
from tests.faults.paper import PAPERS, findings, prepared
from tests.faults.quick import quick


def main() -> int:
    """Prints the table; 0 where every fault is found at its line and sound papers are clean."""
    options = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    options.add_argument("--papers", default=",".join(PAPERS), help="names, with commas between")
    options.add_argument("--number", type=int, default=300, help="how many faults")
    options.add_argument("--seed", type=int, default=7, help="decides which ones")
    given = options.parse_args()
    with quick(), tempfile.TemporaryDirectory() as folder:
        papers = [prepared(name, Path(folder)) for name in given.papers.split(",")]
        alarms = [(each.name, found) for each in papers for found in findings(each.root)]
        for name, found in alarms:
            sys.stdout.write(f"{name}, untouched: {found.code} {found.span}\n")
        seeded = []
        for each in campaign(papers, given.number, given.seed, Path(folder)):
            seeded.append(each)
            if each.outcome is not Outcome.AT_LINE:
                sys.stdout.write(f"{each}\n")
                sys.stdout.flush()
    sys.stdout.write(f"{table(seeded)}\n")
    return int(bool(alarms) or any(each.outcome is not Outcome.AT_LINE for each in seeded))


if __name__ == "__main__":
    sys.exit(main())
