"""
The review of a decision: what was expected and what has happened, what every organisation says now, and the buttons
that renew, change or end it.
"""

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse

from manyhands import acts, who
from manyhands.log.read import brought_forward
from manyhands.pictures import proposals, who_holds_what
from manyhands.pictures.heard import deputised
from manyhands.pictures.proposals import ProposalStory
from manyhands.pictures.reviews import Review, expected, follow_through
from manyhands.rules.days import day_of
from manyhands.rules.refusals import Refusal
from manyhands.rules.reviewing import silent_in_review
from manyhands.rules.things import Closed, ProposalStanding
from manyhands.workspace.actions import press
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking, in_a_team
from manyhands.workspace.drafts import no_such_days, too_long
from manyhands.workspace.pages.each_person import reaches_of
from manyhands.workspace.pages.proposal import find
from manyhands.workspace.reasons import by_field
from manyhands.workspace.showing import show
from manyhands.workspace.speaking import WHICH_ROLE, Button, button, has_to_choose, role_choices
from manyhands.workspace.typed import day_typed, identifier_typed, words_typed

Errors = dict[str, list[str]]
WORKS = (
    (acts.Works.YES.value, "Yes, it works"),
    (acts.Works.PARTLY.value, "In part"),
    (acts.Works.NO.value, "No"),
)
SAFE = (("yes", "Yes, it is safe"), ("no", "No, going on would do harm"))


def find_decision(asking: Asking, proposal: str) -> tuple[ProposalStory, ProposalStanding, Closed]:
    """The decision of that name: a proposal that was agreed, whether or not it still holds."""
    story, stands = find(asking, proposal)
    if stands.closed is None or not stands.closed.is_decision:
        raise Http404
    return story, stands, stands.closed


@in_a_team
def review(asking: Asking, proposal: str) -> HttpResponse:
    """The page; and, by the name of the button, what was pressed on it."""
    _, stands, _ = find_decision(asking, proposal)
    if asking.request.method != "POST":
        return show_review(asking, proposal)
    doing = PRESSED.get(asking.request.POST.get("do", ""))
    if doing is None:
        return redirect("review", team=asking.team, proposal=proposal)
    typed = asking.request.POST
    if errors := no_such_days(typed, {"review": "The next review"}) | too_long(typed):
        return _again(asking, proposal, errors)
    if typed.get("do") == "answer" and has_to_choose(asking, stands.terms.affected):
        return _again(asking, proposal, {"in_role-answer": [WHICH_ROLE]})
    act, said, boxes = doing(asking, who.Proposal(proposal))
    if missing := {
        box: [words] for box, words in NEEDED.get(typed.get("do", ""), {}).items() if not _given(typed, box)
    }:
        return _again(asking, proposal, missing)
    return press(
        asking,
        act,
        said=said,
        then=reverse("review", kwargs={"team": asking.team, "proposal": proposal}),
        otherwise=lambda reasons: show_review(
            asking, proposal, by_field(asking, act, reasons, lambda refusal: _box(refusal, boxes))
        ),
    )


def _again(asking: Asking, proposal: str, errors: Errors) -> HttpResponse:
    page = show_review(asking, proposal, errors)
    page.status_code = 422
    return page


# ---- what each button does ---------------------------------------------------------------------------------------

Done = tuple[acts.AnyAct, str, dict[str, str]]
NEEDED = {
    "answer": {"works": "Say whether it still works.", "safe": "Say whether it is still safe."},
    "renew": {"review": "Choose the day of the next review."},
}
"""What each form needs that no rule can judge, because the act cannot be made without it."""


def _given(typed: QueryDict, box: str) -> bool:
    return day_typed(typed, box) is not None if box == "review" else bool(typed.get(box))


def _box(refusal: Refusal, boxes: dict[str, str]) -> str:
    """The box that a reason is about."""
    return boxes.get(refusal.code, "")


def _open(asking: Asking, which: who.Proposal) -> Done:
    because = acts.Words(words_typed(asking.request.POST, "why-open"))
    act = acts.OpenReview(**asking.speaking(), proposal=which, because=because)
    said = "The review is open. Every organisation that the decision affects is asked."
    return act, said, {"reason-needed": "why-open"}


def _answer(asking: Asking, which: who.Proposal) -> Done:
    typed = asking.request.POST
    works = typed.get("works", "")
    act = acts.AnswerReview(
        **asking.speaking(),
        proposal=which,
        works=acts.Works(works) if works in dict(WORKS) else acts.Works.PARTLY,
        safe=typed.get("safe") == "yes",
        because=acts.Words(words_typed(typed, "why-answer")),
    )
    return act, "Your answer in the review is on the record.", {"reason-needed": "why-answer"}


def _renew(asking: Asking, which: who.Proposal) -> Done:
    typed = asking.request.POST
    closed = asking.standing.proposals[which].closed
    act = acts.Renew(
        **asking.speaking(),
        proposal=which,
        review_on=day_typed(typed, "review") or day_of(asking.now),
        review_by=who.Role(identifier_typed(typed, "review_by") or (closed and closed.review_by) or ""),
        because=acts.Words(words_typed(typed, "why-renew")),
    )
    boxes = {
        "next-review-not-ahead": "review",
        "nothing-like-it": "review_by",
        "not-answered-in-review": "why-renew",
    }
    return act, "Renewed. It goes on as decided until the next review.", boxes


def _replace(asking: Asking, which: who.Proposal) -> Done:
    typed = asking.request.POST
    act = acts.Replace(
        **asking.speaking(),
        proposal=which,
        replacement=who.Proposal(identifier_typed(typed, "replacement")),
        because=acts.Words(words_typed(typed, "why-replace")),
    )
    said = "Once that proposal is agreed, it takes the place of this decision. Until then the decision goes on."
    boxes = {"reason-needed": "why-replace", "nothing-like-it": "replacement", "leaves-out": "replacement"}
    return act, said, boxes


def _end(asking: Asking, which: who.Proposal) -> Done:
    because = acts.Words(words_typed(asking.request.POST, "why-end"))
    act = acts.End(**asking.speaking(), proposal=which, because=because)
    said = "The decision is ended. What follows from it stays with whoever holds it, until they close it."
    return act, said, {"reason-needed": "why-end"}


PRESSED = {"open": _open, "answer": _answer, "renew": _renew, "replace": _replace, "end": _end}


def _buttons(
    asking: Asking, stands: ProposalStanding, closed: Closed, others: list[ProposalStanding]
) -> dict[str, Button]:
    about: dict[str, Any] = {"proposal": stands.proposal}
    why: dict[str, Any] = about | {"because": TO_BE_WRITTEN}
    renewed: dict[str, Any] = why | {"review_on": day_of(asking.now).replace(year=asking.now.year + 1, day=1)}
    with_which = others[0].proposal if others else who.Proposal("")
    return {
        "open": button(asking, lambda speaking: acts.OpenReview(**speaking, **why)),
        "answer": button(
            asking, lambda speaking: acts.AnswerReview(**speaking, **why, works=acts.Works.YES, safe=True)
        ),
        "renew": button(asking, lambda speaking: acts.Renew(**speaking, **renewed, review_by=_owed_by(closed))),
        "replace": button(asking, lambda speaking: acts.Replace(**speaking, **why, replacement=with_which)),
        "end": button(asking, lambda speaking: acts.End(**speaking, **why)),
    }


def _owed_by(closed: Closed) -> who.Role:
    return closed.review_by or who.Role("")


# ---- what is shown -----------------------------------------------------------------------------------------------


def show_review(asking: Asking, which: str, errors: Errors | None = None) -> HttpResponse:
    story, stands, closed = find_decision(asking, which)
    standing, now = asking.standing, asking.now
    told = brought_forward(asking.team, proposals.fold).proposals
    lines = expected(stands, brought_forward(asking.team, who_holds_what.fold), standing, now)
    reaches = reaches_of(asking, [standing.responsibilities[line.follows.responsibility] for line in lines])
    others = [p for p in standing.proposals.values() if p.is_open and p.proposal != stands.proposal]
    open_now = closed.is_under_review(day_of(now))
    last = story.reviews[-1] if story.reviews else Review()
    review_now = Review() if last.is_over else last
    return show(
        asking,
        "review.html",
        current="board",
        wide=True,
        errors={name: reasons for name, reasons in (errors or {}).items() if reasons},
        typed=asking.request.POST or QueryDict(),
        story=story,
        stands=stands,
        closed=closed,
        told=told,
        open_now=open_now,
        review=review_now,
        before=[review for review in reversed(story.reviews) if review.is_over],
        silent=silent_in_review(stands) if open_now else (),
        expected=list(zip(lines, reaches, strict=True)),
        follow_through=follow_through(lines, reaches),
        conditions=[
            (condition, standing.conditions[condition.condition].fulfilled_by)
            for condition in story.conditions
            if not condition.dropped
        ],
        buttons=_buttons(asking, stands, closed, others),
        others=[("", "Choose a proposal"), *((str(p.proposal), p.terms.question) for p in others)],
        works_choices=WORKS,
        safe_choices=SAFE,
        works=dict(WORKS),
        role_choices=role_choices(asking),
        deputised=lambda by: deputised(by.person, by.role, by.at, standing),
        also=lambda by: standing.other_hats(by.person, by.role, by.at),
    )


urlpatterns = [path("teams/<str:team>/proposals/<str:proposal>/review", review, name="review")]
