"""When groups of patients may be gathered and changed."""

from collections.abc import Iterator

from manyhands import acts
from manyhands.rules import refusals
from manyhands.rules.refusals import Refusal
from manyhands.rules.standing import Standing


def against_gathering(act: acts.Gather, standing: Standing) -> Iterator[Refusal]:
    """A group is gathered by a rule that can be read, from people whom the rule found, each with the reason."""
    if not act.called.strip():
        yield refusals.words_needed("what the group is called")
    if not act.rule.sentence.strip():
        yield refusals.words_needed("the rule")
    if not act.patients:
        yield refusals.nobody_chosen()
    if len({included.patient for included in act.patients}) < len(act.patients):
        yield refusals.chosen_twice()
    if len(act.patients) > act.rule.found:
        yield refusals.more_chosen_than_found(act.rule.found)
    if any(not included.because.strip() for included in act.patients):
        yield refusals.reason_needed("each person's place in the group")


def against_including(act: acts.Include, standing: Standing) -> Iterator[Refusal]:
    """Anyone in a role can add a person to a group, with the reason."""
    group = standing.groups.get(act.group)
    if group is None:
        yield refusals.nothing_like_it("group")
        return
    if act.patient in group.patients:
        yield refusals.in_the_group_already()
    if not act.because.strip():
        yield refusals.reason_needed("including somebody")


def against_releasing(act: acts.Release, standing: Standing) -> Iterator[Refusal]:
    """Anyone in a role can let a person go from a group, with the reason."""
    group = standing.groups.get(act.group)
    if group is None:
        yield refusals.nothing_like_it("group")
        return
    if act.patient not in group.patients:
        yield refusals.not_in_the_group()
    if not act.because.strip():
        yield refusals.reason_needed("letting somebody go")
