"""What the affected organisations press on a proposal: positions, comments, safety concerns and conditions."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from manyhands import acts, who
from manyhands.pictures.proposals import ProposalStory
from manyhands.rules.refusals import Refusal
from manyhands.rules.things import ProposalStanding
from manyhands.workspace.actions import press
from manyhands.workspace.asking import Asking, in_a_team
from manyhands.workspace.drafts import too_long
from manyhands.workspace.pages.proposal import find, show_proposal
from manyhands.workspace.positions import BY_KIND, position
from manyhands.workspace.reasons import FieldOf, by_field
from manyhands.workspace.speaking import WHICH_ROLE, has_to_choose, spoken_as
from manyhands.workspace.typed import identifier_typed, words_typed

Pressed = Callable[[Asking, ProposalStory, ProposalStanding], HttpResponse]


def on_a_proposal(pressed: Pressed) -> Callable[..., HttpResponse]:
    """A button of a proposal's page. Somebody who comes to its address otherwise (reload, Back) is shown the page."""

    @in_a_team
    def asked(asking: Asking, proposal: str) -> HttpResponse:
        story, stands = find(asking, proposal)
        if asking.request.method != "POST":
            return redirect("proposal", team=asking.team, proposal=proposal)
        if errors := too_long(asking.request.POST):
            page = show_proposal(asking, story.proposal, errors, asking.request.POST)
            page.status_code = 422
            return page
        return pressed(asking, story, stands)

    return asked


def again(asking: Asking, story: ProposalStory, box: str = "") -> Callable[[list[str]], HttpResponse]:
    """The page again with the reasons at its head, and what was typed in its box."""
    return lambda reasons: show_proposal(asking, story.proposal, {box: reasons}, asking.request.POST)


def refused(asking: Asking, story: ProposalStory, reason: str) -> HttpResponse:
    """The page again, answered so that nobody takes it for done."""
    page = again(asking, story)([reason])
    page.status_code = 422
    return page


def page_of(asking: Asking, story: ProposalStory, part: str = "") -> str:
    return reverse("proposal", kwargs={"team": asking.team, "proposal": story.proposal}) + part


def version_typed(asking: Asking) -> int:
    """The version that was on the page when the button was pressed; 0 for what is no number."""
    typed = asking.request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else 0


@on_a_proposal
def answer(asking: Asking, story: ProposalStory, stands: ProposalStanding) -> HttpResponse:
    """Take a position, in a role, on the version that was read."""
    kind = asking.request.POST.get("kind", "")
    if kind not in BY_KIND:
        return refused(asking, story, "Choose one of the six answers.")
    if has_to_choose(asking, stands.terms.affected):
        page = show_proposal(asking, story.proposal, {f"in_role-{kind}": [WHICH_ROLE]}, asking.request.POST)
        page.status_code = 422
        return page
    speaking = asking.speaking()
    act = position(
        asking,
        kind,
        story.proposal,
        version_typed(asking),
        acts.Words(words_typed(asking.request.POST, f"because-{kind}")),
        speaking,
        fulfilled_by=who.Role(identifier_typed(asking.request.POST, "fulfilled_by")),
    )
    said = f"Your answer is on the record: {BY_KIND[kind].called}, as {_as_whom(act, asking)}."
    doing: list[acts.AnyAct] = [act]
    states = asking.request.POST.get("states", "")
    if isinstance(act, acts.Object) and states in (acts.Criterion.HARM, acts.Criterion.DUTY):
        criterion = acts.Criterion(states)
        doing.append(acts.TestObjection(**speaking, objection=act.objection, states=criterion))

    def otherwise(reasons: list[str]) -> HttpResponse:
        errors = by_field(asking, act, reasons, _field_of(kind))
        if "fulfilled_by" in errors:
            errors["fulfilled_by"] = ["Choose the role that can say that it is fulfilled."]
        return show_proposal(asking, story.proposal, errors, asking.request.POST)

    return press(asking, *doing, said=said, then=page_of(asking, story), otherwise=otherwise)


def _field_of(kind: str) -> FieldOf:
    """The box of an answer that each reason against it is about."""

    def field(refusal: Refusal) -> str:
        if refusal.code == "nothing-like-it" and kind == "condition":
            return "fulfilled_by"
        return f"because-{kind}" if refusal.code == "reason-needed" else ""

    return field


@on_a_proposal
def confirm(asking: Asking, story: ProposalStory, stands: ProposalStanding) -> HttpResponse:
    """Say again, on the version in hand, what one's role said before."""
    role = who.Role(identifier_typed(asking.request.POST, "in_role"))
    said = story.newest_in(role)
    if said is None:
        return refused(asking, story, "This role has not answered before. Choose one of the six answers.")
    act = position(
        asking,
        said.kind,
        story.proposal,
        version_typed(asking),
        said.because,
        asking.speaking(role),
        fulfilled_by=said.fulfilled_by,
        again=said,
    )
    told = f"Confirmed on version {stands.version}: {BY_KIND[said.kind].called}, as {_as_whom(act, asking)}."
    return press(asking, act, said=told, then=page_of(asking, story), otherwise=again(asking, story))


def _as_whom(act: acts.AnyAct, asking: Asking) -> str:
    return spoken_as(act.in_role, act.for_organisation, asking)


@on_a_proposal
def comment(asking: Asking, story: ProposalStory, stands: ProposalStanding) -> HttpResponse:
    """Say something without taking a position."""
    words = acts.Words(words_typed(asking.request.POST, "comment"))
    act = acts.Comment(**asking.speaking(), proposal=story.proposal, words=words)
    then = page_of(asking, story, "#comments")
    return press(asking, act, said="Your comment is there.", then=then, otherwise=again(asking, story, "comment"))


def _objection(asking: Asking, story: ProposalStory) -> who.Objection:
    named = who.Objection(asking.request.POST.get("objection", ""))
    if named not in {concern.objection for concern in story.concerns}:
        raise Http404
    return named


@on_a_proposal
def resolve(asking: Asking, story: ProposalStory, stands: ProposalStanding) -> HttpResponse:
    """
    Close a safety concern because it has been met, by a change or by a safeguard among what follows; with "consent",
    the same press gives consent, both or neither.
    """
    objection, version = _objection(asking, story), version_typed(asking)
    speaking = asking.speaking()
    safeguard = identifier_typed(asking.request.POST, "safeguard")
    resolving = acts.Resolve(
        **speaking,
        objection=objection,
        version=version,
        safeguard=who.Responsibility(safeguard) if safeguard else None,
        because=acts.Words(words_typed(asking.request.POST, f"met-{objection}")),
    )
    doing: list[acts.AnyAct] = [resolving]
    said = "The safety concern is closed."
    if asking.request.POST.get("consent"):
        doing.append(acts.Consent(**speaking, proposal=story.proposal, version=version))
        said = "The safety concern is closed, and your consent is on the record."
    return press(asking, *doing, said=said, then=page_of(asking, story), otherwise=again(asking, story))


@on_a_proposal
def test_concern(asking: Asking, story: ProposalStory, stands: ProposalStanding) -> HttpResponse:
    """Say what a safety concern states: harm, a risk to a duty, or neither, with the reason."""
    objection = _objection(asking, story)
    box, states = f"test-{objection}", asking.request.POST.get("states", "")
    if states not in list(acts.Criterion):
        page = show_proposal(asking, story.proposal, {f"states-{objection}": ["Choose one of the three."]})
        page.status_code = 422
        return page
    because = acts.Words(words_typed(asking.request.POST, box))
    criterion = acts.Criterion(states)
    act = acts.TestObjection(**asking.speaking(), objection=objection, states=criterion, because=because)
    said = "What the safety concern states is on the record."
    return press(asking, act, said=said, then=page_of(asking, story), otherwise=again(asking, story, box))


@on_a_proposal
def lower_concern(asking: Asking, story: ProposalStory, stands: ProposalStanding) -> HttpResponse:
    """Make one's safety concern a concern, in the same words."""
    act = acts.LowerToConcern(**asking.speaking(), objection=_objection(asking, story), version=version_typed(asking))
    said = "It is a concern now: your consent, with your words as a worry on the record."
    return press(asking, act, said=said, then=page_of(asking, story), otherwise=again(asking, story))


@on_a_proposal
def withdraw_concern(asking: Asking, story: ProposalStory, stands: ProposalStanding) -> HttpResponse:
    """Take a safety concern back, saying why."""
    objection = _objection(asking, story)
    box = f"back-{objection}"
    because = acts.Words(words_typed(asking.request.POST, box))
    act = acts.WithdrawObjection(**asking.speaking(), objection=objection, because=because)
    said = "The safety concern is taken back. It stays on the record."
    return press(asking, act, said=said, then=page_of(asking, story), otherwise=again(asking, story, box))


@on_a_proposal
def fulfil(asking: Asking, story: ProposalStory, stands: ProposalStanding) -> HttpResponse:
    """Say that a condition has been met."""
    condition = who.Condition(asking.request.POST.get("condition", ""))
    if condition not in {each.condition for each in story.conditions}:
        raise Http404
    because = acts.Words(words_typed(asking.request.POST, f"fulfilled-{condition}"))
    act = acts.Fulfil(**asking.speaking(), condition=condition, because=because)
    said = "The condition is fulfilled."
    return press(asking, act, said=said, then=page_of(asking, story), otherwise=again(asking, story))


ON = "teams/<str:team>/proposals/<str:proposal>"
urlpatterns = [
    path(f"{ON}/answer", answer, name="answer"),
    path(f"{ON}/confirm", confirm, name="confirm"),
    path(f"{ON}/comment", comment, name="comment"),
    path(f"{ON}/resolve", resolve, name="resolve"),
    path(f"{ON}/test-concern", test_concern, name="test-concern"),
    path(f"{ON}/lower-concern", lower_concern, name="lower-concern"),
    path(f"{ON}/withdraw-concern", withdraw_concern, name="withdraw-concern"),
    path(f"{ON}/fulfil", fulfil, name="fulfil"),
]
