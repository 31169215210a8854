"""The form of a proposal: to make one, and to change one."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.urls import path, reverse

from manyhands import acts, who
from manyhands.log.read import brought_forward
from manyhands.pictures import proposals
from manyhands.workspace.actions import press
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking, in_a_team, new_identifier
from manyhands.workspace.drafts import (
    AS_NOW,
    MOST_FOLLOWS,
    MOST_OPTIONS,
    Draft,
    draft_of,
    draft_typed,
    no_such_days,
    terms_of,
    too_long,
)
from manyhands.workspace.pages.answering import version_typed
from manyhands.workspace.pages.proposal import find
from manyhands.workspace.reasons import FieldOf, by_field
from manyhands.workspace.showing import show
from manyhands.workspace.speaking import Button, button, role_choices
from manyhands.workspace.typed import words_typed

Errors = dict[str, list[str]]


def _days_asked(draft: Draft) -> dict[str, str]:
    rows = range(1, len(draft.follows) + 1)
    return {"review": "The review"} | {f"check-{number}": f"First check of responsibility {number}" for number in rows}


def _affected_choices(asking: Asking) -> list[tuple[str, str, str, bool]]:
    """The team's organisations; one that nobody could speak for cannot be ticked, and says why."""
    standing, names = asking.standing, asking.names
    return [
        (organisation, names.organisation(organisation), "" if could else "Nobody has a role for it yet", not could)
        for organisation in standing.organisations(asking.now)
        for could in [bool(standing.who_could_speak_for(organisation, asking.now))]
    ]


def _show(
    asking: Asking, template_about: dict[str, Any], draft: Draft, speaking: Button, errors: Errors | None = None
) -> HttpResponse:
    groups = [(str(group.group), group.called or "A group") for group in asking.standing.groups.values()]
    return show(
        asking,
        "new_proposal.html",
        current="board",
        errors={name: reasons for name, reasons in (errors or {}).items() if reasons},
        draft=draft,
        speaking=speaking,
        affected_choices=_affected_choices(asking),
        role_choices=role_choices(asking),
        group_choices=[("", "No group"), *groups],
        proposed_choices=[
            *((str(n), f"Option {n}") for n in range(1, len(draft.options) + 1)),
            (AS_NOW, "Carry on as now"),
        ],
        most_options=MOST_OPTIONS,
        most_follows=MOST_FOLLOWS,
        **template_about,
    )


# ---- making one --------------------------------------------------------------------------------------------------


def _blank(asking: Asking) -> Draft:
    """An empty form: every organisation ticked that could be heard, and what the address says about where it began."""
    typed = asking.request.GET
    matter = brought_forward(asking.team, proposals.fold).matters.get(who.Matter(typed.get("matter", "")))
    group = typed.get("group", "") or (matter.group if matter and matter.group else "")
    return Draft(
        question=matter.words if matter else "",
        matter=matter.matter if matter else "",
        affected=tuple(value for value, _, _, disabled in _affected_choices(asking) if not disabled),
        group=group if group in asking.standing.groups else "",
    )


def _propose_button(asking: Asking) -> Button:
    """Whether whoever asks could propose at all: a proposal that has all it needs, but for its words."""
    affected = next((organisation for organisation, _, _, disabled in _affected_choices(asking) if not disabled), None)
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
        return _show(asking, about, _blank(asking), _propose_button(asking))
    typed = asking.request.POST
    draft = draft_typed(typed)
    if "more" in typed:
        return _show(asking, about, _with_more(draft, typed), _propose_button(asking))
    if errors := no_such_days(typed, _days_asked(draft)) | too_long(typed):
        return _refused(asking, about, _as_typed(draft, typed), _propose_button(asking), errors)
    act = acts.Propose(
        **asking.speaking(),
        proposal=who.Proposal(new_identifier()),
        group=who.Group(draft.group) if draft.group else None,
        matter=who.Matter(draft.matter) if draft.matter else None,
        terms=terms_of(draft, typed),
    )
    return press(
        asking,
        act,
        said="Proposed. Every organisation that it affects is asked now.",
        then=reverse("proposal", kwargs={"team": asking.team, "proposal": act.proposal}),
        otherwise=lambda reasons: _show(
            asking, about, draft, _propose_button(asking), by_field(asking, act, reasons, _field_of(draft))
        ),
    )


def _field_of(draft: Draft) -> FieldOf:
    """The box that each reason against a proposal or a change is about; of several rows, the first that it fits."""
    rows = list(enumerate(draft.follows, 1))
    twice = next((n for n, row in rows if row.role and row.role == row.deputy_role), 1)
    unsaid = next((n for n, row in rows if not row.what and not row.is_empty), 1)
    boxes = {
        "nobody-affected": "affected",
        "nobody-can-speak-for": "affected",
        "nothing-proposed": "proposed" if any(row.words for row in draft.options) else "option-1",
        "one-option-only": "option-1",
        "reason-needed": "because",
        "same-role-twice": f"deputy-{twice}",
    }
    written = {"the question": "question", "each option": "option-1", "what each responsibility is": f"what-{unsaid}"}
    return lambda refusal: written.get(dict(refusal.words).get("what", ""), "") or boxes.get(refusal.code, "")


def _with_more(draft: Draft, typed: QueryDict) -> Draft:
    return draft.with_another_option if typed["more"] == "option" else draft.with_another_responsibility


def _as_typed(draft: Draft, typed: QueryDict) -> Draft:
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


def _refused(asking: Asking, about: dict[str, Any], draft: Draft, speaking: Button, errors: Errors) -> HttpResponse:
    again = _show(asking, about, draft, speaking, errors)
    again.status_code = 422
    return again


# ---- changing one ------------------------------------------------------------------------------------------------


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
        return _show(asking, about, draft_of(stands.terms), speaking)
    draft = draft_typed(typed)
    if "more" in typed:
        return _show(asking, about, _with_more(draft, typed), speaking)
    if errors := no_such_days(typed, _days_asked(draft)) | too_long(typed):
        return _refused(asking, about, _as_typed(draft, typed), speaking, errors)
    terms = terms_of(draft, typed, before=stands.terms)
    because = acts.Words(words_typed(typed, "because"))
    act = make(asking.speaking(), terms, because, version_typed(asking))
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
        otherwise=lambda reasons: _show(
            asking, about, draft, speaking, by_field(asking, act, reasons, _field_of(draft))
        ),
    )


urlpatterns = [
    path("teams/<str:team>/proposals/new", propose, name="propose"),
    path("teams/<str:team>/proposals/<str:proposal>/amend", amend, name="amend"),
]
