"""What somebody may say moved them to change their position."""

from collections.abc import Iterator

from manyhands import acts
from manyhands.rules import refusals
from manyhands.rules.days import day_of
from manyhands.rules.refusals import Refusal
from manyhands.rules.standing import Standing


def against_being_moved(act: acts.BeMoved, standing: Standing) -> Iterator[Refusal]:
    """
    Whoever changed their position, and nobody else, can say what moved them: one thing that they could see when they
    changed it, written by somebody else about the same proposal or the matter it came from; or somebody of the team; or
    a visit of that day or earlier. Nobody has to, and it can be taken back.
    """
    changed = standing.changed.get(act.position)
    if changed is None or changed.proposal != act.proposal:
        yield refusals.nothing_like_it("change of position")
        return
    if changed.by != act.by:
        yield refusals.not_your_change(changed.by)
    if sum(each is not None for each in (act.entry, act.person, act.visited_on)) > 1:
        yield refusals.moved_by_one_thing()
    if act.entry is not None:
        yield from _against_what_was_written(act, act.entry, standing)
    if act.person is not None:
        if act.person == act.by:
            yield refusals.not_moved_by_oneself()
        elif act.person not in standing.memberships:
            yield refusals.nothing_like_it("member of the team")
    if act.visited_on is not None and act.visited_on > day_of(changed.at):
        yield refusals.visit_came_later(act.visited_on, day_of(changed.at))


def _against_what_was_written(act: acts.BeMoved, entry: int, standing: Standing) -> Iterator[Refusal]:
    written = standing.written.get(entry)
    matter = standing.proposals[act.proposal].matter
    about_it = written is not None and (
        written.proposal == act.proposal or (matter is not None and written.matter == matter)
    )
    if written is None or not about_it or entry >= act.position:
        yield refusals.nothing_like_it("comment or answer that was there when you changed your position")
    elif written.by == act.by:
        yield refusals.not_moved_by_oneself()
