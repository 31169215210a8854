"""
What folds made of teams' acts, kept in memory for whoever asks next.

A state takes room according to the acts in it, so it is the acts that are counted: once there are too many, the
states not asked for longest go first.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from manyhands import who
from manyhands.log.chain import NOTHING_BEFORE

MOST_ACTS = 1_000_000
"""Acts in all the states kept, at most: some hundreds of megabytes, if every team had a long history."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a fold made of a team's acts up to `number`, whose digest is `digest`."""

    number: int
    digest: str
    state: Any


NOTHING_YET = Kept(0, NOTHING_BEFORE, None)

Key = tuple[Callable[..., Any], who.Team]


class Shelf:
    """States by fold and team. Any number of threads may put and find at once."""

    def __init__(self) -> None:
        self._states: OrderedDict[Key, Kept] = OrderedDict()
        self._acts = 0
        self._lock = Lock()

    def find(self, fold: Callable[..., Any], team: who.Team) -> Kept:
        """What was put for this fold and team last, or nothing yet."""
        with self._lock:
            kept = self._states.get((fold, team), NOTHING_YET)
            if kept is not NOTHING_YET:
                self._states.move_to_end((fold, team))
            return kept

    def put(self, fold: Callable[..., Any], team: who.Team, kept: Kept) -> None:
        """Keep a state in the place of the one before, and let go of what is too much."""
        with self._lock:
            self._take((fold, team))
            if kept.number:
                self._states[fold, team] = kept
                self._acts += kept.number
            while self._acts > MOST_ACTS:
                self._take(next(iter(self._states)))

    def forget(self, team: who.Team | None = None) -> None:
        """Let go of what is kept of a team, or of all."""
        with self._lock:
            for key in [key for key in self._states if team is None or key[1] == team]:
                self._take(key)

    def _take(self, key: Key) -> None:
        if (gone := self._states.pop(key, None)) is not None:
            self._acts -= gone.number


SHELF = Shelf()
