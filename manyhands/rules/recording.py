"""
When somebody's position may be written down for them, and how they confirm it or put it right.

What was said in the room counts as if whoever said it had pressed the button themselves, and so is judged in the same
way; it stays marked with who wrote it down.
"""

from collections.abc import Iterator

from manyhands import acts, who
from manyhands.rules import refusals
from manyhands.rules.deciding import against_answering
from manyhands.rules.refusals import Refusal
from manyhands.rules.standing import Standing
from manyhands.rules.things import ProposalStanding, RecordedStanding

AnyPosition = acts.Consent | acts.ConsentWithConcern | acts.ConsentIf | acts.Object | acts.StandAside | acts.GiveNoView
PLAIN: dict[acts.Stance, type[acts.Consent | acts.ConsentWithConcern | acts.StandAside | acts.GiveNoView]] = {
    acts.Stance.CONSENT: acts.Consent,
    acts.Stance.CONCERN: acts.ConsentWithConcern,
    acts.Stance.STAND_ASIDE: acts.StandAside,
    acts.Stance.NO_VIEW: acts.GiveNoView,
}
NEEDS_A_REASON = {
    acts.Stance.CONCERN: "a concern",
    acts.Stance.CONDITION: "a condition",
    acts.Stance.OBJECT: "a safety concern",
}


def as_said(act: acts.RecordPosition) -> AnyPosition:
    """The position as whoever said it would have taken it."""
    return _position(act, act.said_by, act.said_in, act.said_for, act.version)


def as_corrected(act: acts.CorrectPosition, recorded: RecordedStanding) -> AnyPosition:
    """The position as it is put right: in the role, and on the version, that it was said in."""
    return corrected(act, recorded.said_in, recorded.said_for, recorded.version)


def corrected(act: acts.CorrectPosition, role: who.Role, organisation: who.Organisation, version: int) -> AnyPosition:
    return _position(act, act.by, role, organisation, version)


def as_concern(act: acts.LowerToConcern, proposal: who.Proposal, because: acts.Words) -> acts.ConsentWithConcern:
    """The position that an objection becomes, in the words in which it was raised."""
    return acts.ConsentWithConcern(
        team=act.team,
        by=act.by,
        for_organisation=act.for_organisation,
        at=act.at,
        in_role=act.in_role,
        proposal=proposal,
        version=act.version,
        because=because,
    )


def _position(
    act: acts.RecordPosition | acts.CorrectPosition,
    by: who.Person,
    role: who.Role,
    organisation: who.Organisation,
    version: int,
) -> AnyPosition:
    said = {
        "team": act.team,
        "by": by,
        "for_organisation": organisation,
        "at": act.at,
        "in_role": role,
        "proposal": act.proposal,
        "version": version,
        "because": act.because,
    }
    if act.stance is acts.Stance.CONDITION:
        named = act.condition or who.Condition("")
        return acts.ConsentIf(**said, condition=named, fulfilled_by=act.fulfilled_by or who.Role(""))  # type: ignore[arg-type]
    if act.stance is acts.Stance.OBJECT:
        return acts.Object(**said, objection=act.objection or who.Objection(""))  # type: ignore[arg-type]
    return PLAIN[act.stance](**said)  # type: ignore[arg-type]


def against_recording(act: acts.RecordPosition, standing: Standing) -> Iterator[Refusal]:
    """
    Anyone in a role can write down what somebody else said in the room, in a role that they hold or deputise for just
    now. All that would be against their saying it themselves is against writing it down.
    """
    if act.said_by == act.by:
        yield refusals.your_own_position()
    role = standing.roles.get(act.said_in)
    if role is None:
        yield refusals.nothing_like_it("role")
    elif role.organisation != act.said_for:
        yield refusals.role_is_for_another_organisation(act.said_in, act.said_for)
    elif act.said_by not in standing.people_in(act.said_in, act.at):
        yield refusals.not_your_role(act.said_by, act.said_in, standing.people_in(act.said_in, act.at))
    yield from against_answering(as_said(act), standing)


def against_confirming(act: acts.ConfirmPosition, standing: Standing) -> Iterator[Refusal]:
    """Whoever it was written down for, and nobody else, confirms it, within seven days."""
    recorded = standing.recorded.get(act.recorded)
    if recorded is None or recorded.proposal != act.proposal:
        yield refusals.nothing_like_it("position that was written down")
        return
    yield from _against_putting_right(act, recorded, standing.proposals[recorded.proposal])


def against_correcting(act: acts.CorrectPosition, standing: Standing) -> Iterator[Refusal]:
    """
    Whoever it was written down for, and nobody else, corrects it within seven days, also once it is agreed; after that
    the way is a new position, or the review. A concern, a condition and an objection say why.
    """
    recorded = standing.recorded.get(act.recorded)
    if recorded is None or recorded.proposal != act.proposal:
        yield refusals.nothing_like_it("position that was written down")
        return
    proposal = standing.proposals[recorded.proposal]
    yield from _against_putting_right(act, recorded, proposal)
    if proposal.closed is not None and not proposal.closed.is_live:
        yield refusals.closed_already(proposal.closed.over or proposal.closed.how)
    if act.stance in NEEDS_A_REASON and not act.because.strip():
        yield refusals.reason_needed(NEEDS_A_REASON[act.stance])
    if act.stance is acts.Stance.CONDITION:
        if act.fulfilled_by not in standing.roles:
            yield refusals.nothing_like_it("role")
        if act.condition is None or act.condition in standing.conditions:
            yield refusals.taken_identifier("condition")
    own = standing.open_objection_of(recorded.said_in, recorded.proposal)
    other = own.objection if own is not None and own.objection != recorded.objection else None
    if act.stance is not acts.Stance.OBJECT:
        if other is not None:
            yield refusals.own_objection_is_open()
    elif other is not None and act.objection != other:
        yield refusals.own_objection_is_open()
    elif other is None and (act.objection is None or act.objection in standing.objections):
        yield refusals.taken_identifier("safety concern")


def _against_putting_right(
    act: acts.ConfirmPosition | acts.CorrectPosition, recorded: RecordedStanding, proposal: ProposalStanding
) -> Iterator[Refusal]:
    if act.by != recorded.said_by:
        yield refusals.not_written_down_for_you(recorded.said_by)
    if recorded.state == "answered-anew":
        yield refusals.answered_since()
    elif recorded.state != "recorded":
        yield refusals.said_so_already(recorded.state)
    elif act.at >= recorded.until:
        yield refusals.seven_days_are_over(proposal.is_open)
