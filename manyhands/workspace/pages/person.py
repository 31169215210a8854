"""
Person: what matters to them, who is involved and from which organisations, what has happened, what is decided and in
hand about them, and who can see this and why.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import Http404, HttpResponse
from django.urls import path

from manyhands import who
from manyhands.access import Action, Decision, Seen, known_of, lately, who_can_see
from manyhands.access.breaking_glass import broken_by, notes_about
from manyhands.exchange.records import CareStory, Dealing, NoRecords, dealings, last_day, story_of
from manyhands.log.read import brought_forward
from manyhands.pictures import groups as group_stories
from manyhands.pictures import proposals, who_holds_what
from manyhands.pictures.heard import deputised
from manyhands.pictures.who_holds_what import Held
from manyhands.rules.days import day_of
from manyhands.workspace.asking import Asking, in_a_team
from manyhands.workspace.lanes import Lanes, lanes
from manyhands.workspace.pages.each_person import CALLED, decided_for
from manyhands.workspace.said_by_them import said_by_them
from manyhands.workspace.showing import show
from manyhands.workspace.speaking import role_choices

LOOK_BACK = timedelta(days=730)
"""How much of what happened is drawn: two years, as long as a search looks back by default."""

READS_SINCE = timedelta(days=90)
"""How far back "who has seen this lately" goes."""


LESS = "What has happened to them, and who else is involved, is for those who have taken something on about them."


@dataclass(frozen=True)
class Involved:
    """A professional who has dealt with the person, and who they are in this team, if anybody."""

    dealing: Dealing
    in_team: who.Person | None
    roles: tuple[who.Role, ...]


@dataclass(frozen=True)
class FromRecords:
    """What the records say, and up to which day; `why_not` where they say nothing."""

    story: CareStory
    drawn: Lanes | None
    involved: tuple[Involved, ...]
    up_to: date | None
    why_not: str = ""


@in_a_team
def person(asking: Asking, patient: str) -> HttpResponse:
    """The page about one person. Whoever has no basis gets 404, as for somebody who does not exist."""
    return show_person(asking, patient)


def show_person(asking: Asking, patient: str, errors: dict[str, list[str]] | None = None) -> HttpResponse:
    seen = asking.sees(patient, "person", Action.READ, Action.READ_THE_READS)
    if seen is None:
        raise Http404
    inside = brought_forward(asking.team, group_stories.fold).of(seen.patient)
    groups = {group.group for group in inside}
    decided = brought_forward(asking.team, proposals.fold)
    return show(
        asking,
        "person.html",
        wide=True,
        errors={name: reasons for name, reasons in (errors or {}).items() if reasons},
        typed=asking.request.POST,
        notes=notes_about(seen.patient),
        in_an_emergency=any(each.patient == seen.patient for each in broken_by(asking.person, asking.now)),
        wishes=said_by_them(asking, seen.patient) if seen.leads else [],
        members=[(str(each), asking.names.person(each)) for each in asking.standing.members(asking.now)],
        role_choices=role_choices(asking)[1:],
        seen=seen,
        age=age_of(seen, asking.now),
        records=_from_records(asking, seen.patient)
        if seen.sees_everything
        else FromRecords(CareStory(), None, (), None, LESS),
        less=LESS,
        groups=inside,
        places={group.group: group.place_of(seen.patient) for group in inside},
        about=[story for story in decided.proposals.values() if story.group in groups],
        standing=asking.standing,
        held=_in_hand(asking, seen.patient),
        decided=decided_for(asking, seen.patient),
        reached_called=CALLED,
        deputised=lambda by: deputised(by.person, by.role, by.at, asking.standing),
        could_see=_could_see(asking, seen.patient),
        reads=lately(seen.patient, asking.team, asking.now - READS_SINCE),
        reads_since=asking.now - READS_SINCE,
    )


def age_of(seen: Seen, now: datetime) -> int | None:
    """In years, now or when they died."""
    if seen.born_on is None:
        return None
    on = seen.died_on or day_of(now)
    return on.year - seen.born_on.year - ((on.month, on.day) < (seen.born_on.month, seen.born_on.day))


def _from_records(asking: Asking, patient: who.Patient) -> FromRecords:
    try:
        story, up_to = story_of(patient), last_day()
        if up_to is None:
            return FromRecords(story, None, (), None)
        since, until = up_to - LOOK_BACK, up_to + timedelta(days=1)
        drawn = lanes(story.contacts, since, until)
        return FromRecords(story, drawn, _involved(asking, dealings([patient], since, until)), up_to)
    except NoRecords as problem:
        return FromRecords(CareStory(), None, (), None, str(problem))


def _involved(asking: Asking, found: list[Dealing]) -> tuple[Involved, ...]:
    """Those who dealt with the person most lately first."""
    newest = sorted(found, key=lambda each: (each.last_at is not None, each.last_at), reverse=True)
    return tuple(_in_team(asking, dealing) for dealing in newest)


def _in_team(asking: Asking, dealing: Dealing) -> Involved:
    here = dealing.person if dealing.person and asking.standing.is_member(dealing.person, asking.now) else None
    roles = asking.standing.roles_of(here, asking.now) if here else ()
    return Involved(dealing, here, tuple(role.role for role in roles))


def _in_hand(asking: Asking, patient: who.Patient) -> list[Held]:
    """Responsibilities about the person; what is open first."""
    carried = brought_forward(asking.team, who_holds_what.fold)
    about = [
        who_holds_what.held(carried.responsibilities[r.responsibility], r, asking.standing, asking.now)
        for r in asking.standing.responsibilities.values()
        if r.patient == patient
    ]
    return sorted(about, key=lambda each: (each.state == "closed", each.check_on))


def _could_see(asking: Asking, patient: who.Patient) -> list[tuple[who.Person, Decision, list[str]]]:
    """Every member who can see this, with why, in words."""
    return [
        (member, decision, [ground.say(asking.team, asking.names) for ground in decision.grounds])
        for member, decision in who_can_see(
            patient, asking.standing, asking.now, known_of([patient], asking.now)
        ).items()
    ]


urlpatterns = [path("teams/<team>/people/<patient>", person, name="person")]
