"""
"We did it ourselves": everyone who gave something to a decision, by name in the order of the alphabet, with what each
gave. The team always sees it; a decision that was carried out can be shared with anybody, and taken back.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone

from manyhands import acts, who
from manyhands.log.read import brought_forward, read
from manyhands.people.naming import Names, names_in
from manyhands.pictures import credit as picture
from manyhands.rules.giving_credit import CARRIED_OUT
from manyhands.rules.standing import Standing
from manyhands.rules.things import ProposalStanding
from manyhands.workspace.actions import press
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking, in_a_team, standing_in
from manyhands.workspace.reasons import by_field
from manyhands.workspace.shared_links import address_of, shared_by
from manyhands.workspace.showing import show
from manyhands.workspace.speaking import button
from manyhands.workspace.typed import words_typed


@dataclass(frozen=True)
class Credited:
    """Somebody by name, as what and for whom, and what they gave. `then`: they have left the team since."""

    name: str
    places: tuple[str, ...]
    gave: tuple[str, ...]
    then: bool


def credited(team: who.Team, proposal: who.Proposal, standing: Standing, names: Names) -> list[Credited]:
    """Everyone who gave something to a decision, in the order of the alphabet."""
    now = timezone.now()
    found = [
        Credited(
            names.person(giver.person),
            tuple(_place(names, place) for place in giver.places),
            giver.gave,
            not standing.is_member(giver.person, now),
        )
        for giver in brought_forward(team, picture.fold).givers(proposal)
    ]
    return sorted(found, key=lambda each: (each.name.casefold(), each.places))


def _place(names: Names, place: picture.Place) -> str:
    role, organisation = place
    return f"{names.role(role)}, {names.organisation(organisation)}" if role else names.organisation(organisation)


@in_a_team
def credit(asking: Asking, proposal: str) -> HttpResponse:
    decision = _decision(asking, proposal)
    if asking.request.method == "POST":
        return _press(asking, decision)
    return _show(asking, decision)


def _show(asking: Asking, decision: ProposalStanding, errors: dict[str, list[str]] | None = None) -> HttpResponse:
    about = decision.proposal
    number = asking.standing.shared.get(about)
    shared = reverse("shared-credit", args=[address_of(asking.team, number)]) if number is not None else ""
    return show(
        asking,
        "credit.html",
        current="board",
        errors=errors or {},
        decision=decision,
        people=credited(asking.team, about, asking.standing, asking.names),
        shared=asking.request.build_absolute_uri(shared) if shared else "",
        called=asking.request.POST.get("called", ""),
        in_role=asking.request.POST.get("in_role", ""),
        sharing=button(asking, lambda speaking: acts.ShareCredit(**speaking, proposal=about, called=TO_BE_WRITTEN)),
    )


def _press(asking: Asking, decision: ProposalStanding) -> HttpResponse:
    """Share the page, or take it back."""
    here = reverse("credit", kwargs={"team": asking.team, "proposal": decision.proposal})
    if asking.request.POST.get("do") == "stop":
        stopping = acts.StopSharing(**asking.speaking(), proposal=decision.proposal)
        said = "The page is taken back. Its address leads nowhere now."
        return press(asking, stopping, said=said, then=here, otherwise=lambda why: _show(asking, decision, {"": why}))
    called = acts.Words(words_typed(asking.request.POST, "called"))
    sharing = acts.ShareCredit(**asking.speaking(), proposal=decision.proposal, called=called)

    def otherwise(reasons: list[str]) -> HttpResponse:
        of = by_field(asking, sharing, reasons, lambda refusal: "called" if refusal.code == "words-needed" else "")
        return _show(asking, decision, of)

    said = "The page is shared. Anybody with its address can read it."
    return press(asking, sharing, said=said, then=here, otherwise=otherwise)


def _decision(asking: Asking, proposal: str) -> ProposalStanding:
    found = asking.standing.proposals.get(who.Proposal(proposal))
    if found is None or found.closed is None or not found.closed.is_decision:
        raise Http404
    return found


def shared_credit(request: HttpRequest, address: str) -> HttpResponse:
    """The shared page, for anybody who has its address. Nothing that was written is on it but what it is called."""
    found = shared_by(address)
    if found is None:
        raise Http404
    team, number = found
    standing = standing_in(team)
    proposal = next((which for which, shared in standing.shared.items() if shared == number), None)
    if proposal is None:
        raise Http404
    decision, names = standing.proposals[proposal], names_in([team])
    done = [each for each in standing.responsibilities.values() if each.proposal == proposal]
    people = credited(team, proposal, standing, names)
    return render(
        request,
        "shared_credit.html",
        {
            "called": _called(team, number),
            "team": names.team(team),
            "decided_at": decision.closed.at if decision.closed else None,
            "people": people,
            "organisations": sorted(_organisations(standing, proposal, names)),
            "done": sum(each.outcome in CARRIED_OUT for each in done),
            "of": len(done),
        },
    )


def _called(team: who.Team, number: int) -> str:
    entry = next(read(team, after=number - 1))
    return entry.act.called if isinstance(entry.act, acts.ShareCredit) else ""


def _organisations(standing: Standing, proposal: who.Proposal, names: Names) -> Iterable[str]:
    return {names.organisation(each) for each in standing.proposals[proposal].terms.affected}


urlpatterns = [
    path("teams/<str:team>/proposals/<str:proposal>/credit", credit, name="credit"),
    path("we-did-it-ourselves/<str:address>", shared_credit, name="shared-credit"),
]
