"""
What a meeting is talking about just now, as everybody in the room sees it: where each organisation stands, who in the
room could still speak for one, and what is in the way.

It is the first item of the agenda that has no outcome. Whoever chairs takes another up by moving it before that one.
"""

from dataclasses import dataclass
from datetime import datetime

from manyhands import acts, who
from manyhands.pictures.closing_lines import Line, closing_lines, conditions_left
from manyhands.pictures.heard import Heard, by_organisation
from manyhands.pictures.kept_back import as_seen
from manyhands.pictures.proposals import Proposals, Said
from manyhands.rules import refusals_against
from manyhands.rules.standing import Standing
from manyhands.rules.things import ConditionStanding, MeetingStanding, ObjectionStanding, ProposalStanding


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody in the room who could speak for an organisation, in which role, and what that role has said."""

    person: who.Person
    role: who.Role
    said: Said | None


@dataclass(frozen=True, slots=True)
class Standpoint:
    """An organisation affected, where it stands, and who in the room could speak for it; nobody, if it is missing."""

    heard: Heard
    speakers: tuple[Speaker, ...]

    @property
    def organisation(self) -> who.Organisation:
        return self.heard.organisation


@dataclass(frozen=True, slots=True)
class PutToUs:
    """An open proposal that is talked about: where each organisation stands on it, and what it needs to be agreed."""

    proposal: ProposalStanding
    standpoints: tuple[Standpoint, ...]
    concerns: tuple[ObjectionStanding, ...]
    lines: tuple[Line, ...]
    conditions: tuple[ConditionStanding, ...]

    @property
    def heard(self) -> int:
        return sum(each.heard.heard for each in self.standpoints if each.heard.affected)


def talked_about(meeting: MeetingStanding) -> acts.AgendaItem | None:
    """The item in hand: the first without an outcome. None before the agenda is before everyone, and at the end."""
    if meeting.ended is not None:
        return None
    return next((item for item in meeting.items if meeting.concluded(item.item) is None), None)


def taken_up(meeting: MeetingStanding, item: who.AgendaItem) -> tuple[who.AgendaItem, ...]:
    """The order in which that item is talked about next: before the first that has no outcome."""
    order = [each.item for each in meeting.items if each.item != item]
    now = talked_about(meeting)
    place = order.index(now.item) if now is not None and now.item in order else len(order)
    return (*order[:place], item, *order[place:])


def proposal_of(item: acts.AgendaItem, standing: Standing) -> ProposalStanding | None:
    """The open proposal that an item is about, by itself or by a safety concern on it."""
    if item.about is acts.About.OBJECTION:
        found = standing.proposals[standing.objections[who.Objection(item.which)].proposal]
    elif item.about is acts.About.PROPOSAL:
        found = standing.proposals[who.Proposal(item.which)]
    else:
        return None
    return found if found.is_open else None


def put_to_us(
    team: who.Team,
    item: acts.AgendaItem,
    meeting: MeetingStanding,
    proposals: Proposals,
    standing: Standing,
    at: datetime,
) -> PutToUs | None:
    """The open proposal that an item is about, with all that the room wants to see of it."""
    stands = proposal_of(item, standing)
    if stands is None:
        return None
    kept_back = stands.is_independent(at)
    agree = acts.Agree(
        team=team,
        by=stands.by,
        for_organisation=stands.organisation,
        at=at,
        in_role=stands.role,
        proposal=stands.proposal,
        version=stands.version,
    )
    return PutToUs(
        proposal=stands,
        standpoints=tuple(
            Standpoint(heard, _speakers(heard, meeting, standing, at))
            for heard in by_organisation(
                as_seen(proposals.proposals[stands.proposal], standing, None, at), standing, at
            )
        ),
        concerns=() if kept_back else standing.open_objections(stands.proposal),
        lines=closing_lines(stands.terms, refusals_against(agree, standing), kept_back),
        conditions=() if kept_back else conditions_left(stands.proposal, standing),
    )


def _speakers(heard: Heard, meeting: MeetingStanding, standing: Standing, at: datetime) -> tuple[Speaker, ...]:
    """Each person in the room once, in the role that they are there in if it is one of that organisation."""
    said = {voice.role: voice.said for voice in heard.voices if voice.in_hand}
    found = []
    for there in meeting.attending:
        roles = [r.role for r in standing.roles_of(there.person, at) if r.organisation == heard.organisation]
        if roles:
            role = there.role if there.role in roles else roles[0]
            found.append(Speaker(there.person, role, said.get(role)))
    return tuple(found)
