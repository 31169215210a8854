"""
Groups: the groups of a team; and one of them, who is in it and how they are getting on, which organisations see them,
what has been decided about them, and how far each responsibility has reached. Its buttons are in `grouping.py`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse, QueryDict

from manyhands import acts, who
from manyhands.access import Seen, see
from manyhands.exchange.records import GettingOn, NoRecords, SeenBy, getting_on, last_day, seen_by
from manyhands.log.read import brought_forward
from manyhands.pictures import groups as group_stories
from manyhands.pictures import proposals, who_holds_what
from manyhands.pictures.groups import GroupStory, Place
from manyhands.pictures.reach import Reach
from manyhands.pictures.who_holds_what import Held
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking, in_a_team
from manyhands.workspace.pages.each_person import reaches_of
from manyhands.workspace.showing import show
from manyhands.workspace.speaking import button

AT_ONCE = 50
"""People on one page of a group."""

LATELY = timedelta(days=182)
"""How far back "lately" goes: half a year, counted back from the last contact in the records."""


@dataclass(frozen=True)
class Member:
    """Somebody in the group: who they are, why, how they are getting on, and what is in hand about them."""

    seen: Seen
    place: Place
    getting_on: GettingOn
    in_hand: int
    done: int
    held: int
    """Of what is held for the group, how much is done for them, and how much there is that applies to them."""


@in_a_team
def groups(asking: Asking) -> HttpResponse:
    """The groups of the team. Nobody in them is named here."""
    stories = brought_forward(asking.team, group_stories.fold)
    decided = brought_forward(asking.team, proposals.fold)
    about = {group: [p for p in decided.proposals.values() if p.group == group] for group in stories.groups}
    return show(
        asking,
        "groups.html",
        current="groups",
        groups=sorted(stories.groups.values(), key=lambda group: group.changed_at, reverse=True),
        open_about={g: sum(asking.standing.proposals[p.proposal].is_open for p in about[g]) for g in about},
        agreed_about={
            g: sum((c := asking.standing.proposals[p.proposal].closed) is not None and c.is_live for p in about[g])
            for g in about
        },
    )


@in_a_team
def group(asking: Asking, group: str) -> HttpResponse:
    """One group."""
    return show_group(asking, the_story(asking, group), asking.request.GET)


def the_story(asking: Asking, group: str) -> GroupStory:
    story = brought_forward(asking.team, group_stories.fold).groups.get(who.Group(group))
    if story is None:
        raise Http404
    return story


def show_group(
    asking: Asking, story: GroupStory, typed: QueryDict, errors: dict[str, Any] | None = None
) -> HttpResponse:
    last = max(1, -(-len(story.places) // AT_ONCE))
    here = _page_asked(asking.request.GET.get("page", ""), last)
    places = story.places[(here - 1) * AT_ONCE : here * AT_ONCE]
    moved = {change.patient for change in story.changes} | set(story.versions[-1].entered + story.versions[-1].left)
    wanted = [place.patient for place in places] + [p for p in moved if asking.hats]
    seen = see(asking.person, asking.team, asking.standing, wanted, at=asking.now, page="group", names=asking.names)
    held = _in_hand(asking, story)
    which = [each.responsibility for each in held]
    found = reaches_of(asking, [asking.standing.responsibilities[each] for each in which])
    reaches = dict(zip(which, found, strict=True))
    needed = [reaches[h.responsibility] for h in held if h.outcome is not acts.Outcome.NO_LONGER_NEEDED]
    records = _from_records(story, [place.patient for place in places])
    return show(
        asking,
        "group.html",
        current="groups",
        wide=True,
        errors=errors or {},
        typed=typed,
        group=story,
        people=_people(places, seen, records[0], held, [reach for reach in needed if reach]),
        seen=seen,
        here=here,
        last=last,
        unseen=not asking.hats,
        getting_on_up_to=records[2],
        organisations=records[1],
        held=held,
        reaches=reaches,
        about=[p for p in brought_forward(asking.team, proposals.fold).proposals.values() if p.group == story.group],
        standing=asking.standing,
        include=button(asking, lambda speaking: _including(speaking, story.group, who.Patient("somebody"))),
        release=button(asking, lambda speaking: _releasing(speaking, story)),
    )


def _page_asked(text: str, last: int) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
    return min(max(1, number), last)


def _people(
    places: tuple[Place, ...],
    seen: dict[who.Patient, Seen],
    getting: dict[who.Patient, GettingOn],
    held: list[Held],
    reaches: list[Reach],
) -> list[Member]:
    theirs: dict[who.Patient, list[acts.Reached]] = {}
    for reach in reaches:
        for line in reach.lines:
            if line.reached is not acts.Reached.EXCEPTION:
                theirs.setdefault(line.patient, []).append(line.reached)
    return [
        Member(
            seen[place.patient],
            place,
            getting.get(place.patient, GettingOn()),
            sum(each.patient == place.patient for each in held),
            theirs.get(place.patient, []).count(acts.Reached.DONE),
            len(theirs.get(place.patient, [])),
        )
        for place in places
        if place.patient in seen
    ]


def _in_hand(asking: Asking, story: GroupStory) -> list[Held]:
    """Responsibilities for the group, and about those in it: what is open first, then what has ended, newest first."""
    carried = brought_forward(asking.team, who_holds_what.fold)
    inside = set(story.patients)
    about = [
        who_holds_what.held(carried.responsibilities[r.responsibility], r, asking.standing, asking.now)
        for r in asking.standing.responsibilities.values()
        if r.group == story.group or r.patient in inside
    ]
    return sorted(about, key=lambda each: (each.state == "closed", -each.days_overdue, each.check_on))


def _from_records(
    story: GroupStory, shown: list[who.Patient]
) -> tuple[dict[who.Patient, GettingOn], list[SeenBy], date | None]:
    """How those shown are getting on, and who sees the whole group; nothing where nothing is loaded."""
    try:
        day = last_day()
        if day is None:
            return {}, [], None
        since, until = day - LATELY, day + timedelta(days=1)
        return getting_on(shown, since, until), seen_by(story.patients, since, until), day
    except NoRecords:
        return {}, [], None


def _including(speaking: dict[str, Any], group: who.Group, patient: who.Patient) -> acts.Include:
    return acts.Include(**speaking, group=group, patient=patient, because=TO_BE_WRITTEN)


def _releasing(speaking: dict[str, Any], story: GroupStory) -> acts.Release:
    patient = story.patients[0] if story.patients else who.Patient("nobody")
    return acts.Release(**speaking, group=story.group, patient=patient, because=TO_BE_WRITTEN)
