"""
The long forms, one after the other, each printing what came of it.

    python -m tests.soak                                   everything: kills, power, races, nonsense, load
    python -m tests.soak kills --kills 1000 --chance 7     one of them
    python -m tests.soak load --keep                       and its figures go to docs/reference/surviving.md
"""

import argparse
import json
import os
import platform
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.progress import track

from tests.soak.databases import another_on
from tests.soak.place import ROOT, environment

HARNESSES = ("kills", "power", "races", "nonsense", "load")
REPORT = ROOT / "docs" / "reference" / "surviving.md"
KILLS_IN_ONE_PLACE = 25
Figures = dict[str, Any]


def kills(chosen: argparse.Namespace, server: str) -> Iterator[tuple[str, Figures]]:
    """Half of them on each database, on a new place every so often."""
    for database in ("SQLite", "PostgreSQL"):
        whole: Figures = {}
        places = range(-(-chosen.kills // (2 * KILLS_IN_ONE_PLACE)))
        for place in track(places, f"Killing on {database}"):
            with a_place(server if database == "PostgreSQL" else "") as (address, folder):
                left = -(-chosen.kills // 2) - place * KILLS_IN_ONE_PLACE
                options = ("--kills", min(KILLS_IN_ONE_PLACE, left), "--chance", chosen.chance + place)
                for name, value in run("kills", address, folder, *options).items():
                    whole[name] = round(whole.get(name, 0) + value, 1)
        yield f"Killed, on {database}", whole


def power(chosen: argparse.Namespace, server: str) -> Iterator[tuple[str, Figures]]:
    for database in ("SQLite", "PostgreSQL"):
        few = database == "PostgreSQL"  # a server is started for each
        whole: Figures = {}
        for part in track(range(1 if few else -(-chosen.cuts // 1000)), f"Cutting off {database}"):
            with a_place("") as (address, folder):
                cuts = min(1000, chosen.cuts) if not few else max(4, chosen.cuts // 40)
                options = (
                    "--database",
                    database.lower(),
                    "--cuts",
                    cuts,
                    "--acts",
                    600,
                    "--chance",
                    chosen.chance + part,
                )
                address = "postgresql://postgres@/postgres" if few else address
                for name, value in run("power", address, folder, *options).items():
                    whole[name] = round(whole.get(name, 0) + value, 1)
        if whole["lost"] or whole["torn"]:
            raise SystemExit(f"power cut, on {database}: {whole}")
        yield f"Power cut, on {database}", whole


def races(chosen: argparse.Namespace, server: str) -> Iterator[tuple[str, Figures]]:
    for database in ("SQLite", "PostgreSQL"):
        for teams in (1, 20):
            with a_place(server if database == "PostgreSQL" else "") as (address, folder):
                options = ("--writers", chosen.writers, "--each", chosen.each, "--teams", teams)
                yield f"Raced for, {teams} teams, on {database}", run("races", address, folder, *options)


def nonsense(chosen: argparse.Namespace, server: str) -> Iterator[tuple[str, Figures]]:
    for database in ("SQLite", "PostgreSQL"):
        surroundings = {**os.environ, "SOAK_EXAMPLES": str(chosen.examples)}
        if database == "PostgreSQL":
            surroundings |= {
                "MANYHANDS_DATABASE": server,
                "MANYHANDS_SECRET_KEY": "for tests only, and nobody's secret",
            }
        began = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/soak/test_nonsense.py"]
        done = subprocess.run(
            [*command, "--show-capture=no"], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(done.stdout[-6000:])
        inputs = sum(int(n.replace(",", "")) for n in re.findall(r"nonsense, [\w-]+: ([\d,]+) inputs", done.stdout))
        yield f"Sent nonsense, on {database}", {"inputs": inputs, "seconds": round(time.monotonic() - began, 1)}


def load(chosen: argparse.Namespace, server: str) -> Iterator[tuple[str, Figures]]:
    with a_place("") as (address, folder):
        options = ("--people", chosen.people, "--minutes", chosen.minutes, "--thinking", chosen.thinking)
        yield f"Used by {chosen.people} people", run("load", address, folder, *options)


def run(harness: str, address: str, folder: Path, *options: object) -> Figures:
    """Ends with what the harness said where something was lost."""
    command = [sys.executable, "-m", f"tests.soak.{harness}", *map(str, options)]
    done = subprocess.run(command, cwd=ROOT, env=environment(address, folder), stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise SystemExit(f"{harness} failed: {' '.join(command[2:])}")
    return dict(json.loads(done.stdout))


@contextmanager
def a_place(server: str) -> Iterator[tuple[str, Path]]:
    with tempfile.TemporaryDirectory(prefix="manyhands-soak-", ignore_cleanup_errors=True) as folder:
        yield another_on(server) if server else f"sqlite:///{folder}/soak.sqlite3", Path(folder)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("which", nargs="*", metavar="harness", default=HARNESSES, help=", ".join(HARNESSES))
    options.add_argument("--kills", type=int, default=1000)
    options.add_argument("--cuts", type=int, default=2000)
    options.add_argument("--writers", type=int, default=100)
    options.add_argument("--each", type=int, default=50, help="what each writer says")
    options.add_argument("--examples", type=int, default=100, help="inputs for each address")
    options.add_argument("--people", type=int, default=300)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--thinking", type=float, default=12.0)
    options.add_argument("--chance", type=int, default=1, help="what random moments are drawn with")
    options.add_argument("--keep", action="store_true", help=f"write the figures into {REPORT.relative_to(ROOT)}")
    chosen = options.parse_args()
    if unknown := set(chosen.which) - set(HARNESSES):
        options.error(f"there is no {', '.join(sorted(unknown))}; there is {', '.join(HARNESSES)}")

    from tests.soak.postgresql import running

    with tempfile.TemporaryDirectory(prefix="manyhands-soak-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with running(Path(folder) / "server") as server:
            for which in chosen.which:
                for called, figures in globals()[which](chosen, server.address):
                    print(f"\n{called}")
                    for name, value in figures.items():
                        if not isinstance(value, dict | list):
                            print(f"  {name.replace('_', ' '):28} {value:>12,}")
                    if chosen.keep:
                        REPORT.write_text(with_section(REPORT.read_text(), called, figures, " ".join(sys.argv[1:])))


def with_section(page: str, called: str, figures: Figures, given: str) -> str:
    """The page with this section in the place of the one of the same name, or after the others."""
    opening, *sections = re.split(r"^(?=## )", page, flags=re.MULTILINE)
    made = section(called, figures, given)
    named = [each.partition("\n")[0] for each in sections]
    if f"## {called}" in named:
        sections[named.index(f"## {called}")] = made
    else:
        sections.append(made)
    return "\n\n".join(each.strip() for each in (opening, *sections)) + "\n"


def section(called: str, figures: Figures, given: str) -> str:
    import django
    import psycopg

    versions = (
        f"Python {platform.python_version()}",
        f"Django {django.__version__}",
        f"SQLite {sqlite3.sqlite_version}",
        f"psycopg {psycopg.__version__}",
    )
    lines = [
        f"## {called}",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, asked with `{given}`: {os.cpu_count()} processors, {', '.join(versions)}.",
        "",
        "| what | how much |",
        "| --- | ---: |",
    ]
    for name, value in figures.items():
        if isinstance(value, dict) and set(value) == {"asked", "p50", "p99"}:
            value = f"{value['asked']:,} asked, median {value['p50']}, 99th percentile {value['p99']}"
        if isinstance(value, int | float | str):
            lines.append(f"| {name.replace('_', ' ')} | {value if isinstance(value, str) else f'{value:,}'} |")
    if isinstance(pages := figures.get("pages"), dict):
        lines += ["", "| page | asked | median | 99th percentile |", "| --- | ---: | ---: | ---: |"]
        lines += [f"| {name} | {of['asked']:,} | {of['p50']} | {of['p99']} |" for name, of in pages.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
