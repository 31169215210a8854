"""
Measure everything, print it, and write it down: `python -m benchmarks`.

Each measure runs in a process of its own, those of the workspace on a new database, so that none finds what another
left in memory. `--long` also takes a hundred million contacts, which needs some 15 GB of disk and memory.
`--only measures`, `--only reading` or `--only workspace` leaves the other parts of the page as they are.
"""

import argparse
import os
import subprocess
import sys

from benchmarks.measures import everything, fhir
from benchmarks.places import Place, places
from benchmarks.results import ABOUT, MEASURES_PART, PARTS, READING, WORKSPACE, Result, heard, table, write

MEASURES = ("benchmarks.recording", "benchmarks.folding", "benchmarks.board", "benchmarks.meeting")


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure, print, and write the page.")
    asked.add_argument("--long", action="store_true", help="a hundred million contacts too")
    asked.add_argument("--only", choices=PARTS, help="one part of the page alone")
    chosen = asked.parse_args()
    parts = (chosen.only,) if chosen.only else PARTS
    if WORKSPACE in parts:
        part = _workspace()
        print(part)
        write(WORKSPACE, part)
    if READING in parts:
        part = fhir.measured()
        print(part)
        write(READING, part)
    if MEASURES_PART in parts:
        try:
            for part in everything.measured(chosen.long):
                write(MEASURES_PART, part)
        except everything.NoPeers as missing:
            sys.exit(str(missing))
        print(part)


def _workspace() -> str:
    results: list[Result] = []
    before = os.getloadavg()[1]
    with places() as found:
        for measure in MEASURES:
            for place in found:
                print(f"{measure} on {place.name} …", file=sys.stderr, flush=True)
                results += _measured(measure, place)
    busy = (
        f"Measured with a load average of {before:.1f} to {os.getloadavg()[1]:.1f} on {os.cpu_count()} cores, this "
        "measuring included: with more than one process for each core, everything that takes turns waits for the rest."
    )
    return f"{ABOUT}\n{busy}\n\n{table(results)}\n"


def _measured(measure: str, place: Place) -> list[Result]:
    done = subprocess.run(
        [sys.executable, "-m", measure, place.name],
        env=place.environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return heard(done.stdout)


if __name__ == "__main__":
    main()
