"""Changing a decision in its review: a new proposal that begins from it, and takes its place when it is agreed."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.urls import path, reverse

from manyhands import acts, who
from manyhands.rules.days import day_of
from manyhands.workspace.actions import press
from manyhands.workspace.asking import Asking, in_a_team, new_identifier
from manyhands.workspace.drafts import draft_of, draft_typed, no_such_days, terms_of, too_long
from manyhands.workspace.pages.new_proposal import (
    all_at_once,
    as_typed,
    days_asked,
    field_of,
    refused,
    show_form,
    with_more,
)
from manyhands.workspace.pages.review import find_decision
from manyhands.workspace.reasons import by_field
from manyhands.workspace.speaking import Button
from manyhands.workspace.typed import words_typed


@in_a_team
def change_decision(asking: Asking, proposal: str) -> HttpResponse:
    """Propose what is to take the place of a decision that is under review, saying why."""
    _, stands, closed = find_decision(asking, proposal)
    if not closed.is_under_review(day_of(asking.now)):
        raise Http404
    typed = asking.request.POST
    about = {"changing": None, "replacing": stands, "because": typed.get("because", "")}
    speaking = Button(asking.hats, ())
    if asking.request.method != "POST":
        begun = draft_of(stands.terms)
        days_again = tuple(replace(row, which="", check={}) for row in begun.follows)
        return show_form(asking, about, replace(begun, follows=days_again, review={}), speaking)
    draft = draft_typed(typed)
    if "more" in typed:
        return show_form(asking, about, with_more(draft, typed), speaking)
    proposing = acts.Propose(
        **asking.speaking(),
        proposal=who.Proposal(new_identifier()),
        group=stands.group,
        terms=terms_of(draft, typed),
    )
    replacing = acts.Replace(
        **asking.speaking(),
        proposal=stands.proposal,
        replacement=proposing.proposal,
        because=acts.Words(words_typed(typed, "because")),
    )
    if errors := no_such_days(typed, days_asked(draft)) | too_long(typed):
        errors = all_at_once(asking, proposing, draft, errors)
        return refused(asking, about, as_typed(draft, typed), speaking, errors)

    def otherwise(reasons: list[str]) -> HttpResponse:
        errors = by_field(asking, proposing, reasons, field_of(draft))
        if not replacing.because.strip():
            errors.setdefault("because", asking.reasons_against(replacing)[:1])
        return show_form(asking, about, draft, speaking, errors)

    return press(
        asking,
        proposing,
        replacing,
        said="Proposed. When it is agreed, it takes the place of the decision; until then the decision goes on.",
        then=reverse("proposal", kwargs={"team": asking.team, "proposal": proposing.proposal}),
        otherwise=otherwise,
    )


urlpatterns = [
    path("teams/<str:team>/proposals/<str:proposal>/review/change", change_decision, name="change-decision"),
]
