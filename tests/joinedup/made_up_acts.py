"""Made-up acts of teams, as `manyhands export-acts` writes them: nothing of the workspace is needed for them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from joinedup.records.load import load
from joinedup.records.store import Store

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


def loaded(into: Path, *teams: Team) -> Store:
    """A store of these teams' acts."""
    file = into / "acts.ndjson"
    file.write_text("".join(f"{json.dumps(line, separators=(',', ':'))}\n" for team in teams for line in team.lines))
    load([str(file)], into / "store")
    return Store(into / "store")
