"""A team with as little in it as the log needs: Asha convenes it and says things. The rules are the real ones."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from manyhands import acts, who
from manyhands.log.record import record

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_numbers = count(1)


def new_team() -> who.Team:
    """A team that no other test has."""
    return who.Team(f"team-{next(_numbers)}")


@dataclass
class Scene:
    """One team, and what Asha does in it, a minute after each other."""

    team: who.Team = field(default_factory=new_team)
    minutes: int = 0

    def asha(self, **fields: Any) -> dict[str, Any]:
        """The fields that say: Asha, in her role, in this team, a minute later."""
        self.minutes += 1
        return {
            "team": self.team,
            "by": who.Person("asha"),
            "for_organisation": who.Organisation("practice"),
            "in_role": who.Role("coordinator"),
            "at": MORNING + timedelta(minutes=self.minutes),
            **fields,
        }

    def convene(self, purpose: str = "Keep people at home") -> acts.Convene:
        role = who.Role("coordinator")
        return acts.Convene(**self.asha(in_role=None), role=role, kind="care-coordinator", purpose=acts.Words(purpose))

    def raise_(self, words: str, matter: str = "falls", **fields: Any) -> acts.Raise:
        return acts.Raise(**self.asha(**fields), matter=who.Matter(matter), words=acts.Words(words))

    def say(self, words: str, matter: str = "falls", **fields: Any) -> acts.Comment:
        return acts.Comment(**self.asha(**fields), matter=who.Matter(matter), words=acts.Words(words))

    def withhold(self, number: int) -> acts.Withhold:
        return acts.Withhold(**self.asha(), number=number, because=acts.Words("It named a neighbour"))

    def begin(self) -> "Scene":
        """Convene, and raise a matter to talk about: entries 1 and 2."""
        record(self.convene(), self.raise_("Three falls this week"))
        return self
