"""Changing a proposal: materially, or in its wording only, in the form that it was proposed in."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import path, reverse

from manyhands import acts
from manyhands.workspace.actions import press
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking, in_a_team
from manyhands.workspace.drafts import draft_of, draft_typed, no_such_days, terms_of, too_long
from manyhands.workspace.pages.answering import version_typed
from manyhands.workspace.pages.new_proposal import (
    all_at_once,
    as_typed,
    days_asked,
    field_of,
    refused,
    show_form,
    with_more,
)
from manyhands.workspace.pages.proposal import find
from manyhands.workspace.reasons import by_field
from manyhands.workspace.speaking import button
from manyhands.workspace.typed import words_typed


@in_a_team
def amend(asking: Asking, proposal: str) -> HttpResponse:
    """Change what is proposed, materially or in its wording only, saying why."""
    story, stands = find(asking, proposal)
    if not stands.is_open:
        raise Http404
    typed = asking.request.POST
    about: dict[str, Any] = {
        "changing": stands,
        "material": typed.get("material", "yes"),
        "because": typed.get("because", ""),
        "version": typed.get("version", str(stands.version)),
    }

    def make(speaking: dict[str, Any], terms: acts.Terms, because: acts.Words, version: int) -> acts.Amend:
        return acts.Amend(
            **speaking,
            proposal=story.proposal,
            version=version,
            material=about["material"] != "no",
            terms=terms,
            because=because,
        )

    changed = replace(stands.terms, question=TO_BE_WRITTEN)
    speaking = button(asking, lambda fields: make(fields, changed, TO_BE_WRITTEN, stands.version))
    if asking.request.method != "POST":
        return show_form(asking, about, draft_of(stands.terms), speaking)
    draft = draft_typed(typed)
    if "more" in typed:
        return show_form(asking, about, with_more(draft, typed), speaking)
    terms = terms_of(draft, typed, before=stands.terms)
    because = acts.Words(words_typed(typed, "because"))
    act = make(asking.speaking(), terms, because, version_typed(asking))
    if errors := no_such_days(typed, days_asked(draft)) | too_long(typed):
        errors = all_at_once(asking, act, draft, errors)
        return refused(asking, about, as_typed(draft, typed), speaking, errors)
    said = (
        f"Version {stands.version + 1} is in hand. Whoever answered before sees what changed, and can confirm."
        if act.material
        else "The wording is changed. Every answer stands."
    )
    return press(
        asking,
        act,
        said=said,
        then=reverse("proposal", kwargs={"team": asking.team, "proposal": proposal}),
        otherwise=lambda reasons: show_form(
            asking, about, draft, speaking, by_field(asking, act, reasons, field_of(draft))
        ),
    )


urlpatterns = [path("teams/<str:team>/proposals/<str:proposal>/amend", amend, name="amend")]
