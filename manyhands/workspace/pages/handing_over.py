"""The buttons of the Hand-over page: offer, answer, take back, leave."""

from collections.abc import Callable
from datetime import date
from functools import partial, wraps

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse

from manyhands import acts, who
from manyhands.log.read import brought_forward
from manyhands.pictures import hand_overs, in_hand
from manyhands.pictures.hand_overs import Offer, OfferedThing
from manyhands.pictures.supposing import supposing
from manyhands.rules import refusals_against
from manyhands.rules.days import day_of
from manyhands.workspace.actions import press
from manyhands.workspace.asking import Asking, in_a_team, new_identifier
from manyhands.workspace.offering import A_WEEK, WITH_ITS_ROLE, box_of, with_its_role
from manyhands.workspace.pages.hand_over import (
    accept_act,
    hand_over,
    leaving_act,
    show_hand_over,
)
from manyhands.workspace.plain_words import counted
from manyhands.workspace.typed import day_typed, identifier_typed, words_typed


def a_button(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A button of a team's page. Somebody who comes to its address otherwise (reload, Back) is shown the page."""

    @wraps(page)
    def pressed(request: HttpRequest, team: str, **parts: str) -> HttpResponse:
        if request.method != "POST":
            return redirect("hand-over", team=team)
        return in_a_team(page)(request, team, **parts)

    return pressed


def _the_page(asking: Asking) -> str:
    return reverse("hand-over", kwargs={"team": asking.team})


def _again(asking: Asking, errors: dict[str, list[str]]) -> HttpResponse:
    """The page again with what was typed, answered so that nobody takes it for done."""
    again = show_hand_over(asking, asking.request.POST, errors)
    again.status_code = 422
    return again


def _against(asking: Asking, box: str, reasons: list[str]) -> HttpResponse:
    return show_hand_over(asking, asking.request.POST, {box: reasons})


@a_button
def offer(asking: Asking) -> HttpResponse:
    """Offer the things chosen, each with its role or to a role of the receiver's."""
    typed = asking.request.POST
    held = in_hand.in_hands_of(asking.person, brought_forward(asking.team, in_hand.fold), asking.standing, asking.now)
    items = []
    for thing in held:
        chosen = identifier_typed(typed, "where-" + box_of(*thing.key))
        if chosen:
            to_role = thing.item.from_role if chosen == WITH_ITS_ROLE else who.Role(chosen)
            items.append(
                acts.Item(kind=thing.item.kind, which=thing.item.which, from_role=thing.item.from_role, to_role=to_role)
            )
    return _offered(asking, tuple(items), "offer-by")


@a_button
def offer_whole_role(asking: Asking) -> HttpResponse:
    """Offer a role and everything that it holds, on one press."""
    role = who.Role(identifier_typed(asking.request.POST, "role"))
    held = in_hand.in_hands_of(asking.person, brought_forward(asking.team, in_hand.fold), asking.standing, asking.now)
    free = [thing for thing in held if thing.on_offer is None]
    return _offered(asking, with_its_role(role, free), "whole-by")


def _offered(asking: Asking, items: tuple[acts.Item, ...], box: str) -> HttpResponse:
    """Offer these things to the person chosen, to be answered by the day in the box."""
    typed = asking.request.POST
    answer_by = day_typed(typed, box)
    if answer_by is None:
        return _again(asking, {box: ["Write a day to answer by that there is, such as 27 3 2026."]})
    return _offer(asking, who.Person(identifier_typed(typed, "to")), items, answer_by)


def _offer(asking: Asking, to: who.Person, items: tuple[acts.Item, ...], answer_by: date) -> HttpResponse:
    act = acts.HandOver(
        **asking.speaking(items[0].from_role if items else None),
        handover=who.HandOver(new_identifier()),
        to=to,
        items=items,
        answer_by_on=answer_by,
        words=acts.Words(words_typed(asking.request.POST, "note")),
    )
    if to not in asking.standing.members(asking.now):
        return _again(asking, {"to": ["Choose somebody in the team to hand over to."]})
    until = "it until it is accepted" if len(items) == 1 else "them until they are accepted"
    said = f"{counted(len(items), 'thing')} offered to {asking.names.person(to)}. You hold {until}."
    return press(asking, act, said=said, then=_the_page(asking), otherwise=partial(_against, asking, ""))


@a_button
def offer_more(asking: Asking, handover: str) -> HttpResponse:
    """Offer what has come up in a role since it was offered, to the same person."""
    offer = _find(asking, handover)
    items = tuple(thing.item for thing in offer.not_yet)
    return _offer(asking, offer.receiver, items, day_of(asking.now) + A_WEEK)


@a_button
def answer(asking: Asking, handover: str) -> HttpResponse:
    """Accept or return each thing of an offer, as chosen beside it; the rest goes on waiting."""
    offer = _find(asking, handover)
    typed = asking.request.POST
    standing, doing, errors = asking.standing, [], {}
    for offered in offer.things:
        act = _answer_to(offered, offer, typed, asking)
        if act is None:
            continue
        against = refusals_against(act, standing)
        if against:
            box = ("because-" if isinstance(act, acts.GiveBack) else "answer-") + box_of(*offered.thing.key)
            errors[box] = [refusal.say(asking.names) for refusal in against]
        else:
            standing = supposing(standing, act)
            doing.append(act)
    if not doing and not errors:
        first = next(("answer-" + box_of(*each.thing.key) for each in offer.things if each.is_waiting), "")
        errors[first] = ["Choose “accept” or “return” for at least one thing."]
    if errors:
        return _again(asking, errors)
    return press(asking, *doing, said=_said(doing), then=_the_page(asking), otherwise=partial(_against, asking, ""))


def _answer_to(
    offered: OfferedThing, offer: Offer, typed: QueryDict, asking: Asking
) -> acts.Accept | acts.GiveBack | None:
    item, box = offered.thing.item, box_of(*offered.thing.key)
    chosen = typed.get("answer-" + box)
    if chosen == "accept":
        return accept_act(asking, offer, offered)
    if chosen != "return":
        return None
    because = acts.Words(words_typed(typed, "because-" + box))
    speaking = asking.speaking(asking.hat_for(offered.to_role))
    return acts.GiveBack(**speaking, handover=offer.handover, kind=item.kind, which=item.which, because=because)


def _said(doing: list[acts.Accept | acts.GiveBack]) -> str:
    accepted = sum(isinstance(act, acts.Accept) for act in doing)
    returned = len(doing) - accepted
    parts = [f"{counted(accepted, 'thing')} accepted"] if accepted else []
    parts += [f"{counted(returned, 'thing')} returned"] if returned else []
    return " and ".join(parts) + "."


@a_button
def take_back(asking: Asking, handover: str) -> HttpResponse:
    """Stop offering what has not been answered."""
    offer = _find(asking, handover)
    return press(
        asking,
        acts.TakeBack(**asking.speaking(), handover=offer.handover),
        said="The offer is taken back. What was accepted before stays accepted.",
        then=_the_page(asking),
        otherwise=partial(_against, asking, ""),
    )


@a_button
def leave(asking: Asking) -> HttpResponse:
    """Leave the team, once nothing is in hand."""
    return press(
        asking,
        leaving_act(asking),
        said=f"You have left {asking.names.team(asking.team)}. What you said and did stays on its record.",
        then=reverse("my-work"),
        otherwise=partial(_against, asking, ""),
    )


def _find(asking: Asking, handover: str) -> Offer:
    """The offer of that identifier, which only whoever gives or receives gets to."""
    known = asking.standing.handovers.get(who.HandOver(handover))
    if known is None or asking.person not in (known.giver, known.receiver):
        raise Http404
    picture = brought_forward(asking.team, in_hand.fold)
    return hand_overs.offer_of(known, picture, asking.standing, asking.now)


urlpatterns = [
    path("teams/<team>/hand-over", hand_over, name="hand-over"),
    path("teams/<team>/hand-over/offer", offer, name="offer"),
    path("teams/<team>/hand-over/offer-role", offer_whole_role, name="offer-role"),
    path("teams/<team>/hand-over/leave", leave, name="leave"),
    path("teams/<team>/hand-over/<handover>/answer", answer, name="answer-offer"),
    path("teams/<team>/hand-over/<handover>/more", offer_more, name="offer-more"),
    path("teams/<team>/hand-over/<handover>/take-back", take_back, name="take-back"),
]
