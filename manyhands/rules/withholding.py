"""When what was written may be removed."""

from collections.abc import Iterator

from manyhands import acts
from manyhands.rules import refusals
from manyhands.rules.refusals import Refusal
from manyhands.rules.speaking import coordinates
from manyhands.rules.standing import Standing


def against_withholding(act: acts.Withhold, standing: Standing) -> Iterator[Refusal]:
    """
    Words are removed by whoever wrote them, or by the coordinating role, for a reason that stays on the record; those
    about one patient, with their record, by the coordinating role, once nobody here looks after them any more.
    """
    writer = standing.writers.get(act.number)
    if writer is None:
        yield refusals.no_such_entry(act.number)
        return
    if act.number in standing.withheld and act.about is None:
        yield refusals.withheld_already()
    may = coordinates(act, standing)
    coordinators = standing.people_in(standing.coordinating, act.at)
    if act.about is not None and not may:
        yield refusals.record_not_yours_to_remove(coordinators)
    elif act.by != writer and not may:
        yield refusals.not_your_words(coordinators)
    if act.about is not None and standing.looks_after(act.about):
        yield refusals.still_looked_after()
    if not act.because.strip():
        yield refusals.reason_needed("removing words")
