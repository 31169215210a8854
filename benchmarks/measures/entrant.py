"""
One of those measured, in a process of its own: `python -m benchmarks.measures.entrant FUNCTION ARGUMENTS`.

FUNCTION (module:name) is called with the arguments (JSON), makes everything ready that is not to be measured, and gives
a `Work`. Then, told so on standard input a line at a time, the process does the work (`go`) and writes down the answer
(`answer FILE`). Time of the processor is that of all threads and of processes started, such as Spark's.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Work:
    """
    What is measured, and how its answer is put so that it can be compared: arrays by name, all of one order.

    `judged` holds the answer to the plain formula, on as many people as that has time for.
    """

    do: Callable[[], Any]
    answer: Callable[[Any], Mapping[str, Any]]
    judged: Callable[[Any], None] = lambda found: None
    peak: Callable[[], float] | None = None
    """Where the work is done in a process that has gone by then: the most megabytes that one had."""


def serve(function: str, arguments: str) -> None:
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # whatever a library prints is no answer
    module, name = function.split(":")
    work: Work = getattr(import_module(module), name)(**json.loads(arguments))
    found: Any = None
    out.write("ready\n")
    for line in sys.stdin:
        asked, *rest = line.split()
        if asked == "go":
            found = None
            forget_peak()
            before = processor_seconds()
            began = time.perf_counter()
            found = work.do()
            wall = time.perf_counter() - began
            told = {"wall": wall, "cpu": processor_seconds() - before, "peak": (work.peak or peak)()}
        else:
            np.savez(rest[0], **{key: np.asarray(values) for key, values in work.answer(found).items()})
            work.judged(found)
            told = {}
        out.write(json.dumps(told) + "\n")


def family() -> list[int]:
    """This process, and those that it started and are still there."""
    found = [os.getpid()]
    for one in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
    return found


def processor_seconds() -> float:
    """Seconds that the processors have worked for this process and those that it started."""
    times = os.times()
    total = times.children_user + times.children_system + time.process_time()
    for one in family()[1:]:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def forget_peak() -> None:
    """From here on, the peak is that of what follows."""
    for one in family():
        with contextlib.suppress(OSError):
            Path(f"/proc/{one}/clear_refs").write_text("5")


def peak() -> float:
    """The most megabytes that were in memory, the interpreter and all libraries among them."""
    total = 0
    for one in family():
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{one}/status").read_text().splitlines():
                if line.startswith("VmHWM"):
                    total += int(line.split()[1])
    return total / 1024


if __name__ == "__main__":
    serve(*sys.argv[1:])
