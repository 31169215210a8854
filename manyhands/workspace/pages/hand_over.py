"""
Hand-over: everything that I hold, what is offered to me, what I have offered, and leaving with nothing lost.

The page itself is here; its buttons are in `handing_over.py`.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.http import HttpResponse, QueryDict

from manyhands import acts, who
from manyhands.access import Seen, see
from manyhands.log.read import brought_forward
from manyhands.pictures import hand_overs, in_hand
from manyhands.pictures.hand_overs import Offer
from manyhands.pictures.in_hand import InHand
from manyhands.pictures.supposing import supposing
from manyhands.rules import refusals_against
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking, in_a_team
from manyhands.workspace.showing import show

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


@dataclass(frozen=True)
class Answering:
    """A thing that is offered to me: the ending of the names of its boxes, and what is in the way of accepting it."""

    offered: hand_overs.OfferedThing
    box: str
    in_the_way: tuple[str, ...]


def box_of(kind: acts.Kind, which: str) -> str:
    return f"{kind.value}-{which}"


@in_a_team
def hand_over(asking: Asking) -> HttpResponse:
    """Everything that I hold, what is offered to me, and what I have offered."""
    return show_hand_over(asking, asking.request.GET)


def show_hand_over(
    asking: Asking, typed: QueryDict, errors: dict[str, list[str]] | None = None, **more: Any
) -> HttpResponse:
    picture = brought_forward(asking.team, in_hand.fold)
    about = (picture, asking.standing, asking.now)
    held = in_hand.in_hands_of(asking.person, *about)
    to = who.Person(typed.get("to", ""))
    offerings = offerings_to(to, held, asking) if to in asking.standing.members(asking.now) else ()
    to_me = hand_overs.offers_to(asking.person, *about)
    coordinates = asking.person in asking.standing.people_in(asking.standing.coordinating, asking.now)
    return show(
        asking,
        "hand_over.html",
        current="hand-over",
        errors=errors or {},
        typed=typed,
        held=held,
        held_by_role=[
            (role_in_full(role, asking), list(things)) for role, things in groupby(held, lambda t: t.item.from_role)
        ],
        receivers=_receivers(asking),
        to=to if offerings else "",
        offerings=offerings,
        whole_roles=[thing for thing in held if thing.item.kind == acts.Kind.ROLE and thing.on_offer is None],
        in_a_week=asking.now.date() + A_WEEK,
        seen=_seen([*held, *(offered.thing for offer in to_me for offered in offer.things)], asking),
        to_me=[(offer, _answerings(offer, asking)) for offer in to_me],
        by_me=hand_overs.offers_of(asking.person, *about),
        overdue=[o for o in hand_overs.overdue(*about) if coordinates and asking.person not in (o.giver, o.receiver)],
        leaving=hand_overs.leaving(asking.person, *about),
        against_leaving=asking.reasons_against(leaving_act(asking)),
        places=[(thing, _against_stepping_down(thing, asking)) for thing in held if _is_a_place(thing)],
        **more,
    )


def _seen(things: list[InHand], asking: Asking) -> dict[who.Patient, Seen]:
    """The patients that things in hand or on offer are about, as far as whoever asks may see them."""
    patients = [thing.patient for thing in things if thing.patient is not None]
    if not patients:
        return {}
    return see(
        asking.person,
        asking.team,
        asking.standing,
        patients,
        at=asking.now,
        page="hand-over",
        names=asking.names,
    )


def _receivers(asking: Asking) -> list[tuple[str, str]]:
    """Everybody else in the team, by name, with the roles that they speak in."""
    others = [person for person in asking.standing.members(asking.now) if person != asking.person]
    named = [(str(person), _who_it_is(person, asking)) for person in others]
    return sorted(named, key=lambda each: each[1].casefold())


def _who_it_is(person: who.Person, asking: Asking) -> str:
    organisations = (asking.names.organisation(o) for o in asking.standing.organisations_of(person, asking.now))
    away = ", away now" if asking.standing.is_away(person, asking.now) else ""
    return f"{asking.names.person(person)} ({', '.join(organisations)}{away})"


# ---- offering ----------------------------------------------------------------------------------------------------


def offerings_to(to: who.Person, held: tuple[InHand, ...], asking: Asking) -> tuple[Offering, ...]:
    """For each thing in hand that is not on offer: how it could go to somebody, as the rule says."""
    free = [thing for thing in held if thing.on_offer is None]
    roles = [role.role for role in asking.standing.roles_of(to, asking.now)]
    return tuple(_offering(thing, to, roles, free, asking) for thing in free)


def _offering(thing: InHand, to: who.Person, roles: list[who.Role], free: list[InHand], asking: Asking) -> Offering:
    item, choices, in_the_way = thing.item, [("", "Keep it")], []
    together = with_its_role(item.from_role, free, asking) if not thing.standing_in else ()
    if item.kind == acts.Kind.DEPUTY:
        together = (item,)
    if together:
        against = asking.reasons_against(offer_act(asking, to, together))
        in_the_way += against
        if not against:
            alone = item.kind in (acts.Kind.ROLE, acts.Kind.DEPUTY)
            choices.append((WITH_ITS_ROLE, "Offer it" if alone else "Offer it with the role that holds it"))
    if item.kind not in (acts.Kind.ROLE, acts.Kind.DEPUTY):
        for role in roles:
            moved = acts.Item(kind=item.kind, which=item.which, from_role=item.from_role, to_role=role)
            against = asking.reasons_against(offer_act(asking, to, (moved,))) if role != item.from_role else []
            in_the_way += against
            if not against and role != item.from_role:
                choices.append((role, f"Offer it to their role: {role_in_full(role, asking)}"))
        if not roles and not together:
            in_the_way.append(f"{asking.names.person(to)} has no role in this team yet, to take it on in.")
    reasons = tuple(dict.fromkeys(in_the_way)) if len(choices) == 1 else ()
    return Offering(thing, "where-" + box_of(*thing.key), tuple(choices), reasons)


def with_its_role(role: who.Role, things: list[InHand], asking: Asking) -> tuple[acts.Item, ...]:
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
        answer_by_on=asking.now.date() + A_WEEK,
        words=TO_BE_WRITTEN,
    )


def role_in_full(role: who.Role, asking: Asking) -> str:
    known = asking.standing.roles.get(role)
    return f"{asking.names.role(role)}, {asking.names.organisation(known.organisation)}" if known else ""


# ---- answering ---------------------------------------------------------------------------------------------------


def accept_act(asking: Asking, offer: Offer, offered: hand_overs.OfferedThing) -> acts.Accept:
    item = offered.thing.item
    speaking = asking.speaking(asking.hat_for(offered.to_role))
    return acts.Accept(**speaking, handover=offer.handover, kind=item.kind, which=item.which)


def _answerings(offer: Offer, asking: Asking) -> list[Answering]:
    """
    What is in the way of accepting each thing. A role is judged as it would stand once the other things of the offer
    are accepted, since one press can accept them all: what is left is what has come up since.
    """
    waiting = [offered for offered in offer.things if offered.is_waiting]
    standing, answerings = asking.standing, []
    for offered in waiting:
        act = accept_act(asking, offer, offered)
        against = refusals_against(act, standing)
        if not against:
            standing = supposing(standing, act)
        reasons = tuple(refusal.say(asking.names) for refusal in against)
        answerings.append(Answering(offered, box_of(*offered.thing.key), reasons))
    return answerings


# ---- stepping down and leaving -----------------------------------------------------------------------------------


def leaving_act(asking: Asking) -> acts.Leave:
    return acts.Leave(**asking.speaking())


def stepping_down_act(asking: Asking, role: who.Role) -> acts.StepDown:
    return acts.StepDown(**asking.speaking(asking.hat_for(role)), role=role, person=asking.person)


def _is_a_place(thing: InHand) -> bool:
    return thing.item.kind in (acts.Kind.ROLE, acts.Kind.DEPUTY)


def _against_stepping_down(thing: InHand, asking: Asking) -> list[str]:
    return asking.reasons_against(stepping_down_act(asking, thing.item.from_role))
