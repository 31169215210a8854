"""
A rule for finding people, as a clinician writes it down and reads it aloud: a TOML file with a name and a version.

    name = "Care in pieces"
    version = "1.0"
    purpose = "…"                      # for what people are found
    author = "…"
    written_on = 2026-11-26
    why = "…"                          # why these criteria
    within = "12 months"               # looked back on, where a criterion says nothing else; or "ever"
    dead_too = false                   # whether those who had died are found as well; they are not, if left out

    [[all]]                            # people of whom all of these hold;
    measure = "organisations"
    at_least = 4

    [[any]]                            # and at least one of these;
    measure = "falls"
    at_least = 1
    within = "24 months"

    [[not]]                            # and none of these
    measure = "known by one alone"
    by = "practitioner"
    is = true

In place of a measure, a criterion may hold criteria of its own: [[all.any]], [[any.all]], [[all.not]].

The digest is of what a rule finds, not of its name or its prose: the same criteria have the same digest.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from joinedup.finding.checking import Checking
from joinedup.finding.criteria import Together

SHIPPED = tuple(
    sorted(
        each.name.removesuffix(".toml")
        for each in files("joinedup.finding").joinpath("rules").iterdir()
        if each.name.endswith(".toml")
    )
)
"""The rules that are shipped, by name."""


class BadRule(ValueError):
    """A rule that cannot be used: every reason, with the file, the line and the field, and what to write instead."""


@dataclass(frozen=True)
class WrittenRule:
    """A rule as it was read. `criteria`: all of them together."""

    name: str
    version: str
    purpose: str
    author: str
    written_on: date
    why: str
    dead_too: bool
    criteria: Together
    text: str

    @property
    def digest(self) -> str:
        """What it finds, in short: another digest is another rule, whatever it is called."""
        asks = {"criteria": self.criteria.as_data(), "dead_too": self.dead_too}
        return hashlib.sha256(json.dumps(asks, sort_keys=True).encode()).hexdigest()[:16]

    def sentence(self) -> str:
        """The rule in a sentence."""
        said = (
            self.criteria.words().removeprefix("(").removesuffix(")")
            if len(self.criteria.parts) == 1
            else (", and ".join(part.words() for part in self.criteria.parts))
        )
        return f"{self.name}, version {self.version}: {said}."


def read(path: Path) -> WrittenRule:
    """The rule in a file. Raises BadRule, with everything that is in the way."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BadRule(
            f"There is no file {path}, nor is a rule of that name shipped. Shipped are {', '.join(SHIPPED)}."
        ) from None
    except (OSError, UnicodeDecodeError) as wrong:
        raise BadRule(f"{path} cannot be read as text: {wrong}") from wrong
    return parsed(text, str(path))


def shipped(name: str) -> WrittenRule:
    """A rule that is shipped. Raises BadRule for one that is not."""
    if name not in SHIPPED:
        raise BadRule(f"No rule “{name}” is shipped. Shipped are {', '.join(SHIPPED)}.")
    written = files("joinedup.finding").joinpath("rules", f"{name}.toml").read_text(encoding="utf-8")
    return parsed(written, f"{name}.toml")


def named(name: str) -> WrittenRule:
    """The rule that is shipped under a name, else that in the file of that name. Raises BadRule."""
    return shipped(name) if name in SHIPPED else read(Path(name))


def parsed(text: str, called: str) -> WrittenRule:
    """The rule that a text says; `called` is what its file is called. Raises BadRule."""
    try:
        said: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BadRule(
            f"{called} is not TOML: {wrong}. Texts stand in quotes, and each field on a line of its own."
        ) from wrong
    checking = Checking(called, text)
    head, criteria = checking.rule(said)
    if checking.wrong or criteria is None:
        raise BadRule("\n".join(checking.wrong))
    return WrittenRule(**head, criteria=criteria, text=text)
