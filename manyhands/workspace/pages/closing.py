"""How a proposal is closed: agreed, decided without an organisation that stayed silent, or taken back."""

from django.http import HttpResponse
from django.urls import path

from manyhands import acts
from manyhands.pictures.proposals import ProposalStory
from manyhands.rules.things import ProposalStanding
from manyhands.workspace.actions import press
from manyhands.workspace.asking import Asking
from manyhands.workspace.pages.answering import ON, again, on_a_proposal, page_of, version_typed
from manyhands.workspace.plain_words import counted, listed
from manyhands.workspace.typed import words_typed


@on_a_proposal
def agree(asking: Asking, story: ProposalStory, stands: ProposalStanding) -> HttpResponse:
    """Close as agreed, and ask the roles named to take on what follows."""
    act = acts.Agree(**asking.speaking(), proposal=story.proposal, version=version_typed(asking))
    follows = counted(len(stands.terms.follows), "responsibility", "responsibilities")
    said = f"Agreed. {follows} asked of the roles that were named."
    return press(asking, act, said=said, then=page_of(asking, story), otherwise=again(asking, story))


@on_a_proposal
def proceed_without(asking: Asking, story: ProposalStory, stands: ProposalStanding) -> HttpResponse:
    """Close although an organisation was silent, saying why."""
    because = acts.Words(words_typed(asking.request.POST, "why-without"))
    act = acts.ProceedWithout(
        **asking.speaking(), proposal=story.proposal, version=version_typed(asking), because=because
    )
    without = listed(asking.names.organisation(organisation) for organisation in stands.not_yet_heard())
    said = f"Agreed without {without}. It is on their My work, and the review comes within 28 days."
    return press(asking, act, said=said, then=page_of(asking, story), otherwise=again(asking, story, "why-without"))


@on_a_proposal
def withdraw(asking: Asking, story: ProposalStory, stands: ProposalStanding) -> HttpResponse:
    """Take the proposal back, saying why."""
    because = acts.Words(words_typed(asking.request.POST, "why-withdraw"))
    act = acts.Withdraw(**asking.speaking(), proposal=story.proposal, because=because)
    said = "The proposal is withdrawn. Everything that was said stays on the record."
    return press(asking, act, said=said, then=page_of(asking, story), otherwise=again(asking, story, "why-withdraw"))


urlpatterns = [
    path(f"{ON}/agree", agree, name="agree"),
    path(f"{ON}/proceed-without", proceed_without, name="proceed-without"),
    path(f"{ON}/withdraw", withdraw, name="withdraw"),
]
