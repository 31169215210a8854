"""When the team may be called together, an agenda changed, an item concluded, and a meeting closed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from manyhands import acts, who
from manyhands.rules import refusals
from manyhands.rules.days import day_of, noon_before
from manyhands.rules.refusals import Refusal
from manyhands.rules.speaking import coordinates, speaks_in
from manyhands.rules.standing import Standing
from manyhands.rules.things import MeetingStanding

LONGEST = 8 * 60
"""Minutes of the longest meeting that can be called: a working day."""

OPENS_BEFORE = timedelta(hours=12)
"""How long before its time a meeting can begin: the same day."""


LEFT_TO_THE_CALLER = timedelta(hours=1)
"""How long after a meeting was called its agenda does not go before everyone by itself, however near the meeting is."""


def by_itself_from(meeting: MeetingStanding) -> datetime:
    """When an agenda that nobody has put before everyone goes there by itself: at noon of the day before."""
    return max(noon_before(meeting.starts_at), meeting.called_at + LEFT_TO_THE_CALLER)


def against_calling_a_meeting(act: acts.CallMeeting, standing: Standing) -> Iterator[Refusal]:
    """Anyone in a role calls the team together, for a time that is still to come, saying what for."""
    if act.meeting in standing.meetings:
        yield refusals.taken_identifier("meeting")
    if not act.called.strip():
        yield refusals.words_needed("what the meeting is for")
    if act.starts_at < act.at:
        yield refusals.meeting_in_the_past()
    if not 5 <= act.minutes <= LONGEST:
        yield refusals.meeting_too_long(LONGEST // 60)


def against_circulating(act: acts.Circulate, standing: Standing) -> Iterator[Refusal]:
    """
    Whoever called a meeting (their role), or the coordinating role, puts its agenda before everyone, once. By itself it
    goes there in their name, from noon of the day before until the meeting begins.
    """
    meeting = standing.meetings.get(act.meeting)
    yield from _against_an_over(meeting)
    if meeting is None:
        return
    yield from _against_not_calling(act, meeting, standing)
    if meeting.circulated_at is not None:
        yield refusals.agenda_is_circulated()
    if act.by_itself and not by_itself_from(meeting) <= act.at < meeting.starts_at:
        yield refusals.agenda_is_not_due(day_of(by_itself_from(meeting)))
    if not act.items:
        yield refusals.agenda_is_empty()
    seen: set[who.AgendaItem] = set()
    for item in act.items:
        if item.item in seen:
            yield refusals.on_the_agenda_already()
        seen.add(item.item)
        yield from _against_an_item(item, standing)


def against_putting_on(act: acts.PutOn, standing: Standing) -> Iterator[Refusal]:
    """Anyone in the team puts something on an agenda that is before everyone, until the meeting is closed."""
    meeting = standing.meetings.get(act.meeting)
    yield from _against_not_circulated(meeting)
    if meeting is None:
        return
    if meeting.find(act.item.item) is not None:
        yield refusals.on_the_agenda_already()
    yield from _against_an_item(act.item, standing)


def against_dropping(act: acts.Drop, standing: Standing) -> Iterator[Refusal]:
    """
    Whoever called the meeting, the coordinating role, or whoever chairs or records takes an item off that has no
    outcome yet, saying why.
    """
    meeting = standing.meetings.get(act.meeting)
    yield from _against_not_circulated(meeting)
    if meeting is None:
        return
    yield from _against_not_running(act, meeting, standing)
    if meeting.find(act.item) is None:
        yield refusals.nothing_like_it("item on this agenda")
    if meeting.concluded(act.item) is not None:
        yield refusals.item_is_concluded()
    if not act.because.strip():
        yield refusals.reason_needed("taking something off the agenda")


def against_reordering(act: acts.Reorder, standing: Standing) -> Iterator[Refusal]:
    """Whoever called the meeting, the coordinating role, or whoever chairs or records puts the items in order."""
    meeting = standing.meetings.get(act.meeting)
    yield from _against_not_circulated(meeting)
    if meeting is None:
        return
    yield from _against_not_running(act, meeting, standing)
    if sorted(act.order) != sorted(item.item for item in meeting.items):
        yield refusals.agenda_has_changed()


def against_attending(act: acts.Attend, standing: Standing) -> Iterator[Refusal]:
    """
    A member is in a meeting from the day it is held, in a role of theirs or in none. Anyone who is in it says so of
    somebody who never types; everyone says so of themselves.
    """
    meeting = standing.meetings.get(act.meeting)
    yield from _against_an_over(meeting)
    if meeting is None:
        return
    if act.at < meeting.starts_at - OPENS_BEFORE:
        yield refusals.meeting_has_not_begun(day_of(meeting.starts_at))
    if not standing.is_member(act.person, act.at):
        yield refusals.not_a_member(act.person, act.for_organisation)
    if act.role is not None and act.person not in standing.people_in(act.role, act.at):
        yield refusals.not_in_that_role(act.person, act.role)
    if act.person != act.by and not (meeting.is_there(act.by) or coordinates(act, standing)):
        yield refusals.not_in_the_meeting()


def against_not_being_there(act: acts.NotThere, standing: Standing) -> Iterator[Refusal]:
    """Somebody is said not to be there after all by themselves, or by anyone who is."""
    meeting = standing.meetings.get(act.meeting)
    yield from _against_an_over(meeting)
    if meeting is None:
        return
    if not meeting.is_there(act.person):
        yield refusals.was_not_there(act.person)
    elif not meeting.is_there(act.by):
        yield refusals.not_in_the_meeting()


def against_concluding(act: acts.Conclude, standing: Standing) -> Iterator[Refusal]:
    """
    Anyone in the meeting says how an item ended: with what was said, unless it is carried over. Its actions are
    responsibilities that were asked for; an action without any is none.
    """
    meeting = standing.meetings.get(act.meeting)
    yield from _against_not_circulated(meeting)
    if meeting is None:
        return
    if not meeting.is_there(act.by):
        yield refusals.not_in_the_meeting()
    if meeting.find(act.item) is None:
        yield refusals.nothing_like_it("item on this agenda")
    if act.outcome is not acts.ItemOutcome.CARRIED_OVER and not act.words.strip():
        yield refusals.words_needed("what was said about it")
    if act.outcome is acts.ItemOutcome.ACTION and not act.actions:
        yield refusals.action_needed()
    for action in act.actions:
        if action not in standing.responsibilities:
            yield refusals.nothing_like_it("responsibility")


def against_closing_a_meeting(act: acts.CloseMeeting, standing: Standing) -> Iterator[Refusal]:
    """
    Anyone in the meeting closes it once each item has an outcome and each action somebody who holds it and somebody
    who stands in. What is unfinished is carried over, which is an outcome.
    """
    meeting = standing.meetings.get(act.meeting)
    yield from _against_not_circulated(meeting)
    if meeting is None:
        return
    if not meeting.is_there(act.by):
        yield refusals.not_in_the_meeting()
    without = [item for item in meeting.items if meeting.concluded(item.item) is None]
    if without:
        yield refusals.items_without_outcome(len(without))
    for concluded in meeting.outcomes:
        for action in concluded.actions:
            held = standing.responsibilities[action]
            if held.is_open:
                yield from _against_bare_hands(held.what, held.role, held.deputy_role, act, standing)


def _against_bare_hands(
    what: acts.Words, role: who.Role, deputy_role: who.Role, act: acts.AnyAct, standing: Standing
) -> Iterator[Refusal]:
    if not standing.people_in(role, act.at):
        yield refusals.action_without_holder(refusals.short(what), role)
    if not (standing.people_in(deputy_role, act.at) or len(standing.people_in(role, act.at)) > 1):
        yield refusals.action_without_deputy(refusals.short(what), deputy_role)


def against_calling_off(act: acts.CallOff, standing: Standing) -> Iterator[Refusal]:
    """Whoever called a meeting, or the coordinating role, calls it off before anything in it has an outcome."""
    meeting = standing.meetings.get(act.meeting)
    yield from _against_an_over(meeting)
    if meeting is None:
        return
    yield from _against_not_calling(act, meeting, standing)
    if meeting.outcomes:
        yield refusals.meeting_has_begun()
    if not act.because.strip():
        yield refusals.reason_needed("calling a meeting off")


def _against_an_over(meeting: MeetingStanding | None) -> Iterator[Refusal]:
    if meeting is None:
        yield refusals.nothing_like_it("meeting")
    elif meeting.ended is not None:
        yield refusals.meeting_is_over(meeting.ended.replace("-", " "))


def _against_not_circulated(meeting: MeetingStanding | None) -> Iterator[Refusal]:
    yield from _against_an_over(meeting)
    if meeting is not None and meeting.ended is None and meeting.circulated_at is None:
        yield refusals.agenda_is_not_circulated()


def _against_not_calling(act: acts.AnyAct, meeting: MeetingStanding, standing: Standing) -> Iterator[Refusal]:
    if not (speaks_in(act, meeting.role, standing) or coordinates(act, standing)):
        yield refusals.not_for_this_role(meeting.role, standing.people_in(meeting.role, act.at))


def _against_not_running(act: acts.AnyAct, meeting: MeetingStanding, standing: Standing) -> Iterator[Refusal]:
    if not meeting.runs(act.by):
        yield from _against_not_calling(act, meeting, standing)


def _against_an_item(item: acts.AgendaItem, standing: Standing) -> Iterator[Refusal]:
    shelves: dict[acts.About, tuple[str, object]] = {
        acts.About.OBJECTION: ("safety concern", standing.objections),
        acts.About.PROPOSAL: ("proposal", standing.proposals),
        acts.About.REVIEW: ("proposal", standing.proposals),
        acts.About.RESPONSIBILITY: ("responsibility", standing.responsibilities),
        acts.About.HANDOVER: ("hand-over", standing.handovers),
        acts.About.MATTER: ("matter", standing.matters),
    }
    if item.about is acts.About.TOPIC:
        if not item.words.strip():
            yield refusals.words_needed("what is to be talked about")
    elif item.about is acts.About.PATIENT:
        if not any(item.which in group.patients for group in standing.groups.values()):
            yield refusals.nothing_like_it("person in a group of this team")
    else:
        called, shelf = shelves[item.about]
        if item.which not in shelf:  # type: ignore[operator]
            yield refusals.nothing_like_it(called)
