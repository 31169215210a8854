"""The team's board: what is being asked, what is agreed, what is held, and what nobody holds."""

from django.http import HttpResponse
from django.urls import path

from manyhands.log.read import brought_forward
from manyhands.pictures import board as picture
from manyhands.pictures import proposals, who_holds_what
from manyhands.rules.polling import organisations_yet_to_answer
from manyhands.workspace.asking import Asking, in_a_team
from manyhands.workspace.showing import show

FIRST = 8
"""Cards in a column before "Show all": about two screens."""


@in_a_team
def board(asking: Asking) -> HttpResponse:
    shown = picture.board(
        brought_forward(asking.team, proposals.fold),
        brought_forward(asking.team, who_holds_what.fold),
        asking.standing,
        asking.now,
    )
    polls = [poll for poll in asking.standing.polls.values() if poll.is_open]
    return show(
        asking,
        "board.html",
        current="board",
        wide=True,
        board=shown,
        polls=sorted(polls, key=lambda poll: poll.put.closes_on),
        poll_waits={poll.poll: len(organisations_yet_to_answer(poll)) for poll in polls},
        groups=asking.standing.groups,
        proposals=asking.standing.proposals,
        mine=asking.standing.organisations_of(asking.person, asking.now),
        all_of=asking.request.GET.get("all", ""),
        first=FIRST,
    )


urlpatterns = [path("teams/<str:team>/", board, name="board")]
