"""A story: acts that happened, judged by the real rules, with a clock that the story itself moves."""

from datetime import UTC, datetime, timedelta
from typing import Any

from manyhands import acts, who
from manyhands.rules import refusals_against
from manyhands.rules.folding import fold
from manyhands.rules.refusals import Refusal
from manyhands.rules.standing import Answering, Standing
from tests.cast import ORGANISATION_OF, TEAM, THE_TEAM, Doing

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Story:
    """Who did what so far, and whether the rules would let the next thing happen."""

    def __init__(self) -> None:
        self.recorded: list[acts.Recorded] = []
        self.standing = Standing()
        self.now = MONDAY

    def speaking(self, person: str, in_role: str | None, for_organisation: str | None) -> dict[str, Any]:
        """The fields that each act begins with: the role named, else the first that the person may speak in."""
        by = who.Person(person)
        mine = [role.role for role in self.standing.roles_of(by, self.now)]
        role = who.Role(in_role) if in_role else next(iter(mine), None)
        known = self.standing.roles.get(role) if role else None
        organisation = who.Organisation(for_organisation) if for_organisation else None
        return {
            "team": TEAM,
            "by": by,
            "for_organisation": organisation or (known.organisation if known else ORGANISATION_OF[person]),
            "at": self.now,
            "in_role": None if for_organisation and not in_role else role,
        }

    def does(self, *doings: Doing) -> None:
        """Each is allowed, and happens. A minute passes after each."""
        for doing in doings:
            act = doing(self)
            refused = refusals_against(act, self.standing)
            assert refused == [], f"{type(act).__name__} was refused: {[refusal.code for refusal in refused]}"
            entry = acts.Recorded(len(self.recorded) + 1, act)
            self.recorded.append(entry)
            self.standing = fold([entry], self.standing)
            self.now += timedelta(minutes=1)

    happened = does

    def refusals(self, doing: Doing) -> list[Refusal]:
        return refusals_against(doing(self), self.standing)

    def refuses(self, doing: Doing) -> list[str]:
        """The codes of every reason against it; empty when it is allowed. Nothing happens."""
        return [refusal.code for refusal in self.refusals(doing)]

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    def holder(self, responsibility: str, at: datetime | None = None) -> str | None:
        """Who answers for a responsibility, now or at another moment."""
        answering = self.answering(responsibility, at)
        return answering.person if answering else None

    def answering(self, responsibility: str, at: datetime | None = None) -> Answering | None:
        return self.standing.answering(who.Responsibility(responsibility), at or self.now)


def with_the_team() -> Story:
    """A story in which the cast is in place: Asha and Ben, Carol, Dev and Ines."""
    story = Story()
    story.happened(*THE_TEAM)
    return story
