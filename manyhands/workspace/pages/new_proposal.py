"""Proposing: the form of a proposal, which `changing_proposal.py` uses too."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import path, reverse

from manyhands import acts, who
from manyhands.log.read import brought_forward
from manyhands.pictures import proposals
from manyhands.rules import refusals
from manyhands.rules.polling import chosen_of
from manyhands.rules.things import PollStanding
from manyhands.workspace.actions import press
from manyhands.workspace.affected import affected_choices, seen_lately
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking, in_a_team, new_identifier
from manyhands.workspace.drafts import (
    AS_NOW,
    MOST_FOLLOWS,
    MOST_OPTIONS,
    Draft,
    OptionRow,
    draft_typed,
    no_such_days,
    terms_of,
    too_long,
)
from manyhands.workspace.reasons import FieldOf, by_field
from manyhands.workspace.showing import show
from manyhands.workspace.speaking import Button, button, role_choices
from manyhands.workspace.typed import day_in, day_typed

Errors = dict[str, list[str]]


def days_asked(draft: Draft) -> dict[str, str]:
    days = {"review": "The review", "independent": "The day until which everybody answers on their own"}
    return days | {f"check-{n}": f"First check of responsibility {n}" for n in range(1, len(draft.follows) + 1)}


def show_form(
    asking: Asking,
    about: dict[str, Any],
    draft: Draft,
    speaking: Button,
    errors: Errors | None = None,
    seen: dict[who.Organisation, int] | None = None,
) -> HttpResponse:
    groups = [(str(group.group), group.called or "A group") for group in asking.standing.groups.values()]
    return show(
        asking,
        "new_proposal.html",
        current="board",
        errors={name: reasons for name, reasons in (errors or {}).items() if reasons},
        draft=draft,
        speaking=speaking,
        affected_choices=affected_choices(asking, seen),
        role_choices=role_choices(asking),
        group_choices=[("", "No group"), *groups],
        proposed_choices=[
            *((str(n), f"Option {n}") for n in range(1, len(draft.options) + 1)),
            (AS_NOW, "Carry on as now"),
        ],
        two_roles=len(asking.standing.roles) > 1,
        most_options=MOST_OPTIONS,
        most_follows=MOST_FOLLOWS,
        **about,
    )


def _begun(asking: Asking) -> HttpResponse:
    """
    The form to begin with, about what the address says: a poll, a matter, a group. The organisations that have seen
    people of the group are ticked; where none has, or nothing is known, every one that could be heard is.
    """
    typed = asking.request.GET
    poll = asking.standing.polls.get(who.Poll(typed.get("poll", "")))
    if poll is not None:
        return show_form(asking, {"changing": None}, _of_a_poll(asking, poll), _propose_button(asking))
    matter = brought_forward(asking.team, proposals.fold).matters.get(who.Matter(typed.get("matter", "")))
    group = typed.get("group", "") or (matter.group if matter and matter.group else "")
    group = group if group in asking.standing.groups else ""
    seen = seen_lately(asking, group)
    could = [value for value, _, _, disabled in affected_choices(asking) if not disabled]
    draft = Draft(
        question=matter.words if matter else "",
        matter=matter.matter if matter else "",
        affected=tuple(o for o in could if o in seen) or tuple(could),
        group=group,
    )
    return show_form(asking, {"changing": None}, draft, _propose_button(asking), seen=seen)


def _of_a_poll(asking: Asking, poll: PollStanding) -> Draft:
    """The form filled with what came of a poll: its question, its options, and what was chosen as what is proposed."""
    chosen = chosen_of(poll)
    others = [each for each in poll.put.options if not each.carry_on]
    ordered = sorted(others, key=lambda each: each.option not in chosen)[:MOST_OPTIONS]
    words = [asking.names.person(each.person) if each.person else each.words for each in ordered]
    as_now = bool(chosen) and all((choice := poll.option(each)) is not None and choice.carry_on for each in chosen)
    return Draft(
        question=poll.put.question,
        options=tuple(OptionRow(words=each) for each in words) or (OptionRow(),),
        proposed=AS_NOW if as_now else "1",
        affected=tuple(poll.put.asked),
        group=poll.put.group or "",
        matter=poll.put.matter or "",
        poll=poll.poll,
    )


def _propose_button(asking: Asking) -> Button:
    """Whether whoever asks could propose at all: a proposal that has all it needs, but for its words."""
    affected = next((organisation for organisation, _, _, disabled in affected_choices(asking) if not disabled), None)
    terms = acts.Terms(
        question=TO_BE_WRITTEN,
        options=(
            acts.Option(option=AS_NOW, words=TO_BE_WRITTEN, carry_on=True),
            acts.Option(option="1", words=TO_BE_WRITTEN),
        ),
        proposed="1",
        affected=(who.Organisation(affected),) if affected else (),
        follows=(),
        review_on=None,
        review_by=None,
    )
    named = who.Proposal("(a proposal to be made)")
    return button(asking, lambda speaking: acts.Propose(**speaking, proposal=named, terms=terms))


@in_a_team
def propose(asking: Asking) -> HttpResponse:
    """Put a proposal to the organisations that it affects."""
    about: dict[str, Any] = {"changing": None}
    if asking.request.method != "POST":
        return _begun(asking)
    typed = asking.request.POST
    draft = draft_typed(typed)
    if "more" in typed:
        return show_form(asking, about, with_more(draft, typed), _propose_button(asking))
    act = acts.Propose(
        **asking.speaking(),
        proposal=who.Proposal(new_identifier()),
        group=who.Group(draft.group) if draft.group else None,
        matter=who.Matter(draft.matter) if draft.matter else None,
        poll=who.Poll(draft.poll) if draft.poll else None,
        independent_until=day_typed(typed, "independent"),
        terms=terms_of(draft, typed),
    )
    if errors := no_such_days(typed, days_asked(draft)) | too_long(typed):
        errors = all_at_once(asking, act, draft, errors)
        return refused(asking, about, as_typed(draft, typed), _propose_button(asking), errors)
    return press(
        asking,
        act,
        said="Proposed. Every organisation that it affects is asked now.",
        then=reverse("proposal", kwargs={"team": asking.team, "proposal": act.proposal}),
        otherwise=lambda reasons: show_form(
            asking, about, draft, _propose_button(asking), by_field(asking, act, reasons, field_of(draft))
        ),
    )


def field_of(draft: Draft) -> FieldOf:
    """The box that each reason against a proposal or a change is about; of several rows, the first that it fits."""
    rows = list(enumerate(draft.follows, 1))
    twice = next((n for n, row in rows if row.role and row.role == row.deputy_role), 1)
    unsaid = next((n for n, row in rows if not row.what and not row.is_empty), 1)
    checks = {
        refusals.check_in_the_past(refusals.short(row.what), on): f"check-{n}"
        for n, row in reversed(rows)
        if (on := day_in(row.check)) is not None
    }
    boxes = {
        "closes-in-the-past": "independent",
        "nobody-affected": "affected",
        "nobody-can-speak-for": "affected",
        "nothing-proposed": "proposed" if any(row.words for row in draft.options) else "option-1",
        "one-option-only": "option-1",
        "reason-needed": "because",
        "review-in-the-past": "review",
        "same-role-twice": f"deputy-{twice}",
    }
    written = {"the question": "question", "each option": "option-1", "what each responsibility is": f"what-{unsaid}"}
    return lambda refusal: (
        checks.get(refusal, "") or written.get(dict(refusal.words).get("what", ""), "") or boxes.get(refusal.code, "")
    )


def all_at_once(asking: Asking, act: acts.AnyAct, draft: Draft, errors: Errors) -> Errors:
    """What is wrong with what was typed, and every reason of the rules besides, so that all is put right in one go."""
    return by_field(asking, act, asking.reasons_against(act), field_of(draft)) | errors


def with_more(draft: Draft, typed: QueryDict) -> Draft:
    return draft.with_another_option if typed["more"] == "option" else draft.with_another_responsibility


def as_typed(draft: Draft, typed: QueryDict) -> Draft:
    """The draft with every text at the length it was typed, so that nothing is lost where one is too long."""
    return replace(
        draft,
        question=typed.get("question", ""),
        options=tuple(
            replace(row, words=typed.get(f"option-{number}", "")) for number, row in enumerate(draft.options, 1)
        ),
        follows=tuple(
            replace(row, what=typed.get(f"what-{number}", ""), known_by=typed.get(f"known-{number}", ""))
            for number, row in enumerate(draft.follows, 1)
        ),
    )


def refused(asking: Asking, about: dict[str, Any], draft: Draft, speaking: Button, errors: Errors) -> HttpResponse:
    again = show_form(asking, about, draft, speaking, errors)
    again.status_code = 422
    return again


urlpatterns = [
    path("teams/<str:team>/proposals/new", propose, name="propose"),
]
