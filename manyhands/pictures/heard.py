"""
Where each organisation stands on a proposal, the unheard and the lowest first, so that a small partner is never lost
in a total. Nothing here adds organisations together.
"""

from dataclasses import dataclass
from datetime import datetime

from manyhands import who
from manyhands.counting import consent
from manyhands.counting.by_organisation import smoothed
from manyhands.pictures.kept_back import KEPT_BACK
from manyhands.pictures.proposals import ProposalStory, Said
from manyhands.rules.standing import Standing

AGREEING = tuple(kind.code for kind in consent.AGREEING if kind.offered)
"""
What counts as agreement in an organisation's bar: consent, and consent with a concern; a condition once it is
fulfilled. "No view" is heard and left out of the bar; the rest is heard and is not agreement. Said on screen.
"""


NO_VOTE = ("no-view", KEPT_BACK)


@dataclass(frozen=True, slots=True)
class Voice:
    """
    A role's newest position, or none yet. `in_hand`: it is on the version in hand. `deputised`: said by somebody
    deputising then. `then`: whoever said it is no longer in the role; what they said stands.
    """

    role: who.Role
    said: Said | None
    in_hand: bool = False
    deputised: bool = False
    then: bool = False
    agrees: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who could speak for an organisation now; `away` with the day they are expected back, if known."""

    person: who.Person
    away: bool
    back_at: datetime | None


@dataclass(frozen=True, slots=True)
class Heard:
    """One organisation: whether it has been heard on the version in hand, and what each of its roles said."""

    organisation: who.Organisation
    affected: bool
    heard: bool
    has_open_concern: bool
    voices: tuple[Voice, ...]
    could_speak: tuple[Speaker, ...]

    @property
    def on_version(self) -> tuple[Voice, ...]:
        return tuple(voice for voice in self.voices if voice.in_hand)

    @property
    def silent(self) -> tuple[Voice, ...]:
        return tuple(voice for voice in self.voices if not voice.in_hand)

    @property
    def agreeing(self) -> int:
        return sum(voice.agrees for voice in self.on_version)

    @property
    def answering(self) -> int:
        """Positions that the bar is of: "no view" is heard, and is not a vote."""
        return sum(voice.said is not None and voice.said.kind not in NO_VOTE for voice in self.on_version)

    @property
    def kept_back(self) -> bool:
        """Whether some of what was answered is not shown yet."""
        return any(voice.said is not None and voice.said.kind == KEPT_BACK for voice in self.voices)

    @property
    def lowest_first(self) -> tuple[bool, bool, float]:
        """Unheard before heard, an open safety concern before none, then by the share that agrees, smoothed."""
        return (self.heard, not self.has_open_concern, smoothed(self.agreeing, self.answering))


def by_organisation(story: ProposalStory, standing: Standing, at: datetime) -> tuple[Heard, ...]:
    """Every organisation affected, and any other that has spoken; the unheard and the lowest first."""
    spoke = (said.by.organisation for said in story.positions)
    everyone = dict.fromkeys((*story.terms.affected, *spoke))
    return tuple(sorted((_heard(o, story, standing, at) for o in everyone), key=lambda heard: heard.lowest_first))


def _heard(organisation: who.Organisation, story: ProposalStory, standing: Standing, at: datetime) -> Heard:
    said_in = {s.by.role for s in story.positions if s.by.organisation == organisation and s.by.role is not None}
    could = [role.role for role in standing.roles_for(organisation) if standing.people_in(role.role, at)]
    voices = tuple(_voice(role, story, standing, at) for role in dict.fromkeys((*could, *sorted(said_in))))
    return Heard(
        organisation=organisation,
        affected=organisation in story.terms.affected,
        heard=any(voice.in_hand for voice in voices),
        has_open_concern=any(
            o.organisation == organisation
            for o in standing.open_objections(story.proposal)
            if any(concern.objection == o.objection for concern in story.concerns)
        ),
        voices=tuple(sorted(voices, key=lambda voice: not voice.in_hand)),
        could_speak=tuple(
            Speaker(person, standing.is_away(person, at), standing.away_until(person, at))
            for person in standing.who_could_speak_for(organisation, at)
        ),
    )


def _voice(role: who.Role, story: ProposalStory, standing: Standing, at: datetime) -> Voice:
    said = story.newest_in(role)
    if said is None:
        return Voice(role, None)
    return Voice(
        role,
        said,
        in_hand=said.version == story.now.version,
        deputised=deputised(said.by.person, role, said.by.at, standing),
        then=said.by.person not in standing.people_in(role, at),
        agrees=said.kind in AGREEING or (said.kind == "condition" and _fulfilled(said, story)),
    )


def deputised(person: who.Person, role: who.Role | None, at: datetime, standing: Standing) -> bool:
    """Whether somebody who spoke in a role did so as its deputy."""
    return role is not None and role in standing.roles and standing.roles[role].holder(at) != person


def _fulfilled(said: Said, story: ProposalStory) -> bool:
    return any(c.condition == said.condition and c.fulfilled is not None for c in story.conditions)
