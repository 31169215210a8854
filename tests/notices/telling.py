"""Who is told in a story, as pairs of a person and the kind of the notice."""

from datetime import datetime

from manyhands.notices.due import due
from manyhands.notices.notice import Notice
from manyhands.notices.told import told
from manyhands.pictures import who_holds_what
from manyhands.rules.folding import fold
from tests.story import Story


def notices_of(story: Story, number: int | None = None) -> tuple[Notice, ...]:
    """The notices of one act of a story: the last, unless its number is given."""
    recorded = story.recorded[: number or len(story.recorded)]
    before, after = fold(recorded[:-1]), fold(recorded)
    return told(recorded[-1], before, after, who_holds_what.fold(recorded))


def tells(story: Story, number: int | None = None) -> set[tuple[str, str]]:
    return {(notice.to, notice.kind.value) for notice in notices_of(story, number)}


def due_in(story: Story, at: datetime | None = None) -> tuple[Notice, ...]:
    return due(who_holds_what.fold(story.recorded), story.standing, at or story.now)


def due_now(story: Story) -> set[tuple[str, str]]:
    return {(notice.to, notice.kind.value) for notice in due_in(story)}
