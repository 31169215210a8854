"""
While everybody gives their own view first: who has answered can be seen, what they answered only by those in whose role
it was said. What is kept back here is kept from pages; the record has it.
"""

from dataclasses import replace
from datetime import datetime

from manyhands import acts, who
from manyhands.pictures.called import Called
from manyhands.pictures.history import Line
from manyhands.pictures.proposals import ProposalStory, Said
from manyhands.pictures.sentences import Told
from manyhands.rules.refusals import short
from manyhands.rules.standing import Standing

KEPT_BACK = "kept-back"
"""Stands for the kind of a position that is not shown yet."""

ANSWERS = frozenset(
    {
        "consent",
        "consent-with-concern",
        "consent-if",
        "object",
        "stand-aside",
        "give-no-view",
        "record-position",
        "confirm-position",
        "correct-position",
        "fulfil",
        "test-objection",
        "lower-to-concern",
        "resolve",
        "withdraw-objection",
        "be-moved",
    }
)
"""The acts, by their names in the log, that tell what somebody answered."""


def as_seen(story: ProposalStory, standing: Standing, person: who.Person | None, at: datetime) -> ProposalStory:
    """A proposal as somebody sees it just now; or nobody in particular, as on a screen that everybody sees."""
    if not standing.proposals[story.proposal].is_independent(at):
        return story
    mine = {role.role for role in standing.roles_of(person, at)} if person is not None else set()
    return replace(
        story,
        positions=tuple(said if said.by.role in mine else _without_what_it_says(said) for said in story.positions),
        concerns=tuple(concern for concern in story.concerns if concern.raised.role in mine),
        conditions=tuple(condition for condition in story.conditions if condition.set_by.role in mine),
    )


def _without_what_it_says(said: Said) -> Said:
    return Said(said.by, KEPT_BACK, said.version, said.change, acts.NOTHING_SAID)


def line_as_seen(line: Line, called: Called, standing: Standing, reader: who.Person | None, at: datetime) -> Line:
    """A line of the history as somebody reads it just now: that somebody answered, and not yet what."""
    proposal = line.told.proposal
    stands = standing.proposals.get(proposal) if proposal is not None else None
    if stands is None or line.kind not in ANSWERS or line.by == reader or not stands.is_independent(at):
        return line
    what = short(called.questions.get(stands.proposal, ""))
    did = "answered “{what}”, which is seen once everybody has, or the time is up"
    return replace(line, kind=KEPT_BACK, told=Told(did, words=(("what", what),), proposal=proposal))
