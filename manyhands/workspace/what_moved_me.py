"""
What moved me: the changes of position that somebody can say it of, and what they can choose from.

Asked once an answer was changed, never before it is given, and never of anybody who does not wish to say.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from manyhands import who
from manyhands.log.read import brought_forward
from manyhands.pictures import proposals
from manyhands.pictures.proposals import Moved, ProposalStory, Said, could_have_moved
from manyhands.rules.things import Changed
from manyhands.workspace.asking import Asking
from manyhands.workspace.plain_words import day, moment
from manyhands.workspace.typed import boxes_typed

A_VISIT = "visit"
CALLED = {
    "comment": "comment",
    "answer": "answer",
    "change": "change of the proposal",
    "matter": "matter that was raised",
}
"""What each thing that was written is called."""


@dataclass(frozen=True)
class MyChange:
    """A change of position of mine, what I said moved me, and what I could say; `chosen` is its value in the list."""

    number: int
    changed: Changed
    said: Said
    choices: list[tuple[str, str]]

    @property
    def chosen(self) -> str:
        moved = self.said.moved
        if moved is None:
            return ""
        return A_VISIT if moved.visited_on else f"entry {moved.entry}" if moved.entry else f"person {moved.person}"


def my_changes(asking: Asking, story: ProposalStory) -> list[MyChange]:
    """The newest position in each role, where it was mine and another than before."""
    found = []
    for said in story.positions:
        changed = asking.standing.changed.get(said.by.number)
        if changed is not None and changed.by == asking.person and story.is_newest(said):
            choices = [("", "I would rather not say"), *_choices(asking, story, said)]
            found.append(MyChange(said.by.number, changed, said, choices))
    return found


def _choices(asking: Asking, story: ProposalStory, said: Said) -> Iterator[tuple[str, str]]:
    """What others wrote before it, the newest first; a visit; then everybody else of the team by name."""
    told = brought_forward(asking.team, proposals.fold)
    matter = told.matters.get(story.matter) if story.matter else None
    whose = [
        *(remark.by for remark in story.comments),
        *(each.by for each in story.positions),
        *(made.by for made in story.wordings),
        *((matter.raised, *(remark.by for remark in matter.comments)) if matter is not None else ()),
    ]
    at = {by.number: by.at for by in whose}
    by_others = (each for each in could_have_moved(story, matter) if each[2] != asking.person)
    for entry, what, person in sorted((each for each in by_others if each[0] < said.by.number), reverse=True):
        yield f"entry {entry}", f"{asking.names.person(person)}: {CALLED[what]}, {moment(at[entry])}"
    yield A_VISIT, "A visit to somebody"
    others = [person for person in asking.standing.members(asking.now) if person != asking.person]
    for name, person in sorted((asking.names.person(person), person) for person in others):
        yield f"person {person}", f"{name}, in talking with them"


def visit_boxes(change: MyChange, typed: QueryDict | None) -> dict[str, str]:
    """The boxes for the day of a visit: as typed, else as said before."""
    name = f"visited-{change.number}"
    if typed and f"{name}-day" in typed:
        return boxes_typed(typed, name)
    on = change.said.moved.visited_on if change.said.moved else None
    return {} if on is None else {"day": str(on.day), "month": str(on.month), "year": str(on.year)}


def moved_words(moved: Moved | None, asking: Asking) -> str:
    """What moved somebody, as it stands beside their answer."""
    if moved is None:
        return ""
    if moved.visited_on is not None:
        return f"a visit on {day(moved.visited_on)}"
    named = asking.names.person(moved.person) if moved.person else ""
    return f"{named} ({CALLED[moved.what]})" if moved.entry else named


def chosen(value: str) -> tuple[int | None, who.Person | None]:
    """The entry or the person that a value of the list stands for; neither for anything else."""
    kind, _, which = value.partition(" ")
    if kind == "entry" and which.isdecimal() and len(which) < 9:
        return int(which), None
    return None, who.Person(which[:64]) if kind == "person" and which else None
