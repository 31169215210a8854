"""Saying, on a proposal, what moved one to change one's position; or taking it back."""

from django.http import HttpResponse
from django.urls import path

from manyhands import acts
from manyhands.pictures.proposals import ProposalStory
from manyhands.rules.things import ProposalStanding
from manyhands.workspace.actions import press
from manyhands.workspace.asking import Asking
from manyhands.workspace.pages.answering import ON, again, on_a_proposal, page_of, refused
from manyhands.workspace.typed import day_typed
from manyhands.workspace.what_moved_me import A_VISIT, chosen


@on_a_proposal
def be_moved(asking: Asking, story: ProposalStory, stands: ProposalStanding) -> HttpResponse:
    """Say what moved me, of one change of mine."""
    typed = asking.request.POST
    number = typed.get("position", "")
    if not (number.isdecimal() and len(number) < 9):
        return refused(asking, story, "Choose the answer that you changed.")
    value = typed.get(f"moved-{number}", "").replace("\0", "")
    visited_on = day_typed(typed, f"visited-{number}") if value == A_VISIT else None
    if value == A_VISIT and visited_on is None:
        page = again(asking, story, f"visited-{number}")(["Give the day of the visit: a day, a month and a year."])
        page.status_code = 422
        return page
    entry, person = chosen(value)
    act = acts.BeMoved(
        **asking.speaking(),
        proposal=story.proposal,
        position=int(number),
        entry=entry,
        person=person,
        visited_on=visited_on,
    )
    said = "What moved you stands beside your answer." if value else "Nothing is said of what moved you."
    then = page_of(asking, story, "#moved")
    return press(asking, act, said=said, then=then, otherwise=again(asking, story, f"moved-{number}"))


urlpatterns = [path(f"{ON}/moved", be_moved, name="be-moved")]
