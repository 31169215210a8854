"""
The agenda of a meeting: it makes itself from what is open, and says of each item who has to be there for it.

Worked out from how things stand, so it is right until the moment it is put before everyone; what comes up after that is
offered to be put on. An item that a meeting carried over comes up at the next.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from manyhands import acts, who
from manyhands.pictures.proposals import Proposals
from manyhands.rules.days import day_of
from manyhands.rules.standing import Standing
from manyhands.rules.things import MeetingStanding, ResponsibilityStanding

REVIEWS_WITHIN = timedelta(days=14)
"""A review that comes within a fortnight of the meeting is talked about in it. A guess, to be tried with teams."""

TALKED_ABOUT = timedelta(days=28)
"""A person whom a meeting talked about does not come up again by themselves for four weeks. A guess, as above."""


@dataclass(frozen=True, slots=True)
class Line:
    """
    An item, why it came up, and which organisations it touches. `because` is "safety-concern", "not-yet-heard",
    "can-be-agreed", "cannot-be-done", "support-needed", "overdue", "declined", "nobody-present", "not-accepted",
    "review-due", "person-due", "nobody-knows", "raised", "carried-over" or "put-on".
    """

    item: acts.AgendaItem
    because: str
    touches: tuple[who.Organisation, ...] = ()


def agenda(
    meeting: MeetingStanding, proposals: Proposals, standing: Standing, unknown: Collection[who.Patient] = ()
) -> tuple[Line, ...]:
    """
    What is open, in the order in which it wants talking about. `unknown` are people in the team's groups whom nobody in
    the team has dealt with, as far as the records know.
    """
    at = meeting.starts_at
    found = (
        *_proposals(standing, at),
        *_reviews(standing, at),
        *_at_risk(standing, at),
        *_offers(standing),
        *_people(standing, at, unknown),
        *_matters(proposals, standing),
        *_carried_over(standing),
    )
    lines: dict[who.AgendaItem, Line] = {}
    for line in found:
        lines.setdefault(line.item.item, line)
    return tuple(lines.values())


def come_up_since(meeting: MeetingStanding, made: tuple[Line, ...]) -> tuple[Line, ...]:
    """What is open and neither on the agenda that is before everyone nor taken off it."""
    known = {item.item for item in meeting.items} | {item.item for item, _ in meeting.dropped}
    return tuple(line for line in made if line.item.item not in known)


def touched(item: acts.AgendaItem, standing: Standing) -> tuple[who.Organisation, ...]:
    """The organisations that have to be there for an item to come to anything."""
    match item.about:
        case acts.About.OBJECTION:
            objection = standing.objections[who.Objection(item.which)]
            return standing.proposals[objection.proposal].terms.affected
        case acts.About.PROPOSAL | acts.About.REVIEW:
            return standing.proposals[who.Proposal(item.which)].terms.affected
        case acts.About.RESPONSIBILITY:
            held = standing.responsibilities[who.Responsibility(item.which)]
            return tuple(dict.fromkeys(standing.roles[role].organisation for role in (held.role, held.deputy_role)))
        case acts.About.HANDOVER:
            offer = standing.handovers[who.HandOver(item.which)]
            return tuple(dict.fromkeys(standing.roles[o.item.to_role].organisation for o in offer.offered))
        case _:
            return ()


def missing(meeting: MeetingStanding, item: acts.AgendaItem, standing: Standing) -> tuple[who.Organisation, ...]:
    """The organisations that an item touches and nobody in the meeting is there for."""
    there = {each.organisation for each in meeting.attending}
    return tuple(organisation for organisation in touched(item, standing) if organisation not in there)


def named(about: acts.About, which: str) -> acts.AgendaItem:
    """An item about something that is there, which goes by what it is about."""
    return acts.AgendaItem(item=who.AgendaItem(f"{about.value}:{which}"), about=about, which=which)


def _line(about: acts.About, which: str, because: str, standing: Standing) -> Line:
    item = named(about, which)
    return Line(item, because, touched(item, standing))


def _proposals(standing: Standing, at: datetime) -> Iterator[Line]:
    """
    Safety concerns first, each by itself; then proposals that wait for somebody. While everybody still gives their own
    view first, a proposal comes up as one that waits, whatever was answered.
    """
    waiting = [proposal for proposal in standing.proposals.values() if proposal.is_open]
    concerns = {p.proposal: () if p.is_independent(at) else standing.open_objections(p.proposal) for p in waiting}
    for proposal in waiting:
        for objection in concerns[proposal.proposal]:
            yield _line(acts.About.OBJECTION, objection.objection, "safety-concern", standing)
    for proposal in waiting:
        if not concerns[proposal.proposal]:
            because = "not-yet-heard" if list(proposal.not_yet_heard()) else "can-be-agreed"
            yield _line(acts.About.PROPOSAL, proposal.proposal, because, standing)


def _reviews(standing: Standing, at: datetime) -> Iterator[Line]:
    for proposal in standing.proposals.values():
        closed = proposal.closed
        if closed is None or not closed.is_live or closed.review_on is None:
            continue
        if closed.review_on <= day_of(at + REVIEWS_WITHIN):
            yield _line(acts.About.REVIEW, proposal.proposal, "review-due", standing)


def _at_risk(standing: Standing, at: datetime) -> Iterator[Line]:
    for held in standing.open_responsibilities():
        because = why_at_risk(held, standing, at)
        if because and held.patient is None:
            yield _line(acts.About.RESPONSIBILITY, held.responsibility, because, standing)


def why_at_risk(held: ResponsibilityStanding, standing: Standing, at: datetime) -> str:
    """Why something in hand may come to nothing; empty when it is on its way."""
    answering = standing.answering(held.responsibility, at)
    risks: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("declined", lambda: held.state == "declined"),
        ("nobody-present", lambda: answering is not None and answering.person is None),
        ("support-needed", lambda: held.support_needed),
        ("cannot-be-done", lambda: held.progress is acts.Progress.CANNOT_YET),
        ("overdue", lambda: held.check_on < day_of(at)),
    )
    return next((because for because, is_so in risks if is_so()), "")


def _offers(standing: Standing) -> Iterator[Line]:
    for offer in standing.handovers.values():
        if offer.waiting:
            yield _line(acts.About.HANDOVER, offer.handover, "not-accepted", standing)


def _people(standing: Standing, at: datetime, unknown: Collection[who.Patient]) -> Iterator[Line]:
    """People due for review: something in hand about them is at risk; and people whom nobody here knows."""
    lately = _talked_about(standing, at)
    due = dict.fromkeys(
        held.patient
        for held in standing.open_responsibilities()
        if held.patient is not None and why_at_risk(held, standing, at)
    )
    for patient in due:
        if any(patient in group.patients for group in standing.groups.values()):
            yield Line(named(acts.About.PATIENT, patient), "person-due")
    for patient in unknown:
        line = Line(named(acts.About.PATIENT, patient), "nobody-knows")
        if line.item.item not in lately:
            yield line


def _matters(proposals: Proposals, standing: Standing) -> Iterator[Line]:
    """Matters that nobody has proposed anything about, and no meeting has noted or decided."""
    settled = {
        ended.item
        for meeting in standing.meetings.values()
        for ended in meeting.outcomes
        if meeting.ended == "closed" and ended.outcome is not acts.ItemOutcome.CARRIED_OVER
    }
    for matter in proposals.matters.values():
        line = Line(named(acts.About.MATTER, matter.matter), "raised")
        if not matter.proposals and line.item.item not in settled:
            yield line


def _carried_over(standing: Standing) -> Iterator[Line]:
    """
    What the newest word on it carried over, and the topics of a meeting that was called off, until a meeting ends them
    otherwise or they are taken off for a reason. Whatever is open comes up by itself.
    """
    unfinished: dict[who.AgendaItem, acts.AgendaItem] = {}
    for meeting in sorted(standing.meetings.values(), key=lambda each: each.ended_at or each.starts_at):
        for item, _ in meeting.dropped:
            unfinished.pop(item.item, None)
        for item in meeting.items if meeting.ended else ():
            if _leaves_open(item, meeting):
                unfinished[item.item] = item
            else:
                unfinished.pop(item.item, None)
    for item in unfinished.values():
        if _can_still_be_talked_about(item, standing):
            yield Line(item, "carried-over", touched(item, standing))


def _leaves_open(item: acts.AgendaItem, meeting: MeetingStanding) -> bool:
    if meeting.ended == "called-off":
        return item.about is acts.About.TOPIC
    ended = meeting.concluded(item.item)
    return ended is not None and ended.outcome is acts.ItemOutcome.CARRIED_OVER


def _can_still_be_talked_about(item: acts.AgendaItem, standing: Standing) -> bool:
    match item.about:
        case acts.About.TOPIC:
            return True
        case acts.About.RESPONSIBILITY:
            return standing.responsibilities[who.Responsibility(item.which)].is_open
        case acts.About.REVIEW:
            closed = standing.proposals[who.Proposal(item.which)].closed
            return closed is not None and closed.is_live
        case acts.About.PATIENT:
            return any(item.which in group.patients for group in standing.groups.values())
        case _:
            return False  # what is open of these is on every agenda


def _talked_about(standing: Standing, at: datetime) -> set[who.AgendaItem]:
    return {
        ended.item
        for meeting in standing.meetings.values()
        if meeting.ended == "closed" and meeting.starts_at > at - TALKED_ABOUT
        for ended in meeting.outcomes
        if ended.outcome is not acts.ItemOutcome.CARRIED_OVER
    }
