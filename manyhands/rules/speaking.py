"""What holds for every act: who may speak, for which organisation, in which role."""

from collections.abc import Iterator

from manyhands import acts, who
from manyhands.rules import refusals
from manyhands.rules.refusals import Refusal
from manyhands.rules.standing import Standing

WITHOUT_A_ROLE = (
    acts.Convene,
    acts.Invite,
    acts.Join,
    acts.Leave,
    acts.CreateRole,
    acts.Hold,
    acts.Deputise,
    acts.StepDown,
    acts.BeAway,
    acts.ComeBack,
    acts.ConfirmPosition,
    acts.CorrectPosition,
    acts.BeMoved,
    acts.StopSharing,
    acts.Comment,
    acts.Raise,
    acts.PutOn,
    acts.Drop,
    acts.Reorder,
    acts.Attend,
    acts.NotThere,
    acts.Conclude,
    acts.CloseMeeting,
    acts.Publish,
    acts.Revise,
    acts.OpenTo,
    acts.Discuss,
    acts.Retract,
    acts.Settle,
    acts.TakeUp,
    acts.TakeDown,
    acts.HandOver,
    acts.Accept,
    acts.GiveBack,
    acts.TakeBack,
    acts.Withhold,
)
"""Acts of a member as such. Everything else is done in a role, which the person holds or deputises for."""


def against_speaking(act: acts.AnyAct, standing: Standing) -> Iterator[Refusal]:
    """
    Only members act, for an organisation that they are in the team for; and in a role of that organisation that
    they hold or deputise for. Someone with two roles chooses one each time.
    """
    if isinstance(act, acts.Convene):
        return
    if standing.coordinating is None:
        yield refusals.no_such_team()
        return
    if isinstance(act, acts.Join):
        return
    if is_a_guest(act, standing):
        return
    if act.for_organisation not in standing.organisations_of(act.by, act.at):
        yield refusals.not_a_member(act.by, act.for_organisation)
        return
    if act.in_role is None:
        if not isinstance(act, WITHOUT_A_ROLE):
            yield refusals.role_needed()
        return
    role = standing.roles.get(act.in_role)
    if role is None:
        yield refusals.nothing_like_it("role")
    elif role.organisation != act.for_organisation:
        yield refusals.role_is_for_another_organisation(act.in_role, act.for_organisation)
    elif act.by not in standing.people_in(act.in_role, act.at):
        yield refusals.not_your_role(act.by, act.in_role, standing.people_in(act.in_role, act.at))


def is_a_guest(act: acts.AnyAct, standing: Standing) -> bool:
    """
    Whether somebody reads a paper as a guest, and so can say something about it and take that back: for an organisation
    that it is open to, or of a team that it is. That they are of it is seen to where they sign in, as for convening.
    """
    if act.in_role is not None or act.for_organisation in standing.organisations_of(act.by, act.at):
        return False
    if isinstance(act, acts.Retract):
        said = standing.said_of_papers.get(act.said)
        return said is not None and said.by == act.by
    paper = standing.papers.get(act.paper) if isinstance(act, acts.Discuss) else None
    if not isinstance(act, acts.Discuss) or paper is None or paper.is_down:
        return False
    return act.for_organisation in paper.organisations or act.guest_of in paper.teams


def speaks_in(act: acts.AnyAct, role: who.Role, standing: Standing) -> bool:
    """Whether the act is done in this very role, by somebody who may speak in it."""
    return act.in_role == role and act.by in standing.people_in(role, act.at)


def coordinates(act: acts.AnyAct, standing: Standing) -> bool:
    """Whether whoever acts is in the coordinating role, whichever role they act in just now."""
    return act.by in standing.people_in(standing.coordinating, act.at)


def against_acting_for(person: who.Person, act: acts.AnyAct, standing: Standing) -> Iterator[Refusal]:
    """Somebody else's place is changed by themselves, by a colleague of their organisation, or by the coordinator."""
    if act.by == person or coordinates(act, standing):
        return
    if act.for_organisation not in standing.organisations_of(person, act.at):
        yield refusals.only_the_coordinating_role(standing.people_in(standing.coordinating, act.at))
