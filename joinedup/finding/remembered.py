"""
A list of people found, kept for the next time: who has entered and who has left since, and why each left.

What is kept: the rule's name, version, digest and text; the day asked about; the moment; which generation of the store;
and the key of each person found with the reason. It is about people: it is written for its owner alone to read, and
belongs where the store belongs.

A list is compared with the last one that differs in rule, day or store: asking the same twice loses nothing. Where the
rule changed in between, both rules are asked of the store as it is now, which tells those who entered or left by the
rule from those who did by the records.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from joinedup.finding.people import People, find_by
from joinedup.finding.reasons import why_not
from joinedup.finding.rule_file import BadRule, WrittenRule, parsed
from joinedup.period import spoken

FORMAT = 1


class BadList(ValueError):
    """A file that is no list of people found, or of another version of joinedup."""


@dataclass(frozen=True)
class Remembered:
    """A list as it was kept. `people`: key to reason."""

    rule: str
    version: str
    digest: str
    text: str
    as_at: str
    at: str
    store: str
    people: dict[str, str]

    def same_question(self, other: Remembered) -> bool:
        return (self.digest, self.as_at, self.store) == (other.digest, other.as_at, other.store)

    @property
    def day(self) -> date:
        return date.fromisoformat(self.as_at)


@dataclass(frozen=True)
class Left:
    """Somebody who was found before and is not now: why, and the reason they were found for then."""

    patient: str
    why: str
    found_because: str
    by_rule: bool = False


@dataclass(frozen=True)
class Entered:
    """Somebody who is found now and was not before, and the reason."""

    patient: str
    why: str
    by_rule: bool = False


@dataclass(frozen=True)
class Since:
    """What changed since the list before. `said`: what must be read with it."""

    before: Remembered
    entered: tuple[Entered, ...]
    left: tuple[Left, ...]
    stayed: int
    said: tuple[str, ...]
    rule_changed: bool = False


def of(people: People, at: datetime | None = None) -> Remembered:
    """The list to keep of whom a rule found."""
    rule, table = people.rule, people.table
    return Remembered(
        rule=rule.name,
        version=rule.version,
        digest=rule.digest,
        text=rule.text,
        as_at=people.as_at.isoformat(),
        at=(at or datetime.now(UTC)).isoformat(timespec="seconds"),
        store=people.everybody.store.digest,
        people=dict(zip(people.keys, table["reason"].to_pylist(), strict=True)),
    )


def place_in(store: Path, rule: WrittenRule) -> Path:
    """Where the lists of a rule are kept in a store."""
    return store / "found" / f"{re.sub(r'[^a-z0-9]+', '-', rule.name.casefold()).strip('-') or 'rule'}.json"


def kept_in(path: Path) -> list[Remembered]:
    """The lists kept in a file, the last one last; none where there is no file. Raises BadList."""
    if not path.exists():
        return []
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said["format"] != FORMAT:
            raise BadList(f"{path} was kept by another version of joinedup. Name another file to remember in.")
        return [Remembered(**each) for each in said["lists"]]
    except (ValueError, TypeError, KeyError, UnicodeDecodeError) as wrong:
        if isinstance(wrong, BadList):
            raise
        raise BadList(f"{path} is no list of people found. Name another file to remember in.") from wrong


def keep(path: Path, now: Remembered) -> Remembered | None:
    """
    Keep a list, and give the one before it to compare with; None at the first time. The file holds these two.
    """
    before = [each for each in kept_in(path) if not each.same_question(now)][-1:]
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    beside.touch(mode=0o600)
    said: dict[str, Any] = {"format": FORMAT, "lists": [asdict(each) for each in (*before, now)]}
    beside.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    beside.replace(path)
    return before[0] if before else None


def since(before: Remembered, people: People) -> Since:
    """Who entered and left between a list and whom a rule finds now."""
    everybody, rule = people.everybody, people.rule
    known_as: Mapping[str, str] = everybody.store.known_as(before.people)
    then = {known_as[key]: reason for key, reason in before.people.items()}
    now = dict(zip(people.keys, people.table["reason"].to_pylist(), strict=True))
    changed = before.digest != rule.digest
    by_old_rule = _by_old_rule(before, people) if changed else None
    place = {key: row for row, key in enumerate(everybody.keys.to_pylist())}
    entered = tuple(
        Entered(key, reason, by_old_rule is not None and key not in by_old_rule)
        for key, reason in now.items()
        if key not in then
    )
    left = tuple(
        Left(key, _why_left(people, place.get(key)), reason, by_old_rule is not None and key in by_old_rule)
        for key, reason in then.items()
        if key not in now
    )
    kept_on = spoken(datetime.fromisoformat(before.at).date())
    stayed = len(now) - len(entered)
    moved = f"{len(entered):,} entered, {len(left):,} left, {stayed:,} stayed"
    said = [f"Since the list as at {spoken(before.day)}, kept on {kept_on}: {moved}."]
    if changed:
        said += _of_two_rules(before, rule, entered, left, told=by_old_rule is not None)
    elif before.version != rule.version or before.rule != rule.name:
        said.append(
            f"The rule was called “{before.rule}”, version {before.version}, then; it asks the same of everybody."
        )
    return Since(before, entered, left, stayed, tuple(said), changed)


def _of_two_rules(
    before: Remembered, rule: WrittenRule, entered: Sequence[Entered], left: Sequence[Left], told: bool
) -> list[str]:
    """What is said where the rule is another one."""
    then, now = f"“{before.rule}” version {before.version}", f"“{rule.name}” version {rule.version}"
    said = [f"The rule changed in between, from {then} to {now}: this compares two rules, not only two days."]
    if before.version == rule.version and before.rule == rule.name:
        said.append("Its version did not change with it. Give what asks something else a version of its own.")
    if told:
        said.append(
            f"By the change of the rule {sum(each.by_rule for each in entered):,} entered and "
            f"{sum(each.by_rule for each in left):,} left; the others by what the records say now."
        )
    else:
        said.append("The rule as it was then cannot be read any more, so who changed by it is not told.")
    return said


def _by_old_rule(before: Remembered, people: People) -> set[str] | None:
    """Whom the rule of then finds now; None where it cannot be asked any more."""
    try:
        old = parsed(before.text, before.rule)
    except BadRule:
        return None
    return set(find_by(people.everybody.store, old, people.as_at, people.everybody.engine).keys)


def _why_left(people: People, row: int | None) -> str:
    """Why somebody who was found is not any more."""
    if row is None:
        return "Not in these records any more."
    if people.everybody.died[row] and not people.rule.dead_too:
        return "Had died."
    return "; ".join(why_not(people.rule.criteria, people.everybody, row)) + "."
