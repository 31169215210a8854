"""When things may pass from one person to another: item by item, and never without being accepted."""

from collections.abc import Iterator

from manyhands import acts, who
from manyhands.rules import refusals
from manyhands.rules.days import day_of
from manyhands.rules.refusals import Refusal
from manyhands.rules.standing import Standing


def words_of(kind: acts.Kind, which: str, standing: Standing) -> str:
    """What a thing in hand is about, in the words it was given."""
    match kind:
        case acts.Kind.RESPONSIBILITY:
            held = standing.responsibilities.get(who.Responsibility(which))
            return held.what if held else ""
        case acts.Kind.OBJECTION:
            objection = standing.objections.get(who.Objection(which))
            return objection.because if objection else ""
        case acts.Kind.CONDITION:
            condition = standing.conditions.get(who.Condition(which))
            return condition.because if condition else ""
        case acts.Kind.REVIEW:
            proposal = standing.proposals.get(who.Proposal(which))
            return proposal.terms.question if proposal else ""
        case acts.Kind.DEPUTY | acts.Kind.ROLE:
            return ""


def named(item: acts.Item, standing: Standing) -> str:
    return refusals.what_it_is(item.kind, words_of(item.kind, item.which, standing))


def is_in_hand(item: acts.Item, giver: who.Person, standing: Standing, act: acts.AnyAct) -> bool:
    """Whether the giver answers for the item, in the role that it says, at the moment of the act."""
    role = standing.roles.get(item.from_role)
    if role is None:
        return False
    if item.kind in (acts.Kind.ROLE, acts.Kind.DEPUTY):
        place = acts.Item(kind=item.kind, which=item.which, from_role=item.from_role, to_role=item.from_role)
        return place in set(standing.places_of(giver, act.at))
    return giver in standing.people_in(item.from_role, act.at) and (item.kind, item.which) in standing.in_hand(
        item.from_role
    )


def against_handing_over(act: acts.HandOver, standing: Standing) -> Iterator[Refusal]:
    """
    Whoever holds something can offer it to a member: with the role it is held in, every thing listed; or alone, to
    a role of the receiver. Nothing is offered twice, and what speaks for an organisation stays in it.
    """
    if act.handover in standing.handovers:
        yield refusals.taken_identifier("hand-over")
    if not act.items:
        yield refusals.nothing_offered()
    if act.to == act.by:
        yield refusals.not_to_yourself()
    if act.answer_by_on < day_of(act.at):
        yield refusals.answer_by_in_the_past(act.answer_by_on)
    going = _roles_going(act, standing)
    on_offer = {(o.item.kind, o.item.which) for h in standing.offers_of(act.by) for o in h.waiting}
    for item in act.items:
        if not is_in_hand(item, act.by, standing, act):
            yield refusals.not_in_hand(named(item, standing))
            continue
        if (item.kind, item.which) in on_offer:
            yield refusals.on_offer_already(named(item, standing))
        yield from _against_the_receiver(item, going, act, standing)
    for role in (i.from_role for i in act.items if i.kind == acts.Kind.ROLE):
        listed = {(i.kind, i.which) for i in act.items if i.from_role == role}
        for kind, which in standing.in_hand(role):
            if (kind, which) not in listed | on_offer | standing.read_back(act.by, act.to, role):
                yield refusals.not_listed(refusals.what_it_is(kind, words_of(kind, which, standing)), role)


def _roles_going(act: acts.HandOver, standing: Standing) -> set[who.Role]:
    """The roles that the giver is passing on to this receiver, in this hand-over or one still waiting."""
    offers = [i for h in standing.offers_of(act.by) if h.receiver == act.to for i in (o.item for o in h.waiting)]
    return {i.from_role for i in (*act.items, *offers) if i.kind == acts.Kind.ROLE}


def _against_the_receiver(
    item: acts.Item, going: set[who.Role], act: acts.HandOver, standing: Standing
) -> Iterator[Refusal]:
    from_organisation = standing.roles[item.from_role].organisation
    if item.to_role not in standing.roles:
        yield refusals.nothing_like_it("role")
        return
    if item.kind in (acts.Kind.ROLE, acts.Kind.DEPUTY) or item.to_role in going:
        if from_organisation not in standing.organisations_of(act.to, act.at):
            yield refusals.receiver_not_there(act.to, from_organisation)
        if item.kind == acts.Kind.DEPUTY and act.to in standing.people_in(item.from_role, act.at):
            yield refusals.in_that_role_already(act.to, item.from_role)
        return
    if act.to not in standing.people_in(item.to_role, act.at):
        yield refusals.receiver_not_in_role(act.to, item.to_role)
    if item.kind == acts.Kind.OBJECTION and standing.roles[item.to_role].organisation != from_organisation:
        yield refusals.stays_in_its_organisation(named(item, standing))


def against_accepting(act: acts.Accept, standing: Standing) -> Iterator[Refusal]:
    """
    Whoever was offered something accepts it, once, while the giver still holds it. A role is accepted last, after
    everything that goes with it, so that whatever was taken on since the offer is seen too.
    """
    yield from _against_answering(act, standing)
    handover = standing.handovers.get(act.handover)
    offer = handover.find(act.kind, act.which) if handover else None
    if handover is None or offer is None or offer.state != "offered":
        return
    item = offer.item
    if not is_in_hand(item, handover.giver, standing, act):
        yield refusals.moved_on(named(item, standing))
    if item.kind in (acts.Kind.ROLE, acts.Kind.DEPUTY):
        organisation = standing.roles[item.from_role].organisation
        if organisation not in standing.organisations_of(act.by, act.at):
            yield refusals.receiver_not_there(act.by, organisation)
    if item.kind == acts.Kind.ROLE:
        read_back = standing.read_back(handover.giver, handover.receiver, item.from_role)
        for kind, which in standing.in_hand(item.from_role):
            if (kind, which) not in read_back:
                what = refusals.what_it_is(kind, words_of(kind, which, standing))
                yield refusals.not_yet_handed_over(what, item.from_role)


def against_giving_back(act: acts.GiveBack, standing: Standing) -> Iterator[Refusal]:
    """Whoever was offered something can return it, with the reason; the giver then still has it."""
    yield from _against_answering(act, standing)
    if not act.because.strip():
        yield refusals.reason_needed("returning something")


def _against_answering(act: acts.Accept | acts.GiveBack, standing: Standing) -> Iterator[Refusal]:
    handover = standing.handovers.get(act.handover)
    offer = handover.find(act.kind, act.which) if handover else None
    if handover is None or offer is None:
        yield refusals.nothing_like_it("offer")
        return
    if act.by != handover.receiver:
        yield refusals.offered_to_somebody_else(handover.receiver)
    if offer.state != "offered":
        yield refusals.answered_already(offer.state)


def against_taking_back(act: acts.TakeBack, standing: Standing) -> Iterator[Refusal]:
    """Whoever offered can take back what has not been answered."""
    handover = standing.handovers.get(act.handover)
    if handover is None:
        yield refusals.nothing_like_it("offer")
        return
    if act.by != handover.giver:
        yield refusals.not_your_offer(handover.giver)
    if not handover.waiting:
        yield refusals.answered_already("answered")
