"""
Measure everything, print it, and write it down: `python -m benchmarks`.

Each measure runs in a process of its own on a new database, so that none finds what another left in memory.
"""

import subprocess
import sys

from benchmarks.places import Place, places
from benchmarks.results import Result, heard, table, write

MEASURES = ("benchmarks.recording", "benchmarks.folding")


def main() -> None:
    results: list[Result] = []
    with places() as found:
        for measure in MEASURES:
            for place in found:
                print(f"{measure} on {place.name} …", file=sys.stderr, flush=True)
                results += _measured(measure, place)
    print(table(results))
    write(results)


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
