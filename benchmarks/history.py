"""
A team's history of any length, in which every rule holds: the same one each time.

Six organisations, each with a role, its holder and a deputy, decide one thing after another: raised, proposed, talked
about, heard by four organisations, agreed, taken on, reported on, completed; 21 acts each.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from manyhands import acts, who

BEGAN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
ORGANISATIONS = ("practice", "community", "council", "acute", "charity", "mental-health")
A_SENTENCE = acts.Words("Home visits every Tuesday until she is steady on the stairs, then by telephone. " * 3)


class History:
    """The acts of one team, a quarter of an hour apart."""

    def __init__(self, team: who.Team):
        self.team = team
        self.moments = (BEGAN + timedelta(minutes=15 * i) for i in count())
        self.now = BEGAN

    def first(self, how_many: int) -> list[acts.AnyAct]:
        """So many acts, oldest first; the same ones for the same number."""
        everything = self._everything()
        return [next(everything) for _ in range(how_many)]

    def _by(self, organisation: str, deputy: bool = False, roleless: bool = False) -> dict[str, Any]:
        """The fields that say who acts, and when."""
        self.now = next(self.moments)
        return {
            "team": self.team,
            "by": _deputy(organisation) if deputy else _holder(organisation),
            "for_organisation": who.Organisation(organisation),
            "in_role": None if roleless else _role(organisation),
            "at": self.now,
        }

    def _everything(self) -> Iterator[acts.AnyAct]:
        yield from self._beginning()
        for number in count(1):
            yield from self._decision(number)

    def _beginning(self) -> Iterator[acts.AnyAct]:
        coordinator = ORGANISATIONS[0]
        role, words = _role(coordinator), acts.Words("Keep people well at home")
        yield acts.Convene(**self._by(coordinator, roleless=True), role=role, kind="coordinator", purpose=words)
        for name in ORGANISATIONS:
            organisation, role = who.Organisation(name), _role(name)
            for person in (_holder(name), _deputy(name)):
                if person == _holder(coordinator):
                    continue  # convened it
                yield acts.Invite(**self._by(coordinator), person=person, organisation=organisation)
                yield acts.Join(**self._by(name, deputy=person == _deputy(name), roleless=True))
            if name != coordinator:
                yield acts.CreateRole(
                    **self._by(name, roleless=True), role=role, organisation=organisation, kind="nurse"
                )
                yield acts.Hold(**self._by(name, roleless=True), role=role, person=_holder(name))
            yield acts.Deputise(**self._by(name, roleless=True), role=role, person=_deputy(name))

    def _decision(self, number: int) -> Iterator[acts.AnyAct]:
        matter, proposal = who.Matter(f"matter-{number}"), who.Proposal(f"proposal-{number}")
        proposer, *others = (ORGANISATIONS[(number + i) % len(ORGANISATIONS)] for i in range(4))
        follows = [who.Responsibility(f"responsibility-{number}-{part}") for part in (1, 2)]
        yield acts.Raise(**self._by(proposer), matter=matter, words=A_SENTENCE)
        yield acts.Comment(**self._by(others[0]), matter=matter, words=A_SENTENCE)
        mine = self._by(proposer)
        terms = self._terms((proposer, *others), follows)
        yield acts.Propose(**mine, proposal=proposal, matter=matter, terms=terms)
        for organisation in others:
            yield acts.Comment(**self._by(organisation), proposal=proposal, words=A_SENTENCE)
        yield acts.Consent(**self._by(proposer), proposal=proposal, version=1)
        for organisation in others:
            deputy = organisation == others[-1]
            yield acts.ConsentWithConcern(
                **self._by(organisation, deputy=deputy), proposal=proposal, version=1, because=A_SENTENCE
            )
        yield acts.Agree(**self._by(proposer), proposal=proposal, version=1)
        for responsibility in follows:
            yield acts.TakeOn(**self._by(others[0]), responsibility=responsibility)
            for _ in range(3):
                yield acts.Report(
                    **self._by(others[0]),
                    responsibility=responsibility,
                    progress=acts.Progress.IN_PROGRESS,
                    words=A_SENTENCE,
                )
            yield acts.Complete(
                **self._by(others[0]),
                responsibility=responsibility,
                outcome=acts.Outcome.DONE,
                what_happened=A_SENTENCE,
            )

    def _terms(self, affected: tuple[str, ...], follows: list[who.Responsibility]) -> acts.Terms:
        today = self.now.date()
        return acts.Terms(
            question=A_SENTENCE,
            options=(
                acts.Option(option="as-now", words=acts.Words("Carry on as now"), carry_on=True),
                acts.Option(option="visit", words=A_SENTENCE),
            ),
            proposed="visit",
            affected=tuple(who.Organisation(name) for name in affected),
            follows=tuple(
                acts.FollowOn(
                    responsibility=responsibility,
                    what=A_SENTENCE,
                    role=_role(affected[1]),
                    deputy_role=_role(affected[2]),
                    first_check_on=today + timedelta(days=14),
                    known_by=A_SENTENCE,
                )
                for responsibility in follows
            ),
            review_on=today + timedelta(days=90),
            review_by=_role(affected[0]),
        )


def _role(organisation: str) -> who.Role:
    return who.Role(f"role-{organisation}")


def _holder(organisation: str) -> who.Person:
    return who.Person(f"holder-{organisation}")


def _deputy(organisation: str) -> who.Person:
    return who.Person(f"deputy-{organisation}")
