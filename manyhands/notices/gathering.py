"""
Reading each team's log on from where it last got to, and writing down who is told.

The notices of an act and the place that was read up to are written in one transaction. So it does not matter when the
process ends: either both are there, or neither, and then the act is read again. Nothing can come into a team's log
behind that place, because numbers are given out in order while the team's turn is held.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.db import connection

from manyhands import acts, who
from manyhands.log import turns
from manyhands.log.read import last_numbers, read_on
from manyhands.notices import models
from manyhands.notices.due import due
from manyhands.notices.notice import Notice
from manyhands.notices.told import told
from manyhands.people.models import Person, Team
from manyhands.pictures import who_holds_what
from manyhands.pictures.who_holds_what import Carried
from manyhands.rules.folding import fold
from manyhands.rules.standing import Standing

AT_ONCE = 500  # rows in one question


@dataclass
class Followed:
    """How a team stood after the last act that was read, kept in memory from one round to the next."""

    number: int = 0
    standing: Standing = field(default_factory=Standing)
    carried: Carried = field(default_factory=Carried)

    def read(self, entry: acts.Recorded) -> tuple[Standing, Standing]:
        """Go on by one act; gives how things stood before and after it."""
        before = self.standing
        self.standing = fold([entry], before)
        self.carried = who_holds_what.fold([entry], self.carried)
        self.number = entry.number
        return before, self.standing


class Reader:
    """Reads the logs of all teams, and remembers how each stood."""

    def __init__(self) -> None:
        self._followed: dict[who.Team, Followed] = {}

    def gather(self, at: datetime) -> int:
        """
        Write down everything that anybody is to be told by a moment; gives how many notices are new. An act that is
        dated later waits for its time. Whoever else gathers at the same moment is let go first, and this gives 0.
        """
        everywhere = [who.Team(team) for team in Team.objects.values_list("id", flat=True)]
        kept = dict(models.ReadUpTo.objects.filter(team__in=everywhere).values_list("team", "number"))
        places = {team: kept.get(team, 0) for team in everywhere}
        found = self._read_on(places, at)
        moved = {team: self._followed[team].number for team in everywhere}
        return _written_down(found, places, moved, at)

    def _read_on(self, places: Mapping[who.Team, int], at: datetime) -> dict[who.Team, list[Notice]]:
        for team, place in places.items():
            if team not in self._followed or self._followed[team].number > place:
                self._followed[team] = Followed()  # another reader's, or none yet: from the beginning
        news = read_on({team: self._followed[team].number for team in places})
        found: dict[who.Team, list[Notice]] = {}
        for team, place in places.items():
            followed = self._followed[team]
            notices: list[Notice] = []
            for entry in news[team]:
                if entry.number > place and entry.act.at > at:
                    break
                before, after = followed.read(entry)
                if entry.number > place:
                    notices += told(entry, before, after, followed.carried)
            found[team] = [*notices, *due(followed.carried, followed.standing, at)]
        return found


def _written_down(
    found: Mapping[who.Team, list[Notice]],
    places: Mapping[who.Team, int],
    moved: Mapping[who.Team, int],
    at: datetime,
) -> int:
    """All in one transaction, and only what is new: each step of what is due is told once, whoever it is told to."""
    active = set(Person.objects.filter(is_active=True).values_list("id", flat=True))
    known = _known(found)
    if all(moved[team] == places[team] for team in places) and not _new(found, known, active):
        return 0
    with turns.taken(()):
        if not _still_at(places):
            return 0
        new = _new(found, _known(found), active)
        models.Notice.objects.bulk_create(
            [row_of(team, notice, at) for team, notice in new],
            batch_size=AT_ONCE,
        )
        models.ReadUpTo.objects.bulk_update(
            [models.ReadUpTo(team=team, number=moved[team]) for team in places if moved[team] != places[team]],
            ["number"],
            batch_size=AT_ONCE,
        )
    return len(new)


def row_of(team: who.Team, notice: Notice, noted_at: datetime) -> models.Notice:
    """A notice, as it is written down."""
    return models.Notice(
        id=id_of(team, notice),
        team=team,
        key=notice.key,
        person_id=notice.to,
        kind=notice.kind,
        thing=notice.thing,
        which=notice.which,
        role=notice.role or "",
        at=notice.at,
        noted_at=noted_at,
    )


def id_of(team: who.Team, notice: Notice) -> str:
    return sha256(f"{team} {notice.key} {notice.to}".encode()).hexdigest()[:32]


def _new(
    found: Mapping[who.Team, list[Notice]], known: set[tuple[str, str]], active: set[str]
) -> list[tuple[who.Team, Notice]]:
    """What is not known yet, to people who have an account: nobody whose account is closed is ever told anything."""
    return [
        (team, notice)
        for team, notices in found.items()
        for notice in notices
        if (team, notice.key) not in known and notice.to in active
    ]


def _known(found: Mapping[who.Team, list[Notice]]) -> set[tuple[str, str]]:
    """Of these notices, those that were written down before, by team and key."""
    keys = list({notice.key for notices in found.values() for notice in notices})
    known: set[tuple[str, str]] = set()
    for part in _parts(keys):
        known |= set(models.Notice.objects.filter(team__in=list(found), key__in=part).values_list("team", "key"))
    return known


def _parts(keys: list[str]) -> Iterable[list[str]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def _still_at(places: Mapping[who.Team, int]) -> bool:
    """Whether nobody else has read on since, holding the places until the transaction ends."""
    models.ReadUpTo.objects.bulk_create(
        [models.ReadUpTo(team=team) for team in sorted(places)], ignore_conflicts=True, batch_size=AT_ONCE
    )
    rows = models.ReadUpTo.objects.filter(team__in=list(places)).order_by("team")
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    return dict(rows.values_list("team", "number")) == dict(places)


def behind() -> int:
    """How many acts of all teams have not been read yet."""
    read = dict(models.ReadUpTo.objects.values_list("team", "number"))
    everywhere = [who.Team(team) for team in Team.objects.values_list("id", flat=True)]
    return sum(last - read.get(team, 0) for team, last in last_numbers(everywhere).items())
