"""
One way out: the acts of a team in order, and what is folded from them.

A fold is kept in memory by (fold, team) with the number and the digest of the last act in it, and brought forward by
the new acts only. It cannot be stale: the digest of an entry stands for everything before it, so a state is right
exactly if the log still has that digest at that number. When it has not (a transaction was rolled back, a backup
restored), or words were removed since, the fold starts afresh.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

from django.db.models import Max

from manyhands import acts, who
from manyhands.log import rows
from manyhands.log.kept import NOTHING_YET, SHELF, Kept
from manyhands.log.models import Entry

State = TypeVar("State")


class Fold(Protocol[State]):
    """
    What is worked out from acts. Pure: it returns a new state and leaves `start` as it was. It has to be a function
    of a module, not one made afresh for each question, or nothing kept would ever be found again.
    """

    def __call__(self, recorded: Iterable[acts.Recorded], start: State | None = None) -> State: ...


def read(team: who.Team, after: int = 0) -> Iterator[acts.Recorded]:
    """The acts of a team after a number, oldest first, with their words. Two queries."""
    known = {team: after}
    return iter(rows.recorded_after(known, rows.entries_from(known))[team])


def read_on(known: Mapping[who.Team, int]) -> dict[who.Team, list[acts.Recorded]]:
    """The acts of each team after the number known of it, oldest first: two queries, however many teams there are."""
    return rows.recorded_after(known, rows.entries_from(known))


def last_number(team: who.Team) -> int:
    """The number of a team's last act; 0 for a team that nobody has convened."""
    return Entry.objects.filter(team=team).aggregate(last=Max("number"))["last"] or 0


def last_numbers(teams: Iterable[who.Team]) -> dict[who.Team, int]:
    """The number of the last act of each team that has one. One query."""
    last = Entry.objects.filter(team__in=list(teams)).values_list("team").annotate(last=Max("number"))
    return {who.Team(team): number for team, number in last}


def digests(team: who.Team, numbers: Iterable[int]) -> dict[int, str]:
    """The digests of some entries of a team, by their numbers. One query."""
    return dict(Entry.objects.filter(team=team, number__in=list(numbers)).values_list("number", "digest"))


def brought_forward(team: who.Team, fold: Fold[State]) -> State:
    """What the fold makes of all the team's acts. One query when nothing is new, two when something is."""
    return several((team,), fold)[team]


def several(teams: Iterable[who.Team], fold: Fold[State]) -> dict[who.Team, State]:
    """What the fold makes of each team's acts, in as many queries as for one team."""
    return {team: kept.state for team, kept in up_to_now(teams, fold).items()}


def up_to_now(teams: Iterable[who.Team], fold: Fold[State]) -> dict[who.Team, Kept]:
    """As `several`, with the number and digest of the last act in each state."""
    starts = {team: SHELF.find(fold, team) for team in teams}
    known = {team: kept.number for team, kept in starts.items()}
    found = rows.entries_from(known)
    afresh = {team: 0 for team, kept in starts.items() if not _still_so(kept, found[team])}
    if afresh:
        found |= rows.entries_from(afresh)
        known |= afresh
    recorded = rows.recorded_after(known, found)
    now = {}
    for team in known:
        start = starts[team] if known[team] else NOTHING_YET
        now[team] = start
        if recorded[team] or start is NOTHING_YET:
            last = found[team][-1] if found[team] else NOTHING_YET
            now[team] = Kept(last.number, last.digest, fold(recorded[team], start.state))
        SHELF.put(fold, team, now[team])
    return now


def _still_so(kept: Kept, found: list[rows.Row]) -> bool:
    """Whether a state may be gone on from: its last act is in the log, and no words were removed after it."""
    if kept is NOTHING_YET:
        return True
    if not found or (found[0].number, found[0].digest) != (kept.number, kept.digest):
        return False
    return all(row.name != "withhold" for row in found[1:])
