"""When what was written may be removed."""

from collections.abc import Iterator

from manyhands import acts
from manyhands.rules import refusals
from manyhands.rules.refusals import Refusal
from manyhands.rules.speaking import coordinates
from manyhands.rules.standing import Standing


def against_withholding(act: acts.Withhold, standing: Standing) -> Iterator[Refusal]:
    """Words are removed by whoever wrote them, or by the coordinating role, for a reason that stays on the record."""
    writer = standing.writers.get(act.number)
    if writer is None:
        yield refusals.no_such_entry(act.number)
        return
    if act.number in standing.withheld:
        yield refusals.withheld_already()
    if act.by != writer and not coordinates(act, standing):
        yield refusals.not_your_words(standing.people_in(standing.coordinating, act.at))
    if not act.because.strip():
        yield refusals.reason_needed("removing words")
