"""Made-up acts of teams, as `manyhands export-acts` writes them: nothing of the workspace is needed for them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

from joinedup.records.load import load
from joinedup.records.store import Store

PEOPLE = [f"p{number}" for number in range(12)]
BEGAN = datetime(2025, 1, 6, 9, tzinfo=UTC)


class Team:
    """The log of one team as it grows: each act a minute after the one before, or on the day it is moved to."""

    def __init__(self, name: str = "riverside", began: datetime = BEGAN) -> None:
        self.name, self.now, self.lines = name, began, list[dict[str, Any]]()
        self.places: dict[str, tuple[str, str, str]] = {}

    def member(self, person: str, organisation: str, sector: str, profession: str) -> None:
        """Somebody who joins, and holds a role of their own."""
        self.places[person] = (organisation, sector, profession)
        self.does(person, "convene" if not self.lines else "join", in_role=False, role=f"r-{person}", kind=profession)
        role = {"role": f"r-{person}", "organisation": organisation, "kind": profession}
        self.does(person, "create-role", in_role=False, **role)
        self.does(person, "hold", in_role=False, role=f"r-{person}", person=person)

    def does(self, by: str, act: str, in_role: bool = True, fifth: int | None = None, **about: Any) -> int:
        """One act; its number."""
        organisation, sector, profession = self.places[by]
        self.lines.append(
            {
                "team": self.name,
                "number": len(self.lines) + 1,
                "at": self.now.isoformat().replace("+00:00", "Z"),
                "act": act,
                "by": by,
                "for_organisation": organisation,
                "in_role": f"r-{by}" if in_role else None,
                "role_kind": profession if in_role else None,
                "sector": sector,
                "deprivation_fifth": fifth,
                "about": about,
            }
        )
        self.now += timedelta(minutes=1)
        return len(self.lines)

    def proposes(self, by: str, proposal: str, affected: list[str], follows: tuple[str, ...] = ()) -> int:
        terms = {"affected": affected, "follows": [{"responsibility": each} for each in follows]}
        return self.does(by, "propose", proposal=proposal, terms=terms)

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)


def written(into: Path, *teams: Team) -> Path:
    """These teams' acts, as the workspace exports them."""
    file = into / "acts.ndjson"
    file.write_text("".join(f"{json.dumps(line, separators=(',', ':'))}\n" for team in teams for line in team.lines))
    return file


def loaded(into: Path, *teams: Team) -> Store:
    """A store of these teams' acts."""
    load([str(written(into, *teams))], into / "store")
    return Store(into / "store")


def team_of(people: list[str], name: str = "riverside") -> Team:
    """Each person for one of four organisations of two sectors, in one of three professions."""
    team = Team(name)
    for number, person in enumerate(people):
        sector = ("health", "care")[number % 2]
        team.member(person, f"{sector}-{number % 4}", sector, ("nurse", "doctor", "social worker")[number % 3])
    return team


def busy(proposals: int = 24) -> Team:
    """
    A team in which three of four proposals affect another organisation, everybody follows, and what is carried out
    falls with the professions that answered and with deprivation, as in the study.
    """
    team = team_of(PEOPLE)
    for number in range(proposals):
        own = team.places["p0"][0]
        affected = [own] if number % 4 == 0 else [own, "care-1"]
        team.proposes("p0", f"x{number}", affected, (f"r{number}",))
        for person in PEOPLE[1 : 2 + number % 3]:
            team.does(person, "consent", proposal=f"x{number}")
        team.does("p0", "agree", proposal=f"x{number}")
        team.does("p1" if number % 2 else "p0", "take-on", responsibility=f"r{number}")
        outcome = "done" if number % 3 == 0 else "not-done"
        team.does("p1", "complete", responsibility=f"r{number}", outcome=outcome)
    for number, fifth in product(range(40), range(1, 6)):
        team.does("p0", "ask", fifth=fifth, responsibility=f"q{number}-{fifth}")
        done = number < 40 * (0.73, 0.76, 0.82, 0.82, 0.85)[fifth - 1]
        team.does("p1", "complete", responsibility=f"q{number}-{fifth}", outcome="done" if done else "not-done")
    team.later(days=100)
    team.does("p0", "raise", matter="m")
    return team
