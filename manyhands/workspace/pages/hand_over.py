"""
Hand-over: everything that I hold, what is offered to me, what I have offered, and leaving with nothing lost.

The page itself is here; its buttons are in `handing_over.py`.
"""

from dataclasses import dataclass
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
from manyhands.rules.days import day_of
from manyhands.workspace.asking import Asking, in_a_team
from manyhands.workspace.offering import A_WEEK, box_of, is_a_place, offerings_to, role_in_full
from manyhands.workspace.pages.belonging import stepping_down
from manyhands.workspace.showing import show


@dataclass(frozen=True)
class Answering:
    """A thing that is offered to me: the ending of the names of its boxes, and what is in the way of accepting it."""

    offered: hand_overs.OfferedThing
    box: str
    in_the_way: tuple[str, ...]


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
        in_a_week=day_of(asking.now) + A_WEEK,
        seen=_seen([*held, *(offered.thing for offer in to_me for offered in offer.things)], asking),
        to_me=[(offer, _answerings(offer, asking)) for offer in to_me],
        by_me=hand_overs.offers_of(asking.person, *about),
        overdue=[o for o in hand_overs.overdue(*about) if coordinates and asking.person not in (o.giver, o.receiver)],
        leaving=hand_overs.leaving(asking.person, *about),
        against_leaving=asking.reasons_against(leaving_act(asking)),
        places=[(thing, _against_stepping_down(thing, asking)) for thing in held if is_a_place(thing)],
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


def _against_stepping_down(thing: InHand, asking: Asking) -> list[str]:
    return asking.reasons_against(stepping_down(asking, thing.item.from_role))
