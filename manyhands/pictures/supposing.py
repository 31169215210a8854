"""How things would stand if something more had happened: nothing happens."""

from manyhands import acts
from manyhands.rules.folding import fold
from manyhands.rules.standing import Standing


def supposing(standing: Standing, *doing: acts.AnyAct) -> Standing:
    """A standing brought forward by acts that nobody has done. They are not judged; the standing stays as it was."""
    first = standing.number + 1
    return fold((acts.Recorded(number, act) for number, act in enumerate(doing, first)), standing)
