"""The button of Find people: make a group of those chosen, or gather one again."""

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path, reverse

from manyhands import acts, who
from manyhands.access import Action, decide, reach, sharing
from manyhands.exchange.records import Findings, NoRecords, find, group_rule, put_on_file
from manyhands.pictures.groups import GroupStory
from manyhands.rules import refusals_against
from manyhands.rules.days import day_of
from manyhands.rules.folding import fold
from manyhands.workspace import searches
from manyhands.workspace.actions import press
from manyhands.workspace.asking import Asking, in_a_team, new_identifier
from manyhands.workspace.pages.find_people import find_people, show_form, show_found, the_group
from manyhands.workspace.plain_words import counted
from manyhands.workspace.searches import Searched
from manyhands.workspace.typed import words_typed

SEARCH_AGAIN = "Search again: a search can be chosen from for 30 minutes, by whoever made it. Nothing was recorded."
LOADED_AGAIN = "Search again: the records have been loaded anew since you searched. Nothing was recorded."
OTHERS_HERE = (
    "Search again: which organisations have somebody here in a role has changed since you searched, and so has whom "
    "you can find. Nothing was recorded."
)
BELONGS_TO = {"nobody-chosen": "how", "words-needed": "called", "reason-needed": "why_kept"}
"""The field of the form that each reason against is about."""


@in_a_team
def gather(asking: Asking) -> HttpResponse:
    """Make a group of whom a search has just found: all of them, or those ticked."""
    here = reverse("find-people", kwargs={"team": asking.team})
    if asking.request.method != "POST":
        return HttpResponseRedirect(here)
    typed = asking.request.POST
    group = the_group(asking, typed.get("group", ""))
    searched = searches.typed(typed.get("search", ""))
    if searched is None or searched.team != asking.team:
        return _again(asking, typed, group, SEARCH_AGAIN)
    try:
        findings = find(searched.terms, reach(asking.standing, asking.now, sharing(day_of(asking.now))))
    except NoRecords:
        return _again(asking, typed, group, LOADED_AGAIN)
    if not searched.finds_the_same(findings):
        why = LOADED_AGAIN if findings.records != searched.records else OTHERS_HERE
        return _again(asking, typed, group, why)
    if findings.found and not _may_choose(asking, searched, findings):
        return _again(asking, typed, group, SEARCH_AGAIN)
    if "more" in typed:
        return show_found(asking, searched, findings, group, typed)
    return _record(asking, searched, findings, group)


def _may_choose(asking: Asking, searched: Searched, findings: Findings) -> bool:
    """Whether whoever asks may still look over the search, or is kept from it by having no role, as the page says."""
    first, search = findings.found[0].record, searched.search(findings)
    decision = decide(asking.person, Action.REVIEW, first, asking.standing, asking.now, search)
    return decision.allowed or not asking.hats


def _again(asking: Asking, typed: QueryDict, group: GroupStory | None, why: str) -> HttpResponse:
    again = show_form(asking, typed, group, {"": why})
    again.status_code = 422
    return again


def _record(asking: Asking, searched: Searched, findings: Findings, group: GroupStory | None) -> HttpResponse:
    typed = asking.request.POST
    ticked = set(typed.getlist("chosen"))
    everyone = typed.get("how") == "everyone"
    chosen = [each for each in findings.found if everyone or searched.box_of(each.record) in ticked]
    id = group.group if group else who.Group(new_identifier())
    keys = {each.record: who.Patient(each.record) for each in chosen}

    def acts_for(patients: dict[str, who.Patient]) -> list[acts.AnyAct]:
        included = tuple(
            acts.Included(patient=patients[each.record], because=acts.Words(each.reason)) for each in chosen
        )
        gathered = acts.Gather(
            **asking.speaking(),
            group=id,
            called=acts.Words(words_typed(typed, "called")[:200]),
            rule=group_rule(findings),
            patients=included,
        )
        return [gathered, *_kept(asking, group, set(patients.values()))]

    # Asked first about the keys in the records, so that nobody is put on file for a group that is not made.
    if against := _against(asking, acts_for(keys)):
        return _show_again(asking, searched, findings, group, against)
    doing = acts_for(put_on_file(list(keys)))
    name = words_typed(typed, "called")[:200]
    inside = len(chosen) + len(doing) - 1
    return press(
        asking,
        *doing,
        said=f"“{name}” {'was gathered again' if group else 'was made'}: {counted(inside, 'person', 'people')}.",
        then=reverse("group", kwargs={"team": asking.team, "group": id}),
        otherwise=lambda reasons: _show_again(asking, searched, findings, group, {"": reasons}),
    )


def _kept(asking: Asking, group: GroupStory | None, chosen: set[who.Patient]) -> list[acts.AnyAct]:
    """Those of the group whom the rule does not find any more, and who are kept in it by hand, saying why."""
    if group is None:
        return []
    keep = set(asking.request.POST.getlist("keep"))
    because = acts.Words(words_typed(asking.request.POST, "why_kept"))
    return [
        acts.Include(**asking.speaking(), group=group.group, patient=place.patient, because=because)
        for place in group.places
        if place.patient in keep and place.patient not in chosen
    ]


def _against(asking: Asking, doing: list[acts.AnyAct]) -> dict[str, list[str]]:
    """Every reason against the acts, by the field of the form that it is about."""
    against: dict[str, list[str]] = {}
    standing = asking.standing
    for act in doing:
        refusals = refusals_against(act, standing)
        for refusal in refusals:
            said, sentences = refusal.say(asking.names), against.setdefault(BELONGS_TO.get(refusal.code, ""), [])
            if said not in sentences:
                sentences.append(said)
        if not refusals:  # the next act is judged by how things would stand after this one
            standing = fold([acts.Recorded(standing.number + 1, act)], standing)
    return against


def _show_again(
    asking: Asking,
    searched: Searched,
    findings: Findings,
    group: GroupStory | None,
    against: dict[str, list[str]],
) -> HttpResponse:
    again = show_found(asking, searched, findings, group, asking.request.POST, against)
    again.status_code = 422
    return again


urlpatterns = [
    path("teams/<team>/find-people", find_people, name="find-people"),
    path("teams/<team>/find-people/gather", gather, name="gather"),
]
