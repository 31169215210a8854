"""The command line: `python -m demo records --people 3000 --seed 2011 --into DIR [--gzip]`."""

import argparse
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from demo.records import SEED, UNTIL, Told, Wanted, write


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    records = commands.add_parser("records", help="write the made-up records of care of a place")
    records.add_argument("--people", type=int, default=3000, help="how many residents (default 3000)")
    records.add_argument("--seed", type=int, default=SEED, help=f"the same seed, the same place (default {SEED})")
    records.add_argument("--until", type=date.fromisoformat, default=UNTIL, help=f"last day (default {UNTIL})")
    records.add_argument("--into", type=Path, required=True, help="folder to write into; its *.ndjson are replaced")
    records.add_argument("--gzip", action="store_true", help="write .ndjson.gz")
    records.add_argument("--processes", type=int, help="how many processes (default: one for each processor)")
    return parser


def _bar(total: int, out: Console) -> tuple[AbstractContextManager[object], Told]:
    """A bar on a terminal; nothing where there is none."""
    if not out.is_terminal:
        return nullcontext(), lambda people: None
    bar = Progress(TextColumn("residents"), BarColumn(), TextColumn("{task.completed:,.0f}"), TimeRemainingColumn())
    task = bar.add_task("residents", total=total)
    return bar, lambda people: bar.advance(task, people)


def main(given: list[str] | None = None) -> int:
    asked = _arguments().parse_args(given)
    wanted = Wanted(asked.people, asked.seed, asked.until, asked.gzip)
    if wanted.people < 1:
        print("--people has to be at least 1", file=sys.stderr)
        return 2
    began = time.perf_counter()
    showing, told = _bar(wanted.people, Console(stderr=True))
    with showing:
        written = write(wanted, asked.into, asked.processes, told)
    seconds = time.perf_counter() - began
    print(
        f"{written.people:,} residents, {written.resources:,} resources, {written.bytes / 1e6:,.1f} MB "
        f"in {seconds:,.1f} s ({written.people / seconds:,.0f} residents/s, {written.bytes / 1e6 / seconds:,.1f} MB/s)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
