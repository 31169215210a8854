"""What may be written down for others on a proposal's page, and what was written down for whoever reads it."""

from dataclasses import dataclass, replace
from typing import Any

from manyhands import acts, who
from manyhands.pictures.proposals import ProposalStory, Said
from manyhands.rules.things import ProposalStanding, RecordedStanding
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking, new_identifier
from manyhands.workspace.positions import AnyPosition, position
from manyhands.workspace.speaking import Button, button, spoken_as


@dataclass(frozen=True)
class WrittenDown:
    """What somebody wrote down for whoever asks, and whether they can still confirm it or put it right."""

    recorded: RecordedStanding
    said: Said
    confirming: Button
    correcting: Button


@dataclass(frozen=True)
class Recording:
    """Those whose position whoever asks could write down ("person|role", and in words), and the button to do so."""

    speakers: list[tuple[str, str]]
    button: Button


def written_down(asking: Asking, story: ProposalStory) -> list[WrittenDown]:
    """What was written down for whoever asks, and waits for them to say whether it is so."""
    said = {each.by.number: each for each in story.positions}
    return [
        WrittenDown(each, said[each.number], _confirming(asking, each), _correcting(asking, each))
        for each in asking.standing.recorded.values()
        if each.proposal == story.proposal and each.said_by == asking.person and each.waits(asking.now)
    ]


def _as_oneself(asking: Asking, make: Any) -> Button:
    """Confirming and correcting are a member's, whatever roles they have now."""
    return Button((), tuple(asking.reasons_against(make(asking.speaking() | {"in_role": None}))))


def _confirming(asking: Asking, recorded: RecordedStanding) -> Button:
    about: dict[str, Any] = {"proposal": recorded.proposal, "recorded": recorded.number}
    return _as_oneself(asking, lambda speaking: acts.ConfirmPosition(**speaking, **about))


def _correcting(asking: Asking, recorded: RecordedStanding) -> Button:
    about: dict[str, Any] = {"proposal": recorded.proposal, "recorded": recorded.number, "because": TO_BE_WRITTEN}
    new = who.Objection("(to be named)")
    return _as_oneself(
        asking, lambda speaking: acts.CorrectPosition(**speaking, **about, stance=acts.Stance.OBJECT, objection=new)
    )


def recording(asking: Asking, stands: ProposalStanding) -> Recording:
    """Everybody else who could speak for an organisation affected, in each of their roles; those unheard first."""
    standing, heard = asking.standing, stands.heard()
    could = [
        (organisation in heard, person, role)
        for organisation in (stands.terms.affected if stands.is_open else ())
        for role in standing.roles_for(organisation)
        for person in standing.people_in(role.role, asking.now)
        if person != asking.person
    ]
    if not could:
        return Recording([], Button((), ()))
    could.sort(key=lambda each: each[0])
    _, first, role = could[0]
    own = standing.open_objection_of(role.role, stands.proposal)
    said: dict[str, Any] = {
        "proposal": stands.proposal,
        "version": stands.version,
        "stance": acts.Stance.OBJECT,  # what is allowed whether or not a safety concern of that role is open
        "said_by": first,
        "said_in": role.role,
        "said_for": role.organisation,
        "because": TO_BE_WRITTEN,
        "objection": own.objection if own else who.Objection("(to be named)"),
    }
    return Recording(
        [
            (
                f"{person}|{role.role}",
                f"{asking.names.person(person)}, {spoken_as(role.role, role.organisation, asking)}",
            )
            for _, person, role in could
        ],
        button(asking, lambda speaking: acts.RecordPosition(**speaking, **said)),
    )


def written_for(
    asking: Asking,
    stands: ProposalStanding,
    version: int,
    stance: acts.Stance,
    person: who.Person,
    role: who.Role,
    because: acts.Words = acts.NOTHING_SAID,
    fulfilled_by: who.Role | None = None,
) -> acts.RecordPosition | AnyPosition:
    """
    What somebody says, written down for them; or, where whoever writes says it themselves, said in that role. A
    condition is given a name, and a safety concern keeps its name for as long as it is open.
    """
    if person == asking.person:
        return position(asking, stance, stands.proposal, version, because, asking.speaking(role), fulfilled_by)
    organisation = asking.standing.roles[role].organisation
    act = acts.RecordPosition(
        **asking.speaking(),
        proposal=stands.proposal,
        version=version,
        stance=stance,
        said_by=person,
        said_in=role,
        said_for=organisation,
        because=because,
    )
    if stance is acts.Stance.CONDITION:
        return replace(act, condition=who.Condition(new_identifier()), fulfilled_by=fulfilled_by)
    if stance is acts.Stance.OBJECT:
        own = asking.standing.open_objection_of(role, stands.proposal)
        return replace(act, objection=own.objection if own else who.Objection(new_identifier()))
    return act
