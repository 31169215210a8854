"""
Leading: how leading passes between the organisations and professions of a team, and what I did myself.

Of persons it says nothing to anybody but themselves, and to them one thing after another, never a number.
"""

from datetime import timedelta

from django.http import HttpResponse
from django.urls import path

from manyhands.log.read import brought_forward
from manyhands.pictures import leading as picture
from manyhands.pictures import proposals
from manyhands.pictures.leading import FOLLOWS, MOVED, WAYS
from manyhands.workspace import leading_shown as shown
from manyhands.workspace.asking import Asking, in_a_team
from manyhands.workspace.showing import show

A_YEAR = timedelta(days=365)
MOST_OF_MINE = 40


@in_a_team
def leading(asking: Asking) -> HttpResponse:
    found = brought_forward(asking.team, picture.fold)
    done = found.since(asking.now - A_YEAR)
    asked = asking.request.GET.get("by", "organisation")
    by: shown.By = next((level for level in shown.BY if level == asked), "organisation")
    units = shown.Units(asking, by, done)
    told = brought_forward(asking.team, proposals.fold).proposals
    ended = [each for each in found.ended.values() if each.at >= asking.now - A_YEAR]
    mine = [each for each in reversed(done) if each.person == asking.person and each.way != FOLLOWS]
    moved = shown.over_time(asking, found)
    return show(
        asking,
        "leading.html",
        current="leading",
        wide=True,
        by=by,
        levels=shown.BY,
        called=shown.CALLED,
        ways=WAYS,
        any_done=any(each.way in WAYS for each in done),
        shared=shown.how_shared(done, units),
        lines=shown.matrix(done, units),
        across={
            "What was proposed, that affects another organisation": shown.across(done, "proposes"),
            "What was taken on, that another organisation had asked for": shown.across(done, "takes on"),
        },
        both=shown.leading_and_following(done),
        carried_out=shown.carried_out(ended),
        moved=[each for each in reversed(done) if each.way == MOVED],
        over_time=moved,
        picture=shown.drawn(moved),
        prompt=shown.chair_prompt(found),
        mine=mine[:MOST_OF_MINE],
        questions={proposal: story.terms.question for proposal, story in told.items()},
        MOVED=MOVED,
    )


urlpatterns = [path("teams/<str:team>/leading", leading, name="leading")]
