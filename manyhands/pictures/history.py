"""
History: every act of a team in the order it was done, each in a sentence, with what was written and what of it was
removed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from manyhands import acts, who
from manyhands.pictures.called import Called
from manyhands.pictures.sentences import Told, told
from manyhands.rules.days import day_of

NAME_OF = {kind: name for name, kind in acts.NAMES.items()}
WORDS_NOT_QUOTED = {"propose", "gather", "include", "release", "ask"}
"""Acts that always hold words which their line does not quote in full."""


@dataclass(frozen=True, slots=True)
class Removed:
    """That the words of an entry were removed: when, by whom, and why."""

    at: datetime
    by: who.Person
    because: acts.Words


@dataclass(frozen=True, slots=True)
class Line:
    """One act: who did what, in which role, for which organisation, and when. `kind` is its name in the log."""

    number: int
    at: datetime
    by: who.Person
    for_organisation: who.Organisation
    in_role: who.Role | None
    kind: str
    told: Told
    removed: Removed | None = None

    @property
    def wrote(self) -> tuple[acts.Words, ...]:
        return tuple(words for words in self.told.wrote if words)

    @property
    def has_words(self) -> bool:
        """Whether there is anything written in it that could be removed."""
        return self.removed is None and (bool(self.wrote) or self.told.unquoted or self.kind in WORDS_NOT_QUOTED)

    @property
    def people(self) -> set[who.Person]:
        return {self.by, *(person for _, person in self.told.people)}

    @property
    def roles(self) -> set[who.Role]:
        return {role for role in (self.in_role, *(role for _, role in self.told.roles)) if role is not None}

    @property
    def organisations(self) -> set[who.Organisation]:
        return {self.for_organisation, *(organisation for _, organisation in self.told.organisations)}


@dataclass(slots=True)
class History:
    """The lines by their number, oldest first, and what the things they speak of are called."""

    lines: dict[int, Line] = field(default_factory=dict)
    called: Called = field(default_factory=Called)

    def going_on(self) -> "History":
        return History(dict(self.lines), self.called.going_on())


def fold(recorded: Iterable[acts.Recorded], start: History | None = None) -> History:
    """Bring the history forward by acts that were accepted, oldest first. Every act has its line."""
    now = start.going_on() if start is not None else History()
    for entry in recorded:
        act = entry.act
        now.called.learn(act)
        sentence = told(act, now.called)
        kind = NAME_OF[type(act)]
        now.lines[entry.number] = Line(entry.number, act.at, act.by, act.for_organisation, act.in_role, kind, sentence)
        if isinstance(act, acts.Withhold) and not (act.about and now.lines[act.number].kind == "gather"):
            removed = Removed(act.at, act.by, act.because)
            now.lines[act.number] = replace(now.lines[act.number], removed=removed)
    return now


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines somebody wants to read; what is left out does not matter. Days are both included."""

    proposal: str = ""
    person: str = ""
    role: str = ""
    organisation: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None

    def holds(self, line: Line) -> bool:
        return (
            self.proposal in ("", line.told.proposal)
            and (not self.person or self.person in line.people)
            and (not self.role or self.role in line.roles)
            and (not self.organisation or self.organisation in line.organisations)
            and self.kind in ("", line.kind)
            and (self.since is None or day_of(line.at) >= self.since)
            and (self.until is None or day_of(line.at) <= self.until)
        )


def removed_up_to(history: History, number: int) -> list[Line]:
    """The entries up to one whose words were removed since."""
    return [line for line in history.lines.values() if line.removed is not None and line.number <= number]


def lines(history: History, wanted: Wanted, newest_first: bool = True) -> list[Line]:
    """The lines that are wanted, in order of their numbers."""
    found = [line for line in history.lines.values() if wanted.holds(line)]
    return found[::-1] if newest_first else found


def number_of_decision(history: History, proposal: who.Proposal) -> int | None:
    """The entry that closed a proposal, or the last one about it while it is open: up to where a check of it goes."""
    about = [line for line in history.lines.values() if line.told.proposal == proposal]
    closing = [line for line in about if line.kind in ("agree", "proceed-without", "withdraw")]
    return next((line.number for line in reversed(closing or about)), None)
