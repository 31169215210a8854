"""
The one door in: read what has been done, ask the rules, append or refuse.

An act that was returned as recorded is on the disk and stays. An act that was refused leaves no trace. Of several
acts given together, in one team or in many, all are recorded or none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection

from manyhands import acts, who
from manyhands.log import read, rows, turns, wording
from manyhands.log.chain import digest_of
from manyhands.log.kept import SHELF, Kept
from manyhands.log.models import Entry, Wording
from manyhands.log.withholding import erase
from manyhands.rules import folding, refusals, refusals_against
from manyhands.rules.days import day_of
from manyhands.rules.refusals import Refusal
from manyhands.rules.standing import Standing

TRIES = 5
BACKDATED = timedelta(minutes=10)
"""How much before the last act of its team an act may be dated: clocks differ, and writers wait for their turn."""


class Refused(Exception):
    """The rules are against `act`, for all the reasons in `refusals`. Nothing was recorded."""

    def __init__(self, act: acts.Act, refusals: list[Refusal]):
        super().__init__(", ".join(refusal.code for refusal in refusals))
        self.act = act
        self.refusals = refusals


class TryAgain(Exception):
    """Others were recording at the same moment, and no turn came in time. Nothing was recorded."""


@dataclass(frozen=True, slots=True)
class Written:
    """An act, and how it is written down."""

    act: acts.AnyAct
    name: str
    payload: str
    words: tuple[wording.Words, ...]


def record(*given: acts.AnyAct) -> tuple[acts.Recorded, ...]:
    """
    Record acts, each judged by how things stand after the ones before it: all of them, or none.

    Raises Refused with the reasons when the rules are against one; TryAgain when no turn came in time; and
    CannotBeWritten for an act that could not be read back the same, which is a mistake of the caller's. Inside a
    transaction of the caller's the acts are recorded when that transaction is.
    """
    written = [Written(act, *wording.write(act)) for act in given]
    return _in_turn(written, tries=1 if connection.in_atomic_block else TRIES)


def _in_turn(written: Sequence[Written], tries: int) -> tuple[acts.Recorded, ...]:
    """Take the turn, or, if somebody else got in first, read again and ask again."""
    try:
        with turns.taken(each.act.team for each in written):
            recorded, now = _take_in(written)
    except turns.Lost as lost:
        if tries == 1 or isinstance(lost, turns.WaitedTooLong):
            raise TryAgain("others were recording at the same moment; nothing was recorded") from lost
        return _in_turn(written, tries - 1)
    if not connection.in_atomic_block:  # it is on the disk, so what is known of it may serve everyone
        for team, kept in now.items():
            SHELF.put(folding.fold, team, kept)
    return recorded


def _take_in(written: Sequence[Written]) -> tuple[tuple[acts.Recorded, ...], dict[who.Team, Kept]]:
    """Judge each act by how things stand after the ones before it, then append them all."""
    now = read.up_to_now({each.act.team for each in written}, folding.fold)
    entries: list[Entry] = []
    recorded: list[acts.Recorded] = []
    for each in written:
        last = now[each.act.team]
        if against := _against_backdating(each.act, last.state) or refusals_against(each.act, last.state):
            raise Refused(each.act, against)
        entries.append(_entry(each, last))
        recorded.append(acts.Recorded(last.number + 1, each.act))
        state = folding.fold(recorded[-1:], last.state)
        now[each.act.team] = Kept(last.number + 1, entries[-1].digest, state)
    words = [
        Wording(team=entry.team, number=entry.number, place=kept.place, salt=kept.salt, text=kept.text)
        for entry, each in zip(entries, written, strict=True)
        for kept in each.words
    ]
    rows.append(entries, words)
    for each in written:
        if isinstance(each.act, acts.Withhold):
            erase(each.act)
            now.pop(each.act.team, None)  # the words must not live on in what is kept
    return tuple(recorded), now


def _entry(each: Written, last: Kept) -> Entry:
    """The entry that comes after the last one of its team. The only place of the log where the clock is read."""
    entry = Entry(
        team=each.act.team,
        number=last.number + 1,
        name=each.name,
        at=each.act.at,
        by=each.act.by,
        together=each.act.together,
        payload=each.payload,
        recorded_at=datetime.now(UTC),
        previous=last.digest,
    )
    entry.digest = digest_of(entry)
    return entry


def _against_backdating(act: acts.AnyAct, stands: Standing) -> list[Refusal]:
    """Nothing is put in before what was recorded earlier, but for clocks that differ and the wait for a turn."""
    if stands.last_at is None or act.at >= stands.last_at - BACKDATED:
        return []
    return [refusals.dated_before_the_last(day_of(act.at), day_of(stands.last_at))]
