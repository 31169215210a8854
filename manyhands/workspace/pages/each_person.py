"""
Each person in a group: how far a responsibility has come for them, as its page shows it to whoever may see them, and
reporting on one or several of them in one press.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse

from manyhands import acts, who
from manyhands.access import Seen, see
from manyhands.log.read import brought_forward
from manyhands.pictures import reach as reach_picture
from manyhands.pictures import who_holds_what
from manyhands.pictures.reach import Line, Reach
from manyhands.pictures.who_holds_what import Held
from manyhands.rules.refusals import Refusal
from manyhands.rules.things import ProposalStanding, ResponsibilityStanding
from manyhands.workspace.actions import press
from manyhands.workspace.asking import Asking
from manyhands.workspace.plain_words import counted
from manyhands.workspace.reasons import by_field
from manyhands.workspace.speaking import Button, button
from manyhands.workspace.typed import identifiers_typed, words_typed

ShowErrors = Callable[[dict[str, list[str]]], HttpResponse]
AT_ONCE = 50
"""People on one page."""

REACHED = (
    (acts.Reached.DONE.value, "Done"),
    (acts.Reached.IN_PROGRESS.value, "In progress"),
    (acts.Reached.NOT_STARTED.value, "Not started"),
    (acts.Reached.CANNOT.value, "Cannot be done", "It stays open. Say why below"),
    (acts.Reached.EXCEPTION.value, "An exception", "What was decided does not apply to them. Say why below"),
)
CALLED = {choice[0]: choice[1] for choice in REACHED}
ERRORS_OF = {
    "nobody-ticked": "whom",
    "reason-needed": "why-people",
    "not-in-the-group": "whom",
    "chosen-twice": "whom",
}


@dataclass(frozen=True)
class Person:
    """One person's line, and who they are; without a basis, nobody."""

    line: Line
    seen: Seen | None


@dataclass(frozen=True)
class EachPerson:
    """A page of the lines of a responsibility about a group, and what its form needs."""

    reach: Reach
    people: tuple[Person, ...]
    here: int
    last: int
    still_open: tuple[who.Patient, ...]
    report: Button


def reaches_of(asking: Asking, several: Iterable[ResponsibilityStanding]) -> list[Reach | None]:
    """How far each responsibility has reached; nothing for one that is about no group. One query for all of them."""
    reaching = brought_forward(asking.team, reach_picture.fold)
    return [reach_picture.reach(reaching, held, asking.now) for held in several]


def each_person(asking: Asking, held: ResponsibilityStanding) -> EachPerson | None:
    """The lines that this page shows, each sight of a person written down; nothing where it is about no group."""
    (reach,) = reaches_of(asking, [held])
    if reach is None:
        return None
    last = max(1, -(-len(reach.lines) // AT_ONCE))
    here = page_asked(asking, last)
    lines = reach.lines[(here - 1) * AT_ONCE : here * AT_ONCE]
    wanted = [line.patient for line in lines] if asking.hats else []
    seen = see(
        asking.person, asking.team, asking.standing, wanted, at=asking.now, page="responsibility", names=asking.names
    )
    return EachPerson(
        reach=reach,
        people=tuple(Person(line, seen.get(line.patient)) for line in lines),
        here=here,
        last=last,
        still_open=tuple(line.patient for line in reach.lines if line.is_open),
        report=button(asking, lambda speaking: _reporting(speaking, held, asking)),
    )


@dataclass(frozen=True)
class DecidedFor:
    """
    Something held for a group that somebody is or was in: their line, the decision that it follows from, and who holds
    it. Without a line, they came into the group after it was closed.
    """

    held: Held
    line: Line | None
    decision: ProposalStanding | None


def decided_for(asking: Asking, patient: who.Patient) -> list[DecidedFor]:
    """All that is or was held for people like somebody: what is open for them first, then the newest."""
    carried = brought_forward(asking.team, who_holds_what.fold)
    everything = tuple(asking.standing.responsibilities.values())
    found = []
    for stands, reach in zip(everything, reaches_of(asking, everything), strict=True):
        line = reach.line_of(patient) if reach else None
        if reach is None or (line is None and patient not in reach.after):
            continue
        held = who_holds_what.held(carried.responsibilities[stands.responsibility], stands, asking.standing, asking.now)
        decision = asking.standing.proposals.get(stands.proposal) if stands.proposal else None
        found.append(DecidedFor(held, line, decision))
    newest = sorted(found, key=lambda each: each.held.asked_by.at, reverse=True)
    return sorted(newest, key=lambda each: not (each.line and each.line.is_open and each.held.state != "closed"))


def page_asked(asking: Asking, last: int) -> int:
    text = asking.request.GET.get("page", "")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
    return min(max(1, number), last)


def _reporting(speaking: dict[str, Any], held: ResponsibilityStanding, asking: Asking) -> acts.ReportOnPeople:
    somebody = tuple(asking.standing.people_of(held))[:1]
    return acts.ReportOnPeople(
        **speaking, responsibility=held.responsibility, patients=somebody, reached=acts.Reached.DONE
    )


def report_on_people(asking: Asking, held: ResponsibilityStanding, show_again: ShowErrors) -> HttpResponse:
    """Report on those ticked, or on everybody for whom it is still open."""
    typed = asking.request.POST
    reached = typed.get("reached", "")
    if reached not in CALLED:
        page = show_again({"reached": ["Say how far it has come for them."]})
        page.status_code = 422
        return page
    act = acts.ReportOnPeople(
        **asking.speaking(),
        responsibility=held.responsibility,
        patients=whom(typed, held, asking),
        reached=acts.Reached(reached),
        because=acts.Words(words_typed(typed, "why-people")),
    )
    here = reverse("responsibility", kwargs={"team": asking.team, "responsibility": held.responsibility})
    return press(
        asking,
        act,
        said=f"On the record for {counted(len(act.patients), 'person', 'people')}: {CALLED[reached].lower()}.",
        then=f"{here}?page={page_asked(asking, 99999)}#people",
        otherwise=lambda reasons: show_again(by_field(asking, act, reasons, _field_of)),
    )


def _field_of(refusal: Refusal) -> str:
    """The box that a reason is about."""
    return ERRORS_OF.get(refusal.code, "")


def whom(typed: QueryDict, held: ResponsibilityStanding, asking: Asking) -> tuple[who.Patient, ...]:
    """
    Those ticked; or everybody for whom it is still open, of those who were in the group when the page was made: whoever
    has come since was not on it.
    """
    if typed.get("whom") != "open":
        return tuple(who.Patient(each) for each in identifiers_typed(typed, "patients", AT_ONCE))
    (reach,), made_at = reaches_of(asking, [held]), _moment(typed.get("made_at", ""))
    if reach is None or made_at is None:
        return ()
    return tuple(line.patient for line in reach.lines if line.is_open and line.since <= made_at)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
