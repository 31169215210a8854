"""
The reviews of a decision, the newest last: who asked for each, what every organisation said, and what came of it; and
what was expected of the decision against what has happened since.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from manyhands import acts, who
from manyhands.pictures.reach import SETTLED, Counts, Line, Reach
from manyhands.pictures.said import By
from manyhands.pictures.who_holds_what import Carried, Held, Step, held
from manyhands.rules.standing import Standing
from manyhands.rules.things import ProposalStanding


@dataclass(frozen=True, slots=True)
class SaidInReview:
    """What a role said: whether it still works, and is still safe."""

    by: By
    works: acts.Works
    safe: bool
    because: acts.Words


@dataclass(frozen=True, slots=True)
class Came:
    """
    What came of a review: "renewed" (until `review_on`, owed to `review_by`), "to-be-changed" while its replacement is
    being asked, "changed" once that is agreed, or "ended".
    """

    how: str
    by: By
    because: acts.Words
    review_on: date | None = None
    review_by: who.Role | None = None
    replacement: who.Proposal | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """
    One review: asked for early by somebody, or come round by itself; `by_correcting` where somebody put right what had
    been written down for them in the room, to a safety concern.
    """

    asked: By | None = None
    why: acts.Words = acts.NOTHING_SAID
    by_correcting: bool = False
    said: tuple[SaidInReview, ...] = ()
    came: Came | None = None

    @property
    def is_over(self) -> bool:
        return self.came is not None and self.came.how != "to-be-changed"

    def newest_in(self, role: who.Role) -> SaidInReview | None:
        return next((said for said in reversed(self.said) if said.by.role == role), None)

    @property
    def newest(self) -> tuple[SaidInReview, ...]:
        """The newest answer in each role, the worst first."""
        last = {said.by.role: said for said in self.said}
        return tuple(sorted(last.values(), key=lambda said: (said.safe, said.works is acts.Works.YES)))


Reviews = tuple[Review, ...]


def asked_for(reviews: Reviews, by: By, why: acts.Words, by_correcting: bool = False) -> Reviews:
    return (*_over(reviews), replace(_now(reviews), asked=by, why=why, by_correcting=by_correcting))


def answered(reviews: Reviews, said: SaidInReview) -> Reviews:
    now = _now(reviews)
    return (*_over(reviews), replace(now, said=(*now.said, said)))


def came_to(reviews: Reviews, came: Came | None) -> Reviews:
    return (*_over(reviews), replace(_now(reviews), came=came))


def _now(reviews: Reviews) -> Review:
    """The review that is open, or is just opening."""
    return reviews[-1] if reviews and not reviews[-1].is_over else Review()


def _over(reviews: Reviews) -> Reviews:
    return reviews[:-1] if reviews and not reviews[-1].is_over else reviews


# ---- what was expected, and what has happened --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Expected:
    """What was to follow, how it would be known, and what has happened: how it stands, and every word since."""

    follows: acts.FollowOn
    held: Held
    closed_at: datetime | None
    happened: tuple[Step, ...]


def expected(decision: ProposalStanding, carried: Carried, standing: Standing, at: datetime) -> tuple[Expected, ...]:
    """Each responsibility of a decision, with its reports and how it ended; the newest word first."""
    lines = []
    for follows in decision.terms.follows:
        story = carried.responsibilities[follows.responsibility]
        stands = standing.responsibilities[follows.responsibility]
        told = tuple(step for step in reversed(story.steps) if step.what in ("reported", "completed", "declined"))
        lines.append(Expected(follows, held(story, stands, standing, at), stands.closed_at, told))
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class FollowThrough:
    """
    How far a decision has been carried out: of the responsibilities that follow, how many are done; of the people in
    its group, for how many everything is done (`people.done`), for how many all of it is an exception, and how many
    still wait for something: because it cannot be done, or nothing has begun for them, or something has.
    """

    responsibilities: int
    done: int
    people: Counts


def follow_through(lines: Iterable[Expected], reaches: Iterable[Reach | None]) -> FollowThrough:
    """
    Counted over the responsibilities that are still needed. Somebody counts once, however many responsibilities there
    are: what is done for them counts when all of it is. Whoever has left the group is not counted.
    """
    needed = [
        (line, reach)
        for line, reach in zip(lines, reaches, strict=True)
        if line.held.outcome is not acts.Outcome.NO_LONGER_NEEDED
    ]
    done = sum(line.held.outcome is acts.Outcome.DONE for line, _ in needed)
    theirs: dict[who.Patient, list[Line]] = {}
    for _, reach in needed:
        for each in reach.lines if reach is not None else ():
            if each.gone is None:
                theirs.setdefault(each.patient, []).append(each)
    how = [_carried_out(mine) for mine in theirs.values()]
    people = Counts(
        done=how.count(acts.Reached.DONE),
        exceptions=how.count(acts.Reached.EXCEPTION),
        in_progress=how.count(acts.Reached.IN_PROGRESS),
        cannot=how.count(acts.Reached.CANNOT),
        not_started=how.count(acts.Reached.NOT_STARTED),
    )
    return FollowThrough(len(needed), done, people)


def _carried_out(lines: list[Line]) -> acts.Reached:
    """How far all that follows has come for one person: what is in the way first, else whether anything was begun."""
    said = {line.reached for line in lines}
    if said <= set(SETTLED):
        return acts.Reached.DONE if acts.Reached.DONE in said else acts.Reached.EXCEPTION
    if acts.Reached.CANNOT in said:
        return acts.Reached.CANNOT
    return acts.Reached.NOT_STARTED if said == {acts.Reached.NOT_STARTED} else acts.Reached.IN_PROGRESS
