"""Matters: something that ought to be talked about, before anyone proposes what to do."""

from django.http import Http404, HttpResponse
from django.urls import path, reverse

from manyhands import acts, who
from manyhands.log.read import brought_forward
from manyhands.pictures import proposals
from manyhands.pictures.heard import deputised
from manyhands.workspace.actions import press
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking, in_a_team, new_identifier
from manyhands.workspace.drafts import too_long
from manyhands.workspace.showing import show
from manyhands.workspace.speaking import button
from manyhands.workspace.typed import identifier_typed, words_typed

Errors = dict[str, list[str]]


@in_a_team
def raise_matter(asking: Asking) -> HttpResponse:
    """Raise a matter, about a group or in general."""
    typed = asking.request.POST
    if asking.request.method != "POST":
        return _form(asking, asking.request.GET.get("group", ""))
    group = identifier_typed(typed, "group")
    if errors := too_long(typed):
        return _again(_form(asking, group, typed.get("matter", ""), errors))
    words = words_typed(typed, "matter")
    act = acts.Raise(
        **asking.speaking(),
        matter=who.Matter(new_identifier()),
        group=who.Group(group) if group else None,
        words=acts.Words(words),
    )
    return press(
        asking,
        act,
        said="The matter is raised. Others can say something about it.",
        then=reverse("matter", kwargs={"team": asking.team, "matter": act.matter}),
        otherwise=lambda reasons: _form(asking, group, words, {"matter": reasons}),
    )


def _form(asking: Asking, group: str, words: str = "", errors: Errors | None = None) -> HttpResponse:
    groups = [(str(group.group), group.called or "A group") for group in asking.standing.groups.values()]
    named = who.Matter("(a matter to be raised)")
    speaking = button(asking, lambda fields: acts.Raise(**fields, matter=named, words=TO_BE_WRITTEN))
    return show(
        asking,
        "raise_matter.html",
        current="board",
        errors=errors or {},
        words=words,
        group=group,
        group_choices=[("", "No group"), *groups],
        speaking=speaking,
    )


def _again(page: HttpResponse) -> HttpResponse:
    page.status_code = 422
    return page


@in_a_team
def matter(asking: Asking, matter: str) -> HttpResponse:
    """A matter, with what was said about it; a comment is added by the same page."""
    if asking.request.method != "POST":
        return _matter(asking, matter)
    story = _find(asking, matter)
    if errors := too_long(asking.request.POST):
        return _again(_matter(asking, matter, errors))
    words = acts.Words(words_typed(asking.request.POST, "comment"))
    return press(
        asking,
        acts.Comment(**asking.speaking(), matter=story.matter, words=words),
        said="Your comment is there.",
        then=reverse("matter", kwargs={"team": asking.team, "matter": matter}),
        otherwise=lambda reasons: _matter(asking, matter, {"comment": reasons}),
    )


def _find(asking: Asking, matter: str) -> proposals.MatterStory:
    story = brought_forward(asking.team, proposals.fold).matters.get(who.Matter(matter))
    if story is None:
        raise Http404
    return story


def _matter(asking: Asking, matter: str, errors: Errors | None = None) -> HttpResponse:
    story = _find(asking, matter)
    speaking = button(asking, lambda fields: acts.Comment(**fields, matter=story.matter, words=TO_BE_WRITTEN))
    return show(
        asking,
        "matter.html",
        current="board",
        errors=errors or {},
        story=story,
        typed=asking.request.POST,
        speaking=speaking,
        standing=asking.standing,
        deputised=lambda by: deputised(by.person, by.role, by.at, asking.standing),
    )


urlpatterns = [
    path("teams/<str:team>/matters/new", raise_matter, name="raise"),
    path("teams/<str:team>/matters/<str:matter>", matter, name="matter"),
]
