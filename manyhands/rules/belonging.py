"""When people may come, hold roles, be away and go."""

from collections.abc import Iterator

from manyhands import acts, who
from manyhands.rules import refusals
from manyhands.rules.handing_over import words_of
from manyhands.rules.refusals import Refusal
from manyhands.rules.speaking import against_acting_for, coordinates
from manyhands.rules.standing import Standing


def against_convening(act: acts.Convene, standing: Standing) -> Iterator[Refusal]:
    """Anyone can bring a team into being, once, and says what it is for."""
    if standing.coordinating is not None:
        yield refusals.team_is_there_already()
    if not act.purpose.strip():
        yield refusals.words_needed("what the team is for")


def against_inviting(act: acts.Invite, standing: Standing) -> Iterator[Refusal]:
    """
    Any member can invite anybody else who is not in the team for that organisation; someone who left can come again.
    """
    if act.person == act.by:
        yield refusals.not_by_oneself()
    if act.organisation in standing.organisations_of(act.person, act.at):
        yield refusals.member_already(act.person, act.organisation)


def against_joining(act: acts.Join, standing: Standing) -> Iterator[Refusal]:
    """Whoever has been invited can join, for the organisation that they were invited for."""
    if act.for_organisation in standing.organisations_of(act.by, act.at):
        yield refusals.member_already(act.by, act.for_organisation)
    elif (act.by, act.for_organisation) not in standing.invited:
        yield refusals.not_invited(act.for_organisation)


def against_leaving(act: acts.Leave, standing: Standing) -> Iterator[Refusal]:
    """Nobody leaves while anything is in their hands: each thing is accepted by somebody else first."""
    for place in standing.places_of(act.by, act.at):
        for kind, which in standing.in_hand(place.from_role) if place.kind == acts.Kind.ROLE else ():
            yield refusals.still_in_hand(refusals.what_it_is(kind, words_of(kind, which, standing)), place.from_role)
        yield refusals.still_in_hand(refusals.what_it_is(place.kind, ""), place.from_role)


def against_removing(act: acts.Remove, standing: Standing) -> Iterator[Refusal]:
    """Somebody who cannot hand over is taken off the team by the coordinating role, with the reason."""
    if not standing.is_member(act.person, act.at):
        yield refusals.not_a_member(act.person, act.for_organisation)
    if act.by == act.person or not coordinates(act, standing):
        yield refusals.only_the_coordinating_role(
            person for person in standing.people_in(standing.coordinating, act.at) if person != act.person
        )
    if not act.because.strip():
        yield refusals.reason_needed("taking somebody off the team")


def against_creating_a_role(act: acts.CreateRole, standing: Standing) -> Iterator[Refusal]:
    """An organisation's own members create its roles; the coordinating role can, for any organisation."""
    if act.role in standing.roles:
        yield refusals.taken_identifier("role")
    if act.organisation != act.for_organisation and not coordinates(act, standing):
        yield refusals.only_the_coordinating_role(standing.people_in(standing.coordinating, act.at))


def against_holding(act: acts.Hold, standing: Standing) -> Iterator[Refusal]:
    """
    A vacant role goes to a member for its organisation, given by that organisation; by the coordinating role only
    while nobody of that organisation is in a role, and never to itself.
    """
    role = standing.roles.get(act.role)
    if role is None:
        yield refusals.nothing_like_it("role")
        return
    holder = role.holder(act.at)
    if holder == act.person:
        yield refusals.in_that_role_already(act.person, act.role)
    elif holder is not None:
        yield refusals.role_is_held(act.role, holder)
    yield from _against_a_place(act.person, role.organisation, act, standing)


def against_deputising(act: acts.Deputise, standing: Standing) -> Iterator[Refusal]:
    """
    A role has as many deputies as it likes, each a member for its organisation, none of them its holder. Who may
    make one is as for holding.
    """
    role = standing.roles.get(act.role)
    if role is None:
        yield refusals.nothing_like_it("role")
        return
    if act.person in role.people(act.at):
        yield refusals.in_that_role_already(act.person, act.role)
    yield from _against_a_place(act.person, role.organisation, act, standing)


def _against_a_place(
    person: who.Person, organisation: who.Organisation, act: acts.Hold | acts.Deputise, standing: Standing
) -> Iterator[Refusal]:
    if organisation not in standing.organisations_of(person, act.at):
        yield refusals.not_a_member(person, organisation)
    if organisation == act.for_organisation:
        return
    if not coordinates(act, standing):
        yield refusals.only_the_coordinating_role(standing.people_in(standing.coordinating, act.at))
    elif could := standing.who_could_speak_for(organisation, act.at):
        yield refusals.filled_by_its_own(organisation, could)
    elif person == act.by:
        yield refusals.filled_by_its_own(organisation, ())


def against_stepping_down(act: acts.StepDown, standing: Standing) -> Iterator[Refusal]:
    """
    Somebody can leave a role of theirs, so long as nothing it holds is left with neither a holder nor a deputy. Nobody
    is stepped down by somebody else.
    """
    role = standing.roles.get(act.role)
    if role is None:
        yield refusals.nothing_like_it("role")
        return
    if act.person not in role.people(act.at):
        yield refusals.not_in_that_role(act.person, act.role)
        return
    if act.by != act.person:
        yield refusals.steps_down_themselves(act.person)
    others = tuple(person for person in standing.people_in(act.role, act.at) if person != act.person)
    for kind, which in standing.in_hand(act.role) if not others else ():
        if kind == acts.Kind.RESPONSIBILITY:
            deputy_role = standing.responsibilities[who.Responsibility(which)].deputy_role
            if standing.people_in(deputy_role, act.at):
                continue
        yield refusals.would_be_left_bare(refusals.short(words_of(kind, which, standing)), act.role)


def against_being_away(act: acts.BeAway, standing: Standing) -> Iterator[Refusal]:
    """Absence is said by the person, a colleague of theirs or the coordinating role, and ends after it begins."""
    if not standing.is_member(act.person, act.at):
        yield refusals.not_a_member(act.person, act.for_organisation)
    yield from against_acting_for(act.person, act, standing)
    if act.until_at is not None and act.until_at <= act.from_at:
        yield refusals.back_before_away()


def against_coming_back(act: acts.ComeBack, standing: Standing) -> Iterator[Refusal]:
    """Somebody who is away, or is going to be, can be back at once."""
    yield from against_acting_for(act.person, act, standing)
    absences = standing.absences.get(act.person, ())
    if not any(a.until_at is None or a.until_at > act.at for a in absences):
        yield refusals.not_away(act.person)
