"""
What a meeting's page is made of: who is there, the agenda and how each item ended, and what can be pressed.

What changes while people look is one part of it (`changing`); nothing that somebody types in is in that part.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from manyhands import acts, who
from manyhands.exchange.records import NoRecords, dealings, last_day
from manyhands.log.read import brought_forward
from manyhands.pictures import history, leading, proposals
from manyhands.pictures.agenda import Line, agenda, come_up_since, missing, touched
from manyhands.pictures.called import Called
from manyhands.rules.meeting import OPENS_BEFORE
from manyhands.rules.things import Concluded, MeetingStanding
from manyhands.workspace.asking import TO_BE_WRITTEN, Asking
from manyhands.workspace.leading_shown import chair_prompt
from manyhands.workspace.made_once import made_once
from manyhands.workspace.showing import show
from manyhands.workspace.speaking import button, role_choices
from manyhands.workspace.typed import boxes_typed

Errors = dict[str, list[str]]

LATELY = timedelta(days=365)
"""Somebody who dealt with a person in the last year of the records knows them."""

MOST_UNKNOWN = 5
"""People whom nobody here knows, on one agenda: more than these are not got through in an hour."""

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


def said_part(asking: Asking) -> SafeString:
    """What was done last in the team, for people who cannot see the page change; made once for all of them."""

    def make() -> str:
        told = brought_forward(asking.team, history.fold).lines.get(asking.standing.number)
        return render_to_string("parts/meeting_said.html", {"told": told, "names": asking.names}) if told else ""

    return made_once(asking.now, make, "meeting-said", asking.digest)


def _changing(asking: Asking, stands: MeetingStanding) -> dict[str, Any]:
    """What is in it: nothing that is for one person only. As many queries however much there is."""
    called = brought_forward(asking.team, history.fold).called
    begun = stands.circulated_at or stands.ended
    told = brought_forward(asking.team, proposals.fold)
    made = agenda(stands, told, asking.standing) if begun else made_now(asking, stands)
    return {
        "meeting": stands,
        "made": [] if begun else [_line(asking, stands, line, called) for line in made],
        "items": shown_items(asking, stands),
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
    return [_shown(asking, stands, item, called, because.get(item.item, "")) for item in stands.items]


def dropped(asking: Asking, stands: MeetingStanding) -> list[tuple[str, acts.Words]]:
    """What was taken off the agenda, and why."""
    called = brought_forward(asking.team, history.fold).called
    return [(_called(asking, item, called), because) for item, because in stands.dropped]


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


def _unknown(asking: Asking) -> list[who.Patient]:
    """People in the team's groups whom nobody in the team has dealt with lately, as far as the records know."""
    everyone = list(dict.fromkeys(p for group in asking.standing.groups.values() for p in sorted(group.patients)))
    try:
        until = last_day() if everyone else None
        if until is None:
            return []
        found = dealings(everyone, until - LATELY, until + timedelta(days=1))
    except NoRecords:
        return []
    known = {each.patient for each in found if each.person and asking.standing.is_member(each.person, asking.now)}
    return [patient for patient in everyone if patient not in known][:MOST_UNKNOWN]


def made_now(asking: Asking, stands: MeetingStanding) -> tuple[Line, ...]:
    """The agenda as it makes itself at this moment."""
    return agenda(stands, brought_forward(asking.team, proposals.fold), asking.standing, _unknown(asking))


def show_meeting(asking: Asking, stands: MeetingStanding, errors: Errors | None = None) -> HttpResponse:
    typed = asking.request.POST
    called = brought_forward(asking.team, history.fold).called
    to_circulate = () if stands.circulated_at else tuple(line.item for line in made_now(asking, stands))
    chosen = stands.find(who.AgendaItem(typed.get("item") or asking.request.GET.get("item", "")))
    fields = asking.speaking()
    away = [each for each in asking.standing.members(asking.now) if not stands.is_there(each)]
    others = [(str(each), asking.names.person(each)) for each in away]
    return show(
        asking,
        "meeting.html",
        current="meetings",
        wide=True,
        errors=errors or {},
        typed=typed,
        meeting=stands,
        now=now_part(asking, stands),
        is_there=stands.is_there(asking.person),
        may_begin=stands.ended is None and asking.now >= stands.starts_at - OPENS_BEFORE,
        chosen=_shown(asking, stands, chosen, called, "") if chosen else None,
        circulate=asking.reasons_against(acts.Circulate(**fields, meeting=stands.meeting, items=to_circulate)),
        calling_off=button(asking, lambda hat: acts.CallOff(**hat, meeting=stands.meeting, because=TO_BE_WRITTEN)),
        closing=asking.reasons_against(acts.CloseMeeting(**fields, meeting=stands.meeting)),
        outcomes=OUTCOMES,
        parts=PARTS,
        people=[("", "Choose somebody"), *sorted(others, key=lambda choice: choice[1])],
        role_choices=role_choices(asking),
        check=boxes_typed(typed, "check"),
    )
