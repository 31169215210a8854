"""
What changes on a meeting's page while people look: what is talked about, the agenda and how each item ended, who is
there; and the same in large type for the wall of the room.

It is made once for all who see the same; nothing that somebody types in is in it.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from manyhands import acts, who
from manyhands.log.read import brought_forward
from manyhands.pictures import history, leading, proposals
from manyhands.pictures.agenda import Line, agenda, come_up_since, missing, touched
from manyhands.pictures.called import Called
from manyhands.pictures.kept_back import KEPT_BACK, line_as_seen
from manyhands.pictures.talked_about import put_to_us, talked_about
from manyhands.rules.things import Attending, Concluded, MeetingStanding
from manyhands.workspace.agendas import made_now
from manyhands.workspace.asking import Asking
from manyhands.workspace.known_here import who_knows
from manyhands.workspace.leading_shown import chair_prompt
from manyhands.workspace.made_once import made_once
from manyhands.workspace.pages.meeting_said import IN_ONE_PRESS
from manyhands.workspace.positions import BY_KIND, NOT_SHOWN_YET

OUTCOMES = (
    (acts.ItemOutcome.NOTED.value, "Noted", "Talked about, and nothing more to do"),
    (acts.ItemOutcome.DECIDED.value, "Decided", "What was settled; a proposal is closed on its own page"),
    (acts.ItemOutcome.ACTION.value, "Action", "A role is asked to do something"),
    (acts.ItemOutcome.CARRIED_OVER.value, "Carry over", "Comes up by itself at the next meeting"),
)
PARTS = (
    (acts.Part.TAKES_PART.value, "Takes part"),
    (acts.Part.CHAIRS.value, "Chairs"),
    (acts.Part.RECORDS.value, "Records what is said"),
)


@dataclass(frozen=True)
class Shown:
    """An item of the agenda, as it stands on the page."""

    item: acts.AgendaItem
    kind: str
    called: str
    href: str
    touches: tuple[who.Organisation, ...]
    missing: tuple[who.Organisation, ...]
    because: str = ""
    ended: Concluded | None = None
    nobody_knows: bool = False


@dataclass(frozen=True)
class Place:
    """An organisation of the team, who is there for it, and whether something still to be talked about touches it."""

    organisation: who.Organisation
    there: tuple[Attending, ...]
    touched: bool


KINDS = {
    acts.About.OBJECTION: "Safety concern",
    acts.About.PROPOSAL: "Proposal",
    acts.About.REVIEW: "Review",
    acts.About.RESPONSIBILITY: "Responsibility",
    acts.About.HANDOVER: "Hand-over",
    acts.About.MATTER: "Matter",
    acts.About.PATIENT: "Person",
    acts.About.TOPIC: "Topic",
}
BECAUSE = {
    "safety-concern": "It stands in the way of agreeing",
    "not-yet-heard": "Not everyone has been heard",
    "can-be-agreed": "Everyone has been heard",
    "cannot-be-done": "It cannot be done yet",
    "support-needed": "Support is needed",
    "overdue": "Its check is overdue",
    "declined": "The role that was asked declined",
    "nobody-present": "Nobody present answers for it",
    "not-accepted": "Not answered yet",
    "review-due": "The day of its review is near",
    "person-due": "Something in hand about them is late or at risk",
    "nobody-knows": "Nobody in the team has dealt with them in a year",
    "raised": "Nobody has proposed anything yet",
    "carried-over": "Carried over from an earlier meeting",
}


def find(asking: Asking, meeting: str) -> MeetingStanding:
    found = asking.standing.meetings.get(who.Meeting(meeting))
    if found is None:
        raise Http404
    return found


def now_part(asking: Asking, stands: MeetingStanding) -> SafeString:
    """The part that changes while people look, made once for all of the team who see the same."""
    is_there = stands.is_there(asking.person)
    runs = stands.runs(asking.person) or asking.hat_for(stands.role, asking.standing.coordinating) is not None
    number = asking.standing.number

    def make() -> str:
        seen = {"is_there": is_there, "runs": runs, "names": asking.names, "team": asking.team, "number": number}
        return render_to_string("parts/meeting_now.html", _changing(asking, stands) | seen)

    return made_once(asking.now, make, "meeting", asking.digest, stands.meeting, is_there, runs)


def screen_part(asking: Asking, stands: MeetingStanding) -> SafeString:
    """The same for the wall of the room: only what is talked about, and what comes next."""

    def make() -> str:
        seen = {"names": asking.names, "team": asking.team, "number": asking.standing.number}
        return render_to_string("parts/meeting_screen_now.html", _changing(asking, stands) | seen)

    return made_once(asking.now, make, "meeting-screen", asking.digest, stands.meeting)


def said_part(asking: Asking) -> SafeString:
    """What was done last in the team, for people who cannot see the page change; made once for all of them."""

    def make() -> str:
        everything = brought_forward(asking.team, history.fold)
        told = everything.lines.get(asking.standing.number)
        if told is not None:
            told = line_as_seen(told, everything.called, asking.standing, None, asking.now)
        return render_to_string("parts/meeting_said.html", {"told": told, "names": asking.names}) if told else ""

    return made_once(asking.now, make, "meeting-said", asking.digest)


def _changing(asking: Asking, stands: MeetingStanding) -> dict[str, Any]:
    """What is in it: nothing that is for one person only. As many queries however much there is."""
    called = brought_forward(asking.team, history.fold).called
    begun = stands.circulated_at or stands.ended
    told = brought_forward(asking.team, proposals.fold)
    made = (
        agenda(stands, told, asking.standing) if begun else made_now(asking.team, stands, asking.standing, asking.now)
    )
    items = shown_items(asking, stands)
    talked = talked_about(stands) if stands.attending else None
    return {
        "meeting": stands,
        "talked": next((each for each in items if each.item == talked), None),
        "put": put_to_us(asking.team, talked, stands, told, asking.standing, asking.now) if talked else None,
        "kinds": BY_KIND | {KEPT_BACK: NOT_SHOWN_YET},
        "in_one_press": [BY_KIND[stance] for stance in IN_ONE_PRESS],
        "places": _places(asking, stands, items),
        "told_to": asking.standing.members(stands.circulated_at) if stands.circulated_at else (),
        "made": [] if begun else [_line(asking, stands, line, called) for line in made],
        "items": items,
        "dropped": dropped(asking, stands),
        "since": [_line(asking, stands, line, called) for line in come_up_since(stands, made)]
        if stands.circulated_at and not stands.ended
        else [],
        "standing": asking.standing,
        "prompt": None if stands.ended else chair_prompt(brought_forward(asking.team, leading.fold), stands),
        "outcome_words": {value: text for value, text, _ in OUTCOMES},
        "part_words": dict(PARTS),
    }


def shown_items(asking: Asking, stands: MeetingStanding) -> list[Shown]:
    """The agenda that is before everyone, item by item."""
    called = brought_forward(asking.team, history.fold).called
    made = agenda(stands, brought_forward(asking.team, proposals.fold), asking.standing)
    because = {line.item.item: line.because for line in made}
    unknown = _nobody_there_knows(asking, stands)
    return [
        replace(_shown(asking, stands, item, called, because.get(item.item, "")), nobody_knows=item.item in unknown)
        for item in stands.items
    ]


def _nobody_there_knows(asking: Asking, stands: MeetingStanding) -> set[who.AgendaItem]:
    """Items about a person whom nobody in the meeting knows, as far as the records and what is held can say."""
    about = [item for item in stands.items if item.about is acts.About.PATIENT and not stands.concluded(item.item)]
    patients = [who.Patient(item.which) for item in about]
    known = who_knows(patients, asking.standing, asking.now) if about and not stands.ended else None
    if known is None:
        return set()
    there = {each.person for each in stands.attending}
    return {item.item for item in about if there.isdisjoint(known[who.Patient(item.which)])}


def _places(asking: Asking, stands: MeetingStanding, items: list[Shown]) -> list[Place]:
    """The organisations of the team: those with somebody there, then those that are missed, then the rest."""
    wanted = {each for item in items if item.ended is None for each in item.touches}
    found = dict.fromkeys(
        (*(each.organisation for each in stands.attending), *asking.standing.organisations(asking.now))
    )
    places = [
        Place(each, tuple(it for it in stands.attending if it.organisation == each), each in wanted) for each in found
    ]
    return sorted(
        places, key=lambda place: (not place.there, not place.touched, asking.names.organisation(place.organisation))
    )


def dropped(asking: Asking, stands: MeetingStanding) -> list[tuple[str, acts.Words]]:
    """What was taken off the agenda, and why."""
    called = brought_forward(asking.team, history.fold).called
    return [(_called(asking, item, called), because) for item, because in stands.dropped]


def shown_item(asking: Asking, stands: MeetingStanding, item: acts.AgendaItem, called: Called) -> Shown:
    """One item by itself."""
    return _shown(asking, stands, item, called, "")


def _line(asking: Asking, stands: MeetingStanding, line: Line, called: Called) -> Shown:
    return _shown(asking, stands, line.item, called, line.because)


def _shown(asking: Asking, stands: MeetingStanding, item: acts.AgendaItem, called: Called, because: str) -> Shown:
    return Shown(
        item=item,
        kind=KINDS[item.about],
        called=_called(asking, item, called),
        href=_href(asking, item),
        touches=touched(item, asking.standing),
        missing=missing(stands, item, asking.standing),
        because=BECAUSE.get(because, ""),
        ended=stands.concluded(item.item),
    )


def _called(asking: Asking, item: acts.AgendaItem, called: Called) -> str:
    """What an item is called. A person is not named: everyone in the room sees this screen."""
    if item.about is acts.About.PATIENT:
        groups = asking.standing.groups.values()
        where = next((group.called for group in groups if item.which in group.patients), "")
        return f"A person in “{where}”" if where else "A person who was in a group"
    if item.about is acts.About.HANDOVER:
        offer = asking.standing.handovers[who.HandOver(item.which)]
        return f"From {asking.names.person(offer.giver)} to {asking.names.person(offer.receiver)}"
    return called.item(item)


def _href(asking: Asking, item: acts.AgendaItem) -> str:
    if item.about is acts.About.OBJECTION:
        objection = asking.standing.objections[who.Objection(item.which)]
        return reverse("proposal", kwargs={"team": asking.team, "proposal": objection.proposal})
    pages = {
        acts.About.PROPOSAL: ("proposal", "proposal"),
        acts.About.REVIEW: ("proposal", "proposal"),
        acts.About.RESPONSIBILITY: ("responsibility", "responsibility"),
        acts.About.MATTER: ("matter", "matter"),
        acts.About.PATIENT: ("person", "patient"),
    }
    if item.about in pages:
        name, key = pages[item.about]
        return reverse(name, kwargs={"team": asking.team, key: item.which})
    return reverse("hand-over", kwargs={"team": asking.team}) if item.about is acts.About.HANDOVER else ""
