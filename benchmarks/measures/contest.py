"""
Several who do the same work, measured turn and turn about, each in a process of its own.

What else a machine is doing meanwhile then meets all of them alike. Nobody's time is taken before their answers have
been found equal; the first round, in which libraries compile and the disk is read, is not counted. Who takes long is
measured once more and not as often as the others: the table says how often.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

LONG = 15.0
"""Seconds."""


@dataclass(frozen=True)
class Entrant:
    """Who is measured: a name for the table, the function that makes it ready, and what that is called with."""

    name: str
    function: str
    arguments: dict[str, Any]
    compared: bool = True
    """False for a limit, which does only a part of the work and so has no answer to compare."""


@dataclass(frozen=True)
class Took:
    """Medians of one entrant: seconds by the clock and of the processors, and the peak of memory in MB."""

    name: str
    wall: float
    cpu: float
    peak: float
    rounds: int

    def times(self, other: Took) -> float:
        """How many times as long as another this one took, by the clock or the processors: what flatters it less."""
        return max(self.wall / other.wall, self.cpu / max(other.cpu, 1e-9))


class AnotherAnswer(Exception):
    """Two who were to do the same work did not."""


def contest(entrants: Sequence[Entrant], rounds: int = 5) -> list[Took]:
    """Everybody's medians, in the order given. Raises AnotherAnswer where one differs from the first."""
    running = [_Running(each) for each in entrants]
    try:
        for each in running:
            each.told()
        first = [each.ask("go")["wall"] for each in running]
        _compare(running)
        for round in range(rounds):
            for each, took in zip(running, first, strict=True):
                if round == 0 or took < LONG:
                    each.measured.append(each.ask("go"))
        return [each.took() for each in running]
    finally:
        for each in running:
            each.process.kill()
            each.process.wait()


class _Running:
    def __init__(self, entrant: Entrant) -> None:
        self.entrant = entrant
        self.measured: list[dict[str, float]] = []
        print(f"    {entrant.name} …", file=sys.stderr, flush=True)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.measures.entrant", entrant.function, json.dumps(entrant.arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def told(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.entrant.name} ({self.entrant.function}) ended: its error is above")
        return line

    def ask(self, what: str) -> dict[str, float]:
        assert self.process.stdin is not None
        self.process.stdin.write(what + "\n")
        self.process.stdin.flush()
        return json.loads(self.told())  # type: ignore[no-any-return]

    def took(self) -> Took:
        middle = {key: median(each[key] for each in self.measured) for key in ("wall", "cpu", "peak")}
        return Took(self.entrant.name, **middle, rounds=len(self.measured))


def _compare(running: Sequence[_Running]) -> None:
    with tempfile.TemporaryDirectory(prefix="joinedup-benchmarks-") as folder:
        first: dict[str, Any] = {}
        for number, each in enumerate(running):
            if not each.entrant.compared:
                continue
            file = Path(folder) / f"{number}.npz"
            each.ask(f"answer {file}")
            with np.load(file) as found:
                answer = dict(found)
            file.unlink()
            first = first or answer
            equal(each.entrant.name, first, answer)


def equal(name: str, first: dict[str, Any], answer: dict[str, Any]) -> None:
    """
    Raise AnotherAnswer unless whole numbers are the same, and others but for the last digits. Who answers a part of the
    question is held to that part.
    """
    if not answer:
        raise AnotherAnswer(f"{name} gives no answer")
    for key, other in answer.items():
        values = first[key]
        same = values.shape == other.shape and (
            np.array_equal(values, other)
            or (
                values.dtype.kind == "f"
                and np.allclose(values, other.astype(np.float64), rtol=1e-9, atol=1e-12, equal_nan=True)
            )
        )
        if not same:
            raise AnotherAnswer(f"{name} gives another {key}: {values[:5]} … became {other[:5]} …")
