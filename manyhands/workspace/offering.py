"""
How each thing in hand could go to somebody: with the role that holds it, alone to a role of theirs, or not at all and
why. The rule is asked of each way; nothing is decided here.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from manyhands import acts, who
from manyhands.pictures.in_hand import InHand
from manyhands.rules.days import day_of
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking

A_WEEK = timedelta(days=7)
NOT_MADE_YET = who.HandOver("(an offer to be made)")
WITH_ITS_ROLE = "(with its role)"
"""What a box says when a thing goes together with the role that holds it; an identifier has no brackets."""


@dataclass(frozen=True)
class Offering:
    """A thing that could be offered: the name of its box, what can be chosen in it, and what is in the way."""

    thing: InHand
    box: str
    choices: tuple[tuple[str, str], ...]
    in_the_way: tuple[str, ...]


def box_of(kind: acts.Kind, which: str) -> str:
    return f"{kind.value}-{which}"


def is_a_place(thing: InHand) -> bool:
    return thing.item.kind in (acts.Kind.ROLE, acts.Kind.DEPUTY)


Ways = tuple[list[tuple[str, str]], list[str]]
"""What can be chosen, by value and words; and the reasons against what cannot."""


def offerings_to(to: who.Person, held: tuple[InHand, ...], asking: Asking) -> tuple[Offering, ...]:
    """For each thing in hand that is not on offer: how it could go to somebody, as the rule says."""
    free = [thing for thing in held if thing.on_offer is None]
    against_whole = {
        role: asking.reasons_against(offer_act(asking, to, items)) if items else []
        for role in dict.fromkeys(thing.item.from_role for thing in free)
        for items in [with_its_role(role, free)]
    }
    return tuple(_offering(thing, to, free, against_whole[thing.item.from_role], asking) for thing in free)


def _offering(thing: InHand, to: who.Person, free: list[InHand], against_whole: list[str], asking: Asking) -> Offering:
    choices, in_the_way = _together(thing, to, free, against_whole, asking)
    if not is_a_place(thing):
        alone, reasons = _alone(thing, to, asking)
        choices, in_the_way = choices + alone, in_the_way + reasons
    if not choices and not in_the_way:
        in_the_way = [f"{asking.names.person(to)} has no other role to take it on in. Offer it with its role."]
    shown = () if choices else tuple(dict.fromkeys(in_the_way))
    return Offering(thing, "where-" + box_of(*thing.key), (("", "Keep it"), *choices), shown)


def _together(thing: InHand, to: who.Person, free: list[InHand], against_whole: list[str], asking: Asking) -> Ways:
    """With the role that holds it: offered now as a whole, or on offer to the same person already."""
    item = thing.item
    if thing.standing_in:
        return [], []
    if item.kind == acts.Kind.DEPUTY or _is_going(item.from_role, to, asking):
        against = asking.reasons_against(offer_act(asking, to, (item,)))
    elif with_its_role(item.from_role, free):
        against = against_whole
    else:
        return [], []
    said = "Offer it" if is_a_place(thing) else "Offer it with the role that holds it"
    return ([], against) if against else ([(WITH_ITS_ROLE, said)], [])


def _is_going(role: who.Role, to: who.Person, asking: Asking) -> bool:
    """Whether the role itself is on offer to somebody."""
    offers = asking.standing.offers_of(asking.person)
    waiting = (offered.item for offer in offers if offer.receiver == to for offered in offer.waiting)
    return any((item.kind, item.from_role) == (acts.Kind.ROLE, role) for item in waiting)


def _alone(thing: InHand, to: who.Person, asking: Asking) -> Ways:
    """Without the role that holds it, to a role of the receiver's."""
    choices, in_the_way = [], []
    for role in asking.standing.roles_of(to, asking.now):
        if role.role == thing.item.from_role:
            continue
        against = asking.reasons_against(offer_act(asking, to, (replace(thing.item, to_role=role.role),)))
        in_the_way += against
        if not against:
            choices.append((str(role.role), f"Offer it to their role: {role_in_full(role.role, asking)}"))
    return choices, in_the_way


def with_its_role(role: who.Role, things: list[InHand]) -> tuple[acts.Item, ...]:
    """A role and all that it holds, as one offer lists them; nothing if the role itself is not among the things."""
    of_role = [thing.item for thing in things if thing.item.from_role == role and not thing.standing_in]
    return tuple(of_role) if any(item.kind == acts.Kind.ROLE for item in of_role) else ()


def offer_act(asking: Asking, to: who.Person, items: tuple[acts.Item, ...]) -> acts.HandOver:
    """The offer of these things, to be answered within a week: what the rule is asked before the day is chosen."""
    return acts.HandOver(
        **asking.speaking(items[0].from_role),
        handover=NOT_MADE_YET,
        to=to,
        items=items,
        answer_by_on=day_of(asking.now) + A_WEEK,
        words=TO_BE_WRITTEN,
    )


def role_in_full(role: who.Role, asking: Asking) -> str:
    known = asking.standing.roles.get(role)
    return f"{asking.names.role(role)}, {asking.names.organisation(known.organisation)}" if known else ""
