"""
Find people: whose care is in pieces here, why each is on the list, and a group made of them.

Whoever is found stays without a name until chosen (docs/decisions/0020-people-found-have-no-names.md): what choosing
takes are the numbers and the reason. The button of this page is in `gathering.py`.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict

from manyhands import acts, who
from manyhands.access import Seen, known_of, look_over, reach, see, sharing, who_would_see
from manyhands.exchange.records import (
    Findings,
    Found,
    NoRecords,
    Terms,
    find,
    group_rule,
    known_already,
    last_day,
    terms_of,
)
from manyhands.exchange.records.finding import LEAST, MOST
from manyhands.log.read import brought_forward
from manyhands.pictures import groups as group_stories
from manyhands.pictures.groups import GroupStory
from manyhands.rules.days import day_of
from manyhands.rules.things import RoleStanding
from manyhands.workspace import searches
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking, in_a_team
from manyhands.workspace.searches import Searched
from manyhands.workspace.showing import show
from manyhands.workspace.speaking import button

AT_ONCE = 100
"""People shown at once. The first are those whose care is most in pieces."""

FIELDS = {
    "aged": "Aged at least",
    "conditions": "At least this many conditions",
    "organisations": "Seen by at least this many organisations",
    "within_months": "Within this many months",
}


@dataclass(frozen=True)
class Line:
    """Somebody found, as a line of the list: nameless, unless they are in a group of this team already."""

    number: int
    box: str
    found: Found
    ticked: bool
    seen: Seen | None
    here_already: bool


@dataclass(frozen=True)
class Leaving:
    """Somebody in the group whom the rule does not find any more, and why they are in it."""

    seen: Seen
    because: acts.Words
    kept: bool


@in_a_team
def find_people(asking: Asking) -> HttpResponse:
    """The form; and, once it is asked, whom the search finds."""
    typed = asking.request.GET
    group = the_group(asking, typed.get("group", ""))
    terms, errors = terms_typed(typed, terms_of(group.rule) if group else Terms())
    if "aged" not in typed or errors:
        return show_form(asking, typed, group, errors)
    try:
        findings = find(terms, reach(asking.standing, asking.now, sharing(day_of(asking.now))))
    except NoRecords:
        return show_form(asking, typed, group, {})
    searched = searches.begun(asking, findings)
    return show_found(asking, searched, findings, group, QueryDict(mutable=True))


def the_group(asking: Asking, id: str) -> GroupStory | None:
    """The group that is being gathered again, if it is one of this team's."""
    return brought_forward(asking.team, group_stories.fold).groups.get(who.Group(id))


def terms_typed(typed: QueryDict, usual: Terms) -> tuple[Terms, dict[str, str]]:
    """What was typed as the terms of a search, and what is wrong with it."""
    numbers: dict[str, int] = {}
    errors: dict[str, str] = {}
    for name, label in FIELDS.items():
        text = typed.get(name, str(getattr(usual, name))).strip()
        least, most = getattr(LEAST, name), getattr(MOST, name)
        if text.isascii() and text.isdecimal() and len(text) < 5 and least <= int(text) <= most:
            numbers[name] = int(text)
        else:
            errors[name] = f"{label}: write a whole number from {least} to {most}"
    return (Terms(**numbers) if not errors else usual), errors


def show_form(
    asking: Asking, typed: QueryDict, group: GroupStory | None, errors: dict[str, str], **more: Any
) -> HttpResponse:
    usual = terms_of(group.rule) if group else Terms()
    values = {name: typed.get(name, str(getattr(usual, name)))[:20] for name in FIELDS}
    around = {"values": values, "fields": FIELDS, "group": group, "errors": errors, "found": None, "no_records": ""}
    try:
        last_day()
    except NoRecords as problem:
        around["no_records"] = str(problem)
    return show(asking, "find_people.html", current="find-people", **around | more)


def show_found(
    asking: Asking,
    searched: Searched,
    findings: Findings,
    group: GroupStory | None,
    typed: QueryDict,
    errors: dict[str, Any] | None = None,
) -> HttpResponse:
    """Whom a search found, with the form to make a group of them."""
    shown = min(searches.how_many(typed, AT_ONCE), len(findings.found))
    first = findings.found[:shown]
    allowed = look_over(
        asking.person,
        asking.team,
        asking.standing,
        [each.record for each in first],
        search=searched.search(findings),
        at=asking.now,
        page="find-people",
    )
    on_file = known_already([each.record for each in findings.found])
    inside = set(group.patients) if group else set()
    in_some_group = {patient for each in asking.standing.groups.values() for patient in each.patients}
    staying = {on_file[each.record] for each in findings.found if each.record in on_file} & inside
    leaving = [place for place in group.places if place.patient not in staying] if group else []
    named = see(
        asking.person,
        asking.team,
        asking.standing,
        [on_file[f.record] for f in first if on_file.get(f.record) in in_some_group] + [p.patient for p in leaving],
        at=asking.now,
        page="find-people",
        names=asking.names,
    )
    ticked = set(typed.getlist("chosen")) if typed else None
    kept = set(typed.getlist("keep"))
    lines = []
    for number, each in enumerate(first, start=1):
        if each.record in allowed:
            box, patient = searched.box_of(each.record), on_file.get(each.record)
            tick = box in ticked if ticked is not None else patient in inside
            seen = named.get(patient) if patient else None
            lines.append(Line(number, box, each, tick, seen, here_already=patient in inside))
    values = {name: str(getattr(findings.terms, name)) for name in FIELDS}
    return show(
        asking,
        "find_people.html",
        current="find-people",
        wide=True,
        errors=errors or {},
        fields=FIELDS,
        values=values,
        group=group,
        found=findings,
        no_records="",
        token=searched.token,
        watching=_watching(asking),
        lines=lines,
        shown=shown,
        more=min(AT_ONCE, len(findings.found) - shown),
        entering=len(findings.found) - len(staying),
        staying=len(staying),
        leaving=[Leaving(named[p.patient], p.because, p.patient in kept) for p in leaving if p.patient in named],
        how=typed.get("how", "everyone" if group else "ticked"),
        called=typed.get("called", group.called if group else ""),
        why_kept=typed.get("why_kept", ""),
        typed=typed,
        button=button(asking, lambda speaking: _as_if(speaking, findings, group)),
    )


def _watching(asking: Asking) -> list[tuple[who.Person, tuple[RoleStanding, ...]]]:
    """Whoever will see the whole record of those chosen, by name."""
    roles = who_would_see(asking.standing, asking.now, known_of([], asking.now))
    return sorted(roles.items(), key=lambda each: asking.names.person(each[0]).casefold())


def _as_if(speaking: dict[str, Any], findings: Findings, group: GroupStory | None) -> acts.Gather:
    """The act that the button would make, to ask the rule whether it may be pressed."""
    somebody = acts.Included(patient=who.Patient("somebody"), because=TO_BE_WRITTEN)
    return acts.Gather(
        **speaking,
        group=group.group if group else who.Group("new"),
        called=TO_BE_WRITTEN,
        rule=group_rule(findings),
        patients=(somebody,) if findings.found else (),
    )
