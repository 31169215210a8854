"""A departure drill in words: what would be left bare, where to read about it, and what the reader can do about it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.urls import reverse
from django.utils.http import urlencode

from manyhands import who
from manyhands.access import see
from manyhands.exchange.records import NoRecords, dealings, last_day
from manyhands.log.read import brought_forward
from manyhands.pictures import departure_drill, mending, who_holds_what
from manyhands.pictures.departure_drill import Departure, Drill, Known, Leaver, Line, Sort
from manyhands.pictures.mending import How, Mend, Trying
from manyhands.rules.standing import Standing
from manyhands.workspace.asking import Asking
from manyhands.workspace.plain_words import listed

LOOKED_BACK = timedelta(days=365)
"""How long ago somebody may have dealt with a person and still be said to know them. A guess: one round of seasons."""


@dataclass(frozen=True)
class Finding:
    """A line of the drill in words, with the address of what it is about."""

    line: Line
    words: str
    href: str


@dataclass(frozen=True)
class KnownInRecords:
    """
    Who knows whom, as the records say for the year until a day. `not_told` says why that cannot be told: "no-records"
    are loaded, or they name "nobody-named" of those who work here.
    """

    known: Known
    until: date | None
    not_told: str


@dataclass(frozen=True)
class Asked:
    """That a role has been asked something about a person already."""

    at: datetime
    role: who.Role
    responsibility: who.Responsibility


@dataclass(frozen=True)
class Offered:
    """
    A mend in words. `mine` is true where whoever asks can begin it; `href` is where, if it is not a button.
    `of_old` is true where it mends only what is bare already, whoever leaves.
    """

    mend: Mend
    words: str
    by: str
    mended: tuple[str, ...]
    mine: bool
    href: str
    of_old: bool


# ---- one departure -----------------------------------------------------------------------------------------------


def drill_in_words(departure: Departure, at: datetime, asking: Asking) -> dict[str, object]:
    """The drill of one departure, in words."""
    records = _known(asking)
    drilled = departure_drill.drill(asking.standing, departure, at, records.known)
    trying = Trying(asking.team, asking.person, asking.now, asking.standing, at, drilled, records.known)
    seen = see(
        asking.person,
        asking.team,
        asking.standing,
        drilled.unknown,
        at=asking.now,
        page="what-if",
        names=asking.names,
    )
    say = partial(finding, asking=asking)
    return {
        "kind": departure.kind.value,
        "called": called(departure, asking),
        "left": [say(line) for line in drilled.left],
        "hanging": [say(line) for line in drilled.hanging],
        "already": [say(line) for line in drilled.already],
        "unknown": drilled.unknown,
        "seen": list(seen.values()),
        "asked": _asked(drilled.unknown, asking),
        "records": records,
        "mends": [_offered(mend, drilled, asking) for mend in mending.mends(trying)],
        "nothing": drilled.leaves_nothing_bare,
    }


def _known(asking: Asking) -> KnownInRecords:
    """Who has dealt with whom in the last year of the records; counted back from their last contact, not from today."""
    patients = sorted({patient for group in asking.standing.groups.values() for patient in group.patients})
    if not patients:
        return KnownInRecords({}, None, "")
    try:
        until = last_day()
        found = dealings(patients, until - LOOKED_BACK, until + timedelta(days=1)) if until is not None else []
    except NoRecords:
        return KnownInRecords({}, None, "no-records")
    known: dict[who.Patient, frozenset[who.Person]] = {}
    for each in found:
        if each.person is not None:
            known[each.patient] = known.get(each.patient, frozenset()) | {each.person}
    return KnownInRecords(known, until, "" if known else "nobody-named")


def _to_know(mend: Mend) -> dict[str, str]:
    """What the form begins with where a role is asked to get to know somebody."""
    return {"patient": mend.patient or "", "role": mend.role or "", "deputy": mend.deputy_role or "", "to": "know"}


def _asked(patients: tuple[who.Patient, ...], asking: Asking) -> dict[who.Patient, Asked]:
    """Those about whom a role has been asked something already, and has not answered yet: since when."""
    told = brought_forward(asking.team, who_holds_what.fold).responsibilities
    return {
        held.patient: Asked(told[held.responsibility].asked.by.at, held.role, held.responsibility)
        for held in asking.standing.open_responsibilities()
        if held.patient is not None and held.patient in patients and held.state == "asked"
    }


def called(departure: Departure, asking: Asking) -> str:
    match departure.kind:
        case Leaver.PERSON:
            return asking.names.person(who.Person(departure.which))
        case Leaver.ROLE:
            return asking.names.role(who.Role(departure.which))
        case Leaver.ORGANISATION:
            return asking.names.organisation(who.Organisation(departure.which))


def finding(line: Line, asking: Asking) -> Finding:
    """A line in words, and where to read about it."""
    names, team = asking.names, asking.team
    if line.sort is Sort.RESPONSIBILITY:
        href = reverse("responsibility", kwargs={"team": team, "responsibility": line.which})
        return Finding(line, line.words, href)
    if line.sort is Sort.ROLE:
        assert line.organisation is not None  # every role is for one
        role = f"The role {names.role(who.Role(line.which))}, {names.organisation(line.organisation)}"
        return Finding(line, role, reverse("belonging", kwargs={"team": team}))
    if line.sort is Sort.ORGANISATION:
        words = f"{names.organisation(who.Organisation(line.which))} could not be heard"
        questions = [f"“{asking.standing.proposals[p].terms.question}”" for p in line.proposals]
        waiting = f"; waiting for it: {listed(questions)}" if questions else ""
        return Finding(line, words + waiting, reverse("belonging", kwargs={"team": team}))
    said = {
        Sort.REVIEW: "The review of “{}”",
        Sort.OBJECTION: "The safety concern “{}”, which nobody could close",
        Sort.CONDITION: "The condition “{}”, which nobody could say is fulfilled",
    }[line.sort]
    proposal = reverse("proposal", kwargs={"team": team, "proposal": _proposal_of(line, asking.standing)})
    return Finding(line, said.format(line.words), proposal)


def _proposal_of(line: Line, standing: Standing) -> str:
    if line.sort is Sort.OBJECTION:
        return standing.objections[who.Objection(line.which)].proposal
    if line.sort is Sort.CONDITION:
        return standing.conditions[who.Condition(line.which)].proposal
    return line.which


# ---- what would mend it ------------------------------------------------------------------------------------------


def _offered(mend: Mend, drilled: Drill, asking: Asking) -> Offered:
    """A mend as something to do: a button or a link of whoever asks, or what to ask somebody else."""
    names, team = asking.names, asking.team
    role = names.role(mend.role) if mend.role else ""
    person = names.person(mend.person) if mend.person else ""
    organisation = names.organisation(mend.organisation) if mend.organisation else ""
    belonging = reverse("belonging", kwargs={"team": team})
    words, href = {
        How.DEPUTISE: (f"Make {person} deputy for the role {role}", ""),
        How.INVITE: (f"Invite somebody else from {organisation}, and make them deputy for the role {role}", belonging),
        How.CREATE_ROLE: (f"Create another role for {organisation}, and give it to {person}", belonging),
        How.HAND_ON: (
            f"Hand this on to the role {role} ({person})",
            f"{reverse('hand-over', kwargs={'team': team})}?{urlencode({'to': mend.person or ''})}",
        ),
        How.INTRODUCE: (
            f"Ask the role {role} ({person}) to get to know this person",
            f"{reverse('ask', kwargs={'team': team})}?{urlencode(_to_know(mend))}",
        ),
    }[mend.how]
    lines = {(line.sort.value, line.which): line for line in (*drilled.left, *drilled.already)}
    mended = tuple(
        finding(lines[key], asking).words if key in lines else "Somebody whom no one else here knows"
        for key in mend.mends
    )
    of_old = set(mend.mends) <= {(line.sort.value, line.which) for line in drilled.already}
    return Offered(mend, words, names.person(mend.by), mended, mend.by == asking.person, href, of_old)
