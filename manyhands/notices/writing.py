"""
Putting notices that are due into letters: one for each person, with all that is due for them.

Before a letter is made, each notice is held against My work as it is now. What was settled meanwhile is not sent;
whoever is away is not written to about that team (their deputy is told that they stand in); whoever has left it is
never asked. A notice is in one letter or in none, whoever makes letters at the same moment.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection

from manyhands import who
from manyhands.log import turns
from manyhands.log.read import several
from manyhands.notices import models
from manyhands.notices.choices_kept import choices_of
from manyhands.notices.choosing import Choices, is_due
from manyhands.notices.kinds import ABOUT_GLASS, KINDS, Kind, Thing
from manyhands.notices.notice import Notice
from manyhands.notices.still import still_waits
from manyhands.people.models import Team
from manyhands.pictures import my_work, proposals, who_holds_what
from manyhands.pictures.my_work import Work
from manyhands.pictures.proposals import Proposals
from manyhands.pictures.who_holds_what import Carried
from manyhands.rules.folding import fold
from manyhands.rules.standing import Standing

TOO_OLD = timedelta(days=7)
"""What only tells, and could not be sent for this long, is not news any more. It stays on the page of notices."""

AT_ONCE = 500  # rows in one question


@dataclass
class Teams:
    """How everything stands in the teams that notices are about, and My work as it is asked for."""

    at: datetime
    standings: dict[who.Team, Standing]
    told: dict[who.Team, Proposals]
    carried: dict[who.Team, Carried]
    works: dict[tuple[who.Team, who.Person], Work] = field(default_factory=dict)

    def work(self, team: who.Team, person: who.Person) -> Work:
        if (team, person) not in self.works:
            self.works[team, person] = my_work.my_work(
                team, person, self.told[team], self.carried[team], self.standings[team], self.at
            )
        return self.works[team, person]

    def waiting(self, person: who.Person) -> int:
        """How many things wait for somebody in all the teams asked about."""
        mine = [team for team, standing in self.standings.items() if standing.is_member(person, self.at)]
        return sum(self.work(team, person).waiting for team in mine)


def write(at: datetime) -> int:
    """Make a letter for everybody for whom something is due; gives how many were made."""
    rows = list(
        models.Notice.objects.filter(letter__isnull=True, unsent="", person__is_active=True).order_by("at", "id")
    )
    if not rows:
        return 0
    everyone = choices_of({row.person_id for row in rows})
    unsent, due = _sorted_out(rows, everyone, at)
    by_person: dict[str, list[models.Notice]] = defaultdict(list)
    teams = _teams(at) if due else Teams(at, {}, {}, {})
    for row in due:
        if (why := _why_not(row, teams, at)) is None:
            by_person[row.person_id].append(row)
        elif why != "away":
            unsent[why].append(row)
    if not by_person and not unsent:
        return 0
    waiting = {person: teams.waiting(who.Person(person)) for person in by_person}
    return _written_down(by_person, waiting, unsent, at)


def _sorted_out(
    rows: Iterable[models.Notice], everyone: dict[str, Choices], at: datetime
) -> tuple[dict[str, list[models.Notice]], list[models.Notice]]:
    """What is never to be sent, by the reason; and what is due now, as whoever it is for has chosen."""
    unsent: dict[str, list[models.Notice]] = defaultdict(list)
    due = []
    for row in rows:
        kind, choices = Kind(row.kind), everyone[row.person_id]
        if kind in ABOUT_GLASS:
            due.append(row)
        elif not choices.sends(kind):
            unsent["chosen"].append(row)
        elif not KINDS[kind].asks and row.at < at - TOO_OLD:
            unsent["old"].append(row)
        elif is_due(kind, choices, row.noted_at, at):
            due.append(row)
    return unsent, due


def _why_not(row: models.Notice, teams: Teams, at: datetime) -> str | None:
    """Why a notice is not sent now, if so: "settled", "left", or "away" for as long as that lasts."""
    team, person = who.Team(row.team), who.Person(row.person_id)
    if row.kind in ABOUT_GLASS:
        return None
    standing = teams.standings.get(team)
    if standing is None:
        return "left"
    notice = as_decided(row)
    if notice.kind is Kind.INVITED:
        invited = any(each == person for each, _ in standing.invited)
        return None if invited else "settled"
    if not standing.is_member(person, at):
        return "left"
    if standing.is_away(person, at):
        return "away"
    return None if still_waits(notice, teams.work(team, person)) else "settled"


def as_decided(row: models.Notice) -> Notice:
    """A notice as it was decided, from how it is kept."""
    role = who.Role(row.role) if row.role else None
    return Notice(row.key, Kind(row.kind), who.Person(row.person_id), Thing(row.thing), row.which, row.at, role)


def _teams(at: datetime) -> Teams:
    """All teams there are, since what waits in the others is counted too. The same number of queries for any number."""
    everywhere = [who.Team(team) for team in Team.objects.values_list("id", flat=True)]
    return Teams(
        at,
        several(everywhere, fold),
        several(everywhere, proposals.fold),
        several(everywhere, who_holds_what.fold),
    )


def _written_down(
    by_person: dict[str, list[models.Notice]],
    waiting: dict[str, int],
    unsent: dict[str, list[models.Notice]],
    at: datetime,
) -> int:
    """Each letter and what is in it at once. A notice that somebody else took meanwhile is in theirs."""
    wanted = [row.id for rows in (*by_person.values(), *unsent.values()) for row in rows]
    with turns.taken(()):
        free = set(_free(wanted))
        letters = {}
        for person, rows in by_person.items():
            mine = [row for row in rows if row.id in free]
            if mine:
                made = models.Letter(
                    id=letter_id(mine), person_id=person, waiting=waiting[person], made_at=at, next_try_at=at
                )
                letters[made.id] = made
                for row in mine:
                    row.letter = made
        models.Letter.objects.bulk_create(letters.values(), batch_size=AT_ONCE)
        changed = [row for rows in by_person.values() for row in rows if row.letter_id]
        for why, rows in unsent.items():
            for row in rows:
                if row.id in free:
                    row.unsent = why
                    changed.append(row)
        models.Notice.objects.bulk_update(changed, ["letter", "unsent"], batch_size=AT_ONCE)
    return len(letters)


def _free(ids: list[str]) -> Iterator[str]:
    """Those that nobody has put into a letter, held until the transaction ends."""
    for start in range(0, len(ids), AT_ONCE):
        rows = models.Notice.objects.filter(id__in=ids[start : start + AT_ONCE], letter__isnull=True, unsent="")
        if connection.features.has_select_for_update:
            rows = rows.order_by("id").select_for_update()
        yield from rows.values_list("id", flat=True)


def letter_id(rows: Iterable[models.Notice]) -> str:
    """A digest of what is in a letter: the same notices to the same person make the same letter."""
    said = "\n".join(f"{row.person_id} {row.team} {row.key}" for row in rows)
    return sha256(said.encode()).hexdigest()[:32]
