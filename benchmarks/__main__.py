"""
Measure everything, print it, and write it down: `python -m benchmarks`.

Each measure runs in a process of its own on a new database, so that none finds what another left in memory.
"""

import os
import subprocess
import sys

from benchmarks.places import Place, places
from benchmarks.results import Result, heard, table, write

MEASURES = ("benchmarks.recording", "benchmarks.folding", "benchmarks.board", "benchmarks.meeting")


def main() -> None:
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
    print(f"{table(results)}\n\n{busy}")
    write(results, busy)


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
